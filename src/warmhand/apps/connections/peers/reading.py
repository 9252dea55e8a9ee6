"""Reading what others send: JSON within bounds, times of every spelling. Nothing here raises."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from .kinds import Arrived, Trouble, Who

MOST_DEPTH = 32
LONGEST_TITLE, LONGEST_REF, LONGEST_WORDS = 300, 200, 5_000
EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(2199, 1, 1, tzinfo=dt.UTC)
_PROSE = ("%B %d, %Y", "%b %d, %Y", "%B %d, %Y, %H:%M", "%b %d, %Y, %H:%M")
NOT_JSON = Trouble("not_json", "The body isn't JSON.", "Have it sent as JSON.")
TOO_DEEP = Trouble(
    "too_deep", f"The body is nested deeper than {MOST_DEPTH} levels.", "Send a flatter body."
)


def depth(raw: bytes) -> int:
    """How deep brackets are nested outside of strings, without parsing."""
    deepest = level = 0
    in_text = escaped = False
    for byte in raw:
        if in_text:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                in_text = False
        elif byte == 0x22:
            in_text = True
        elif byte in b"[{":
            level += 1
            deepest = max(deepest, level)
        elif byte in b"]}":
            level -= 1
    return deepest


def body_of(arrived: Arrived) -> dict[str, Any] | list[Any] | Trouble:
    """The body as JSON, an object or a list; what is wrong with it otherwise."""
    brackets = arrived.raw.count(b"[") + arrived.raw.count(b"{")
    if brackets > MOST_DEPTH and depth(arrived.raw) > MOST_DEPTH:
        return TOO_DEEP
    try:
        found = json.loads(arrived.raw.decode(), parse_constant=lambda _: None)
    except (ValueError, RecursionError):  # also what isn't UTF-8, and numbers too long
        return NOT_JSON
    return found if isinstance(found, dict | list) else NOT_JSON


def at(found: Any, *path: str | int) -> Any:
    """What stands at a path of names and places; None where there is nothing."""
    for step in path:
        if isinstance(step, str) and isinstance(found, Mapping):
            found = found.get(step)
        elif isinstance(step, int) and isinstance(found, list) and len(found) > step:
            found = found[step]
        else:
            return None
    return found


def text(found: Any, *path: str | int, most: int = LONGEST_REF) -> str:
    """A short text or number at a path, cleaned of what can't be kept; '' otherwise."""
    value = at(found, *path)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    try:
        clean = " ".join(str(value).replace("\x00", " ").split())
        clean.encode()
    except ValueError:  # half a character; a number of thousands of digits
        return ""
    return clean[:most]


def number(found: Any, *path: str | int) -> int | None:
    """A whole number at a path, also as text; None otherwise."""
    said = text(found, *path, most=20)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


def moment(value: Any, *, per_second: int = 1) -> dt.datetime | None:
    """A time: ISO 8601 with its zone, or the count since 1970; None where it is none.

    A time without a zone isn't guessed, except where it says UTC. Finer than a microsecond is cut.
    """
    if isinstance(value, bool):
        return None
    try:
        if isinstance(value, int | float):
            found = dt.datetime.fromtimestamp(value / per_second, dt.UTC)
        elif isinstance(value, str):
            found = _spelled(value.strip())
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    if found.tzinfo is None:
        return None
    found = found.astimezone(dt.UTC)
    return found if EARLIEST <= found <= LATEST else None


def _spelled(value: str) -> dt.datetime:
    if value.endswith(" UTC"):
        value = f"{value.removesuffix(' UTC')}+00:00"
    return dt.datetime.fromisoformat(value)


def prose_day(value: Any) -> dt.datetime | None:
    """A day as people write it, 'February 3, 2025': its first moment in UTC; None otherwise."""
    said = value.strip() if isinstance(value, str) else ""
    for form in _PROSE:
        try:
            return dt.datetime.strptime(said, form).replace(tzinfo=dt.UTC)
        except ValueError:
            continue
    return None


def hashed(raw: bytes) -> str:
    """The name of a delivery that has none of its own."""
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def key_by_body(arrived: Arrived) -> str:
    """The body's hash as a delivery's name."""
    return hashed(arrived.raw)


def parked(what: str, lift: str) -> Trouble:
    """A key is missing, or says something that nobody has told us the meaning of."""
    return Trouble("missing_key", what, lift, parked=True)


def unknown_event(name: str) -> Trouble:
    """An event nobody has told us the meaning of."""
    said = f"'{name}' isn't an event we know." if name else "It doesn't say which event it is."
    return Trouble("unknown_event", said, "If it matters, tell us; it can be replayed later.")


def person(found: Any) -> Who:
    """Somebody as most peers name them: `id`, `email`, `name`; whatever is told of it."""
    return Who(
        ids=tuple(filter(None, (text(found, "id"),))),
        email=text(found, "email", most=254),
        name=text(found, "name"),
    )
