"""An HSDS file, whatever its form, as rows of entities and what hangs on what.

Nested objects, rows that name each other by id, pages and old tables all become the same: so that
everything after needs to know only one form. The first value said of a field stands; what comes
again adds only what was missing, and is told where it says something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .fitting import PLACE, shown
from .report import Told
from .shape import DEEPEST, SHAPES, entity_called, is_identifier, part_called

MOST_ROWS: Final = 1_000_000
OLD_NAMES: Final = {
    "organization": {"url": "website"},
    "language": {"language": "name"},
    "attribute": {"taxonomy_id": "taxonomy_term_id", "taxonomy_detail": "value"},
    "service": {"eligibility": "eligibility_description"},
    "address": {"type": "address_type"},
    "taxonomy_term": {"vocabulary": "taxonomy"},
}
"""Names of fields in HSDS 2, by entity."""
_OLD_PARTS: Final = {("attribute", "taxonomy"): "taxonomy_term"}
"""Objects that older files call otherwise."""
_WORDS_FOR: Final = {
    "languages": ("language", "name"),
    "accessibility": ("accessibility", "description"),
    "service_areas": ("service_area", "name"),
    "taxonomy_ids": ("attribute", "taxonomy_term_id"),
}
"""Cells of old tables that hold several parts in one text, with commas."""
POINTS: Final = {
    ("service", "program"),
    ("service_at_location", "location"),
    ("attribute", "taxonomy_term"),
    ("taxonomy_term", "taxonomy"),
    ("service_capacity", "unit"),
}
"""Who points at something without belonging to it."""
NOT_ALONE: Final = ("taxonomy", "taxonomy_term", "unit", "metadata")
"""What may stand in a file without any provider."""
_ONE_IN_THE_FILE: Final = {
    "organization", "service", "location", "program", "service_at_location", "taxonomy",
    "taxonomy_term", "unit",
}  # fmt: skip
"""Of these an id names one thing in all of the file. Small parts of two objects often share
a number: where they say different things they are two."""


class TooMuch(Exception):
    """More rows than are read."""


@dataclass(slots=True)
class Row:
    """One object: where it was first met, what was said of it, and whether a provider has it."""

    place: str
    values: dict[str, Any] = field(default_factory=dict)
    used: bool = False


class Tables:
    """Rows by entity and id; `kids` by (entity, id) of what they belong to; `told`: the faults."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Row]] = defaultdict(dict)
        self.kids: dict[tuple[str, str], dict[str, dict[str, None]]] = defaultdict(dict)
        self.told: list[Told] = []
        self.loose: list[tuple[str, str, str, dict[str, Any], str]] = []
        """Rows of tables that HSDS doesn't know: (entity, id of what they belong to, name of the
        table, values, place)."""
        self._count = 0

    def tell(self, place: str, name: str, sentence: str) -> None:
        """A fault of the file at its place."""
        self.told.append(Told(place, name, sentence))

    def take(self, entity: str, given: Mapping[str, Any], place: str, depth: int = 0) -> str:
        """Take in an object with all that hangs on it; returns its id."""
        said = key_of(given.get("id")) or key_of(given.get(f"{entity}_id"))
        key = said or f"~{place}"
        row = self.rows[entity].get(key)
        if row and entity not in _ONE_IN_THE_FILE and _differs(entity, row, given):
            key = f"~{key}~{place}"
            row = self.rows[entity].get(key)
        if row is None:
            self._count += 1
            if self._count > MOST_ROWS:
                raise TooMuch
            row = self.rows[entity][key] = Row(place)
        for name, value in given.items():
            if value is None or value == "" or name == "id" or depth > DEEPEST:
                continue
            known = OLD_NAMES.get(entity, {}).get(str(name), str(name))
            self._take_value(entity, key, row, known, value, place, depth)
        return key

    def _take_value(
        self, entity: str, key: str, row: Row, name: str, value: Any, place: str, depth: int
    ) -> None:
        shape = SHAPES[entity]
        one = _OLD_PARTS.get((entity, name), name)
        many = part_called(entity, name) if isinstance(value, list | Mapping) else name
        if name in _WORDS_FOR and isinstance(value, str):
            self._take_words(entity, key, row, name, value)
        elif one in shape.one and isinstance(value, Mapping | str):
            given = value if isinstance(value, Mapping) else {"name": value}
            other = self.take(shape.one[one], given, f"{place}.{name}", depth + 1)
            self._join(entity, key, row, shape.one[one], other)
        elif many in shape.many and isinstance(value, list | Mapping | str):
            self._take_parts(entity, key, row, many, value, f"{place}.{name}", depth)
        elif name.endswith("_id") and (parent := name[:-3]) in SHAPES and parent != entity:
            self._join(entity, key, row, parent, key_of(value))
        else:
            self._say(entity, key, row, name, value, place)

    def _say(self, entity: str, key: str, row: Row, name: str, value: Any, place: str) -> None:
        """A plain value; said a second time otherwise, it is told."""
        first = row.values.setdefault(name, value)
        if first is not value and first != value and str(first).strip() != str(value).strip():
            sentence = (
                f"“{shown(value)}” is told of {entity} {key}; “{shown(first)}” stands already."
            )
            self.tell(place, name, sentence)

    def _take_parts(
        self, entity: str, key: str, row: Row, name: str, value: Any, place: str, depth: int
    ) -> None:
        part = SHAPES[entity].many[name]
        for number, each in enumerate(value if isinstance(value, list) else [value]):
            where = f"{place}[{number}]"
            if isinstance(each, str) or (part == "phone" and isinstance(each, int)):
                each = _in_short(part, str(each).strip())
            if isinstance(each, Mapping):
                other = self.take(part, _from_old(name, place, each), where, depth + 1)
                self.hang(entity, key, part, other)
                if entity in SHAPES[part].belongs.split():
                    self.rows[part][other].values.setdefault(f"{entity}_id", key)
            elif each is not None:
                self.tell(where, part, f"“{shown(each)}” is no {part} and is left out.")

    def _take_words(self, entity: str, key: str, row: Row, name: str, value: str) -> None:
        part, field_ = _WORDS_FOR[name]
        for number, each in enumerate(value.split(",")):
            if each.strip():
                place = f"{row.place}.{name}[{number}]"
                self.hang(entity, key, part, self.take(part, {field_: each.strip()}, place))

    def _join(self, entity: str, key: str, row: Row, parent: str, other: str) -> None:
        """A row names what it belongs to, or what it points at."""
        if not other:
            return
        row.values.setdefault(f"{parent}_id", other)
        if (entity, parent) not in POINTS:
            self.hang(parent, other, entity, key)

    def hang(self, parent: str, parent_key: str, entity: str, key: str) -> None:
        """`entity` belongs to `parent`: once, however often it is said."""
        self.kids[parent, parent_key].setdefault(entity, {})[key] = None

    def settle(self) -> None:
        """Hang what names its object by kind and id on it, and rows of tables of others."""
        for entity, link in (("attribute", "link"), ("metadata", "resource")):
            kind = "link_entity" if link == "link" else "resource_type"
            for key, row in self.rows[entity].items():
                target = key_of(row.values.get(f"{link}_id"))
                if target:
                    self._hang_by_name(entity, key, target, _text(row.values.get(kind)))
        for entity, target, name, values, place in self.loose:
            if target in self.rows[entity]:
                held = self.rows[entity][target].values.setdefault(name, [])
                held.append(values)
            else:
                self.tell(place, f"{entity}_id", f"There is no {entity} “{target}” in the file.")

    def _hang_by_name(self, entity: str, key: str, target: str, named: str) -> None:
        for other in filter(None, (entity_called(named), "service", "organization", "location")):
            if target in self.rows[other]:
                self.hang(other, target, entity, key)
                return

    def of(self, entity: str, key: str, part: str) -> list[str]:
        """Ids of the parts of a kind that hang on an object."""
        return list(self.kids.get((entity, key), {}).get(part, ()))

    def nested(self, entity: str, key: str, without: tuple[str, ...] = ()) -> dict[str, Any]:
        """The object again with all that hangs on it, but for the keys in `without`.

        Each object says at `~place` where it was met; who had no identifier has none here.
        """
        return self._nested(entity, key, without, ())

    def _nested(
        self, entity: str, key: str, without: tuple[str, ...], above: tuple[tuple[str, str], ...]
    ) -> dict[str, Any]:
        shape, row = SHAPES[entity], self.rows[entity].get(key)
        if row is None or (entity, key) in above or len(above) > DEEPEST:
            return {}
        row.used = True
        above = (*above, (entity, key))
        belongs = {
            f"{parent}_id"
            for parent in shape.belongs.split()
            if parent not in shape.one.values()
            or _text(row.values.get(f"{parent}_id")) in self.rows[parent]
        }
        found: dict[str, Any] = {PLACE: row.place} if key.startswith("~") else {"id": key}
        found[PLACE] = row.place
        found |= {name: value for name, value in row.values.items() if name not in belongs}
        for name, part in shape.many.items():
            if name not in without:
                held = (self._nested(part, each, (), above) for each in self.of(entity, key, part))
                found |= _unless_empty(name, [each for each in held if each])
        for name, part in shape.one.items():
            other = _text(row.values.get(f"{part}_id"))
            if other and name not in without and not (above[:-1] and above[-2][0] == part):
                found |= _unless_empty(name, self._nested(part, other, (), above))
        return found

    def unused(self) -> Iterator[tuple[str, str, Row]]:
        """Entity, id and row of all that no provider took, after all were asked for."""
        for entity, rows in self.rows.items():
            for key, row in rows.items():
                if not row.used:
                    yield entity, key, row


def _differs(entity: str, row: Row, given: Mapping[str, Any]) -> bool:
    """Whether an object says something else than the row of its id."""
    for name, value in given.items():
        known = OLD_NAMES.get(entity, {}).get(str(name), str(name))
        first = row.values.get(known)
        plain = isinstance(value, str | int | float) and not known.endswith("_id")
        if plain and value != "" and first is not None and str(first).strip() != str(value).strip():
            return True
    return False


def _in_short(part: str, said: str) -> Any:
    """A part that is told by one word: a number, a name, an address on the web."""
    name = {"phone": "number", "url": "url", "accessibility": "description"}.get(part, "name")
    return {name: said} if said else None


def _from_old(name: str, place: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Postal addresses of older files say so by the name of their list alone."""
    called = place.rpartition(".")[2].lower()
    if name == "addresses" and called.startswith(("postal", "mail")):
        return {"address_type": "postal", **given}
    return given


def _unless_empty(name: str, value: Any) -> dict[str, Any]:
    return {name: value} if value else {}


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, list | dict | bool) else str(value).strip()


def key_of(value: Any) -> str:
    """What names an object within a file; UUIDs in small letters: they are written either way."""
    plain = _text(value)
    return plain.lower() if is_identifier(plain) else plain
