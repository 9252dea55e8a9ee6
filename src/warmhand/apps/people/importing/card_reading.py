"""Reading vCards: bounds first, then vobject on one card at a time.

vobject alone takes 705 MB for one line of 5 MB and overflows the stack on nested cards, so the
lines are unfolded, counted and cut into cards here, and only a card within bounds reaches it.
"""

from __future__ import annotations

import quopri
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import vobject

from warmhand.apps.people.importing.encodings import find_encoding
from warmhand.apps.people.importing.limits import Limits
from warmhand.apps.people.importing.problems import problem, refused
from warmhand.apps.people.importing.rows import Refusal, Row, Rows, refusal

MANY = 3
"""So many e-mail addresses and telephone numbers of a card are read."""
COLUMNS = (
    "uid", "kind", "name", "organisation", "department", "title",
    *(f"email {n}" for n in range(1, MANY + 1)),
    *(f"phone {n}" for n in range(1, MANY + 1)),
    "language", "timezone", "country",
)  # fmt: skip
WANTED = {
    "UID", "KIND", "FN", "N", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "LANG", "TZ", "ADR",
    "VERSION", "BEGIN", "END",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardTable:
    """A file of vCards; its columns are always `COLUMNS`."""

    path: Path
    encoding: str
    limits: Limits
    columns: tuple[str, ...] = COLUMNS

    def rows(self) -> Rows:
        """One row a card, in the order of the file."""
        for card in _cards(self.path, self.encoding, self.limits):
            yield _refused(card, self.limits) if card.fault else _row(card)


@dataclass(slots=True)
class _Card:
    """The wanted lines of one card while it is collected, and its first fault."""

    line: int
    lines: list[str] = field(default_factory=list)
    depth: int = 1
    properties: int = 0
    fault: str = ""

    def blame(self, code: str) -> None:
        if not self.fault:
            self.fault, self.lines = code, []


def open_cards(path: Path, limits: Limits, encoding: str | None = None) -> CardTable:
    """Check that `path` is text with at least one card; raises `ImportRefused`."""
    found = find_encoding(path, encoding)
    table = CardTable(path, found, limits)
    count = 0
    for card in _cards(path, found, limits):
        count += 1
        if count > limits.rows:
            raise refused("too_many_rows", line=card.line, limit=limits.rows)
    if not count:
        raise refused("no_card", path=path.name)
    return table


def _lines(path: Path, encoding: str, limits: Limits) -> Iterator[tuple[int, str | None]]:
    """(line number, unfolded line) or None for a line beyond the bound, never holding more."""
    with path.open(encoding=encoding, newline=None) as file:
        began, number, size = 1, 0, 0
        held: list[str] = []
        quoted_printable = False
        for text in _bounded(file, limits.card_line_bytes):
            number += text.endswith("\n")
            bare = text.rstrip("\n")
            folded = bare[:1] in (" ", "\t") or quoted_printable
            if not folded and held:
                yield began, _joined(held, size, limits)
                began, held, size = number, [], 0
            size += len(bare)
            if size <= limits.card_line_bytes:
                held.append(bare if quoted_printable or not held else bare[1:])
            quoted_printable = _continues(held[0] if held else "", bare)
            if quoted_printable and size <= limits.card_line_bytes:
                held[-1] = held[-1][:-1]
        if held:
            yield began, _joined(held, size, limits)


def _bounded(file: Any, limit: int) -> Iterator[str]:
    """Physical lines in pieces of at most `limit`; a later piece is marked as folded."""
    fresh = True
    while text := file.readline(limit):
        yield text if fresh else " " + text
        fresh = text.endswith("\n")


def _joined(held: list[str], size: int, limits: Limits) -> str | None:
    return "".join(held) if size <= limits.card_line_bytes else None


def _continues(first: str, bare: str) -> bool:
    """vCard 2.1 continues a quoted-printable value by a trailing equals sign."""
    return bare.endswith("=") and "QUOTED-PRINTABLE" in first.partition(":")[0].upper()


def _cards(path: Path, encoding: str, limits: Limits) -> Iterator[_Card]:
    card: _Card | None = None
    after_agent = False
    for number, text in _lines(path, encoding, limits):
        head = (text or "").strip().upper()
        if head == "BEGIN:VCARD" and not (card and after_agent):
            if card:
                card.blame("card_not_closed")
                yield card
            card = _Card(number, ["BEGIN:VCARD"])
        elif card:
            _collect(card, text, head, limits)
            if card.depth == 0:
                yield card
                card = None
        after_agent = head.startswith("AGENT")
    if card:
        card.blame("card_not_closed")
        yield card


def _collect(card: _Card, text: str | None, head: str, limits: Limits) -> None:
    card.depth += head.startswith("BEGIN:")
    card.properties += 1
    if head.startswith("END:"):
        card.depth = 0 if head == "END:VCARD" and card.depth == 1 else card.depth - 1
        text = text if card.depth == 0 else ""
    if text is None:
        card.blame("card_line_too_long")
    elif card.depth > limits.card_depth:
        card.blame("card_too_deep")
    elif card.properties > limits.card_properties:
        card.blame("card_too_many_properties")
    elif not card.fault and card.depth <= 1 and _name_of(text) in WANTED:
        card.lines.append(_plain(text))


def _plain(text: str) -> str:
    """A quoted-printable line of vCard 2.1 as plain text; phones cut such values in mid-letter."""
    head, _colon, value = text.partition(":")
    name, *parameters = head.split(";")
    if not any("QUOTED-PRINTABLE" in parameter.upper() for parameter in parameters):
        return text
    charset = next((p[8:] for p in parameters if p.upper().startswith("CHARSET=")), "utf-8")
    raw = quopri.decodestring(value.encode("utf-8", "ignore"))
    try:
        plain = raw.decode(charset, "ignore")
    except LookupError:
        plain = raw.decode("utf-8", "ignore")
    return f"{name}:{' '.join(plain.split())}"


def _name_of(text: str) -> str:
    """The property's name without its group and parameters: `item1.ORG;TYPE=x:` is ORG."""
    return text.partition(":")[0].partition(";")[0].rpartition(".")[2].strip().upper()


def _refused(card: _Card, limits: Limits) -> Refusal:
    limit = {
        "card_line_too_long": limits.card_line_bytes,
        "card_too_deep": limits.card_depth,
        "card_too_many_properties": limits.card_properties,
    }.get(card.fault, 0)
    return refusal(problem(card.fault, line=card.line, limit=limit))


def _row(card: _Card) -> Row | Refusal:
    try:
        parsed = vobject.readOne("\r\n".join(card.lines) + "\r\n")
        cells = _cells(parsed.contents)
    except Exception as error:  # vobject raises whatever its regular expressions meet
        why = f"{type(error).__name__}: {error}"
        return refusal(problem("card_unreadable", line=card.line, why=why))
    if not (cells["name"] or cells["organisation"] or cells["email 1"] or cells["phone 1"]):
        return refusal(problem("value_missing", line=card.line, field="name"))
    return Row(card.line, cells)


def _cells(contents: dict[str, list[Any]]) -> dict[str, str]:
    cells = dict.fromkeys(COLUMNS, "")
    for column, name in SINGLE.items():
        cells[column] = _text(_first(contents, name))
    organisation = _parts(_first(contents, "org"))
    cells["organisation"] = organisation[0] if organisation else ""
    cells["department"] = ", ".join(part for part in organisation[1:] if part)
    cells["name"] = cells["name"] or _full_name(_first(contents, "n"))
    cells["country"] = str(getattr(_first(contents, "adr"), "country", "") or "").strip()
    _number(cells, "email", contents.get("email", []), prefix="mailto:")
    _number(cells, "phone", contents.get("tel", []), prefix="tel:")
    return cells


SINGLE = {
    "uid": "uid",
    "kind": "kind",
    "name": "fn",
    "title": "title",
    "language": "lang",
    "timezone": "tz",
}


def _first(contents: dict[str, list[Any]], name: str) -> Any:
    found = contents.get(name)
    return found[0].value if found else None


def _text(value: object) -> str:
    return " ".join(str(value).replace("\x00", "").split()) if value else ""


def _parts(value: object) -> list[str]:
    return [_text(part) for part in value] if isinstance(value, list) else [_text(value)]


def _full_name(value: Any) -> str:
    given, family = (_text(getattr(value, part, "")) for part in ("given", "family"))
    return f"{given} {family}".strip()


def _number(cells: dict[str, str], what: str, found: list[Any], prefix: str) -> None:
    texts: list[str] = []
    for item in found:
        text = _text(item.value).removeprefix(prefix)
        if text and text not in texts:
            texts.append(text)
    for place, text in enumerate(texts[:MANY], start=1):
        cells[f"{what} {place}"] = text
