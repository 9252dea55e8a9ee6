"""Any object made into one that the published schemas of HSDS accept; what can't stay is told.

A value that only looks odd is put right (`www.a.example`, `Active`, a day without a time); one that
can't be of its kind is left out and told with its place, its field and what it said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from .shape import DEEPEST, SHAPES, Shape, identifier, own_id_of

Tell = Callable[[str, str, str], None]
"""Takes a place, a field and a sentence."""
PLACE: Final = "~place"
"""Where an object was met; it stands in objects that come out of a file, and never leaves."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(:\d+)?([/?#][^\s<>\"{}|\\^`]*)?")
_FOREIGN = re.compile(r"[<>\"{}|\\^`]")
"""Signs that stand in no address as they are."""
_KINDS: Final = {
    "number": "a number",
    "email": "an e-mail address",
    "uri": "an address on the web",
    "moment": "a day with its time",
}
_WORTHLESS_WITHOUT: Final = {"phone": "number"}
"""What says nothing at all without one of its fields."""
_ON_ONE_LINE: Final = {("phone", "number"): ' "', ("contact", "name"): " "}
"""What stands on one line, and what is taken off its ends: a spreadsheet puts numbers in quotes,
a name may begin with some of its own."""
_SHOWN: Final = 200


def on_one_line(entity: str, name: str, said: str) -> str:
    """The text of a field; a number or a name on one line, without what a file puts around it."""
    ends = _ON_ONE_LINE.get((entity, name))
    return said if ends is None else " ".join(said.strip(ends).split())


def _silent(place: str, field: str, sentence: str) -> None:
    """Nobody is told: what goes out was checked when it came in."""


def fitted(
    entity: str, given: Mapping[str, Any], path: str, tell: Tell = _silent, depth: int = 0
) -> dict[str, Any]:
    """The object as the schemas accept it: values of the right kind, what is needed filled in.

    What the standard doesn't know is kept as it is. `path` names it where it has no identifier.
    """
    shape = SHAPES[entity]
    kinds = shape.kinds()
    place = str(given.get(PLACE, ""))
    found: dict[str, Any] = {}
    for name, kind in kinds.items():
        value = given.get(name)
        kept = as_kind(kind, value)
        if isinstance(kept, str):
            kept = on_one_line(entity, name, kept)
        if kept is not None:
            found[name] = kept
        elif value not in (None, "", [], {}):
            tell(place, name, f"“{shown(value)}” is not {_called(kind)}.")
    found["id"] = identifier(given["id"], entity) if given.get("id") else own_id_of(path)
    for name in shape.needs.split():
        found.setdefault(name, kinds[name].partition("|")[0] if "|" in kinds[name] else "")
    found |= dict(_parts(shape, given, found["id"], tell, depth))
    ours = {*kinds, *shape.many, *shape.one, PLACE}
    return found | {name: value for name, value in given.items() if name not in ours}


def _parts(
    shape: Shape, given: Mapping[str, Any], whose: str, tell: Tell, depth: int
) -> Iterator[tuple[str, Any]]:
    if depth >= DEEPEST:
        return
    for name, entity in shape.many.items():
        held = given.get(name)
        parts = [
            fitted(entity, each, f"{whose}/{name}/{number}", tell, depth + 1)
            for number, each in enumerate(held if isinstance(held, list) else ())
            if isinstance(each, Mapping) and _says_something(entity, each, tell)
        ]
        if parts:
            yield name, parts
        elif held not in (None, "", [], {}) and not isinstance(held, list):
            tell(str(given.get(PLACE, "")), name, f"“{shown(held)}” is no list of {name}.")
    for name, entity in shape.one.items():
        if isinstance(held := given.get(name), Mapping):
            yield name, fitted(entity, held, f"{whose}/{name}", tell, depth + 1)


def _says_something(entity: str, given: Mapping[str, Any], tell: Tell) -> bool:
    needed = _WORTHLESS_WITHOUT.get(entity)
    if needed is None or given.get(needed):
        return True
    said = [name for name, value in given.items() if value and name not in ("id", PLACE)]
    if said:
        rest = ", ".join(_in_words(name, given[name]) for name in said)
        tell(str(given.get(PLACE, "")), entity, f"Left out, as it has no {needed}: {rest}.")
    return False


def _in_words(name: str, value: Any) -> str:
    return name if isinstance(value, list | dict) else f"{name} “{shown(value)}”"


def shown(value: Any) -> str:
    """A value as a sentence can hold it."""
    text = str(value)
    return f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text


def _called(kind: str) -> str:
    return _KINDS.get(kind) or (f"one of {kind.replace('|', ', ')}" if "|" in kind else "a text")


def as_kind(kind: str, value: Any) -> Any:
    """The value as one of this kind; None where it can't be, or where there is none."""
    if isinstance(value, list) and kind == "text":
        value = _in_one_text(value)
    if value is None or value == "" or isinstance(value, list | dict):
        return None
    if kind == "number":
        return number_of(value)
    text = str(value).strip() if not isinstance(value, bool) else str(value).lower()
    if kind == "id":
        return identifier(text)
    if kind == "text":
        return text
    return _PUT_RIGHT[kind](text) if kind in _PUT_RIGHT else _choice(kind, text)


def _in_one_text(value: list[Any]) -> str | None:
    """A list of plain values as one text: `["MO", "TU"]` is `MO,TU`."""
    plain = all(isinstance(each, str | int | float) for each in value)
    return ",".join(map(str, value)) if plain else None


def _email(text: str) -> str | None:
    plain = text.removeprefix("mailto:").strip(" <>")
    return plain if _EMAIL.fullmatch(plain) else None


def _uri(text: str) -> str | None:
    if _HOST.fullmatch(text):
        return f"https://{text}"
    plain = _FOREIGN.sub(lambda sign: f"%{ord(sign[0]):02X}", text)
    return plain if _URI.fullmatch(plain) else None


def _moment(text: str) -> str | None:
    """A day and its time with a zone; a day alone, or without a zone, is taken as UTC."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.tzinfo is not None and "T" in text:
        return text
    return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).isoformat()


_PUT_RIGHT: Final[Mapping[str, Callable[[str], str | None]]] = {
    "email": _email,
    "uri": _uri,
    "moment": _moment,
}


def _choice(kind: str, text: str) -> str | None:
    wanted = text.casefold().replace("_", " ")
    return next((each for each in kind.split("|") if each.casefold() == wanted), None)


def number_of(value: Any) -> int | float | None:
    """A finite number, also out of a text; None for anything else."""
    if isinstance(value, bool):
        return None
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    if found != found or found in (float("inf"), float("-inf")):
        return None
    return int(found) if found.is_integer() and abs(found) < 2**53 else found
