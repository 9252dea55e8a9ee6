"""An HSDS file, whatever its form, as rows of entities and what hangs on what.

Nested objects, rows that name each other by id, pages and old tables all become the same: so that
everything after needs to know only one form. The first value said of a field stands; what comes
again adds only what was missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .shape import DEEPEST, SHAPES, entity_called

MOST_ROWS: Final = 300_000
_OLD_NAMES: Final = {
    "organization": {"url": "website"},
    "language": {"language": "name"},
    "attribute": {"taxonomy_id": "taxonomy_term_id", "taxonomy_detail": "value"},
    "service": {"eligibility": "eligibility_description"},
    "address": {"type": "address_type"},
}
"""Names of fields in HSDS 2, by entity."""
_WORDS_FOR: Final = {
    "languages": ("language", "name"),
    "accessibility": ("accessibility", "description"),
    "service_areas": ("service_area", "name"),
    "taxonomy_ids": ("attribute", "taxonomy_term_id"),
}
"""Cells of old tables that hold several parts in one text, with commas."""


class TooMuch(Exception):
    """More rows than are read."""


@dataclass(slots=True)
class Row:
    """One object: where it was first met, and what was said of it."""

    place: str
    values: dict[str, Any] = field(default_factory=dict)


class Tables:
    """Rows by entity and id; `kids` by (entity, id) of what they belong to."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Row]] = defaultdict(dict)
        self.kids: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
        self.notes: list[str] = []
        self._count = 0

    def take(self, entity: str, given: Mapping[str, Any], place: str, depth: int = 0) -> str:
        """Take in an object with all that hangs on it; returns its id."""
        key = _text(given.get("id")) or _text(given.get(f"{entity}_id")) or f"~{place}"
        row = self.rows[entity].get(key)
        if row is None:
            self._count += 1
            if self._count > MOST_ROWS:
                raise TooMuch
            row = self.rows[entity][key] = Row(place)
        for name, value in given.items():
            if value is None or value == "" or name == "id" or depth > DEEPEST:
                continue
            known = _OLD_NAMES.get(entity, {}).get(str(name), str(name))
            self._take_value(entity, key, row, known, value, depth)
        return key

    def _take_value(
        self, entity: str, key: str, row: Row, name: str, value: Any, depth: int
    ) -> None:
        shape = SHAPES[entity]
        if name in _WORDS_FOR and isinstance(value, str):
            self._take_words(entity, key, row, name, value)
        elif name in shape.one and isinstance(value, Mapping | str):
            given = value if isinstance(value, Mapping) else {"name": value}
            other = self.take(shape.one[name], given, f"{row.place}.{name}", depth + 1)
            self._join(entity, key, row, shape.one[name], other)
        elif name in shape.many and isinstance(value, list | Mapping | str):
            self._take_parts(entity, key, row, name, value, depth)
        elif name.endswith("_id") and (parent := name[:-3]) in SHAPES and parent != entity:
            self._join(entity, key, row, parent, _text(value))
        else:
            row.values.setdefault(name, value)

    def _take_parts(
        self, entity: str, key: str, row: Row, name: str, value: Any, depth: int
    ) -> None:
        part = SHAPES[entity].many[name]
        for number, each in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(each, str) and each.strip():
                each = {"number" if part == "phone" else "name": each.strip()}
            if isinstance(each, Mapping):
                place = f"{row.place}.{name}[{number}]"
                other = self.take(part, each, place, depth + 1)
                self.hang(entity, key, part, other)
                if entity in SHAPES[part].belongs.split():
                    self.rows[part][other].values.setdefault(f"{entity}_id", key)

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
        points = (entity, parent) in {
            ("service", "program"),
            ("service_at_location", "location"),
            ("attribute", "taxonomy_term"),
            ("taxonomy_term", "taxonomy"),
        }
        row.values.setdefault(f"{parent}_id", other)
        if not points:
            self.hang(parent, other, entity, key)

    def hang(self, parent: str, parent_key: str, entity: str, key: str) -> None:
        """`entity` belongs to `parent`: once, however often it is said."""
        held = self.kids[parent, parent_key].setdefault(entity, [])
        if key not in held:
            held.append(key)

    def settle(self) -> None:
        """Hang attributes of flat tables on what they name, whichever entity it is."""
        for key, row in self.rows["attribute"].items():
            target = _text(row.values.get("link_id"))
            if not target:
                continue
            named = entity_called(_text(row.values.get("link_entity")))
            for entity in filter(None, (named, "service", "organization", "location")):
                if target in self.rows[entity]:
                    self.hang(entity, target, "attribute", key)
                    break

    def of(self, entity: str, key: str, part: str) -> list[str]:
        """Ids of the parts of a kind that hang on an object."""
        return self.kids.get((entity, key), {}).get(part, [])

    def nested(self, entity: str, key: str, without: tuple[str, ...] = ()) -> dict[str, Any]:
        """The object again with all that hangs on it, but for the keys in `without`."""
        return self._nested(entity, key, without, ())

    def _nested(
        self, entity: str, key: str, without: tuple[str, ...], above: tuple[tuple[str, str], ...]
    ) -> dict[str, Any]:
        shape, row = SHAPES[entity], self.rows[entity].get(key)
        if row is None or (entity, key) in above or len(above) > DEEPEST:
            return {}
        above = (*above, (entity, key))
        belongs = {
            f"{parent}_id"
            for parent in shape.belongs.split()
            if parent not in shape.one.values()
            or _text(row.values.get(f"{parent}_id")) in self.rows[parent]
        }
        found = {"id": key} | {
            name: value for name, value in row.values.items() if name not in belongs
        }
        for name, part in shape.many.items():
            if name not in without:
                held = (self._nested(part, each, (), above) for each in self.of(entity, key, part))
                found |= _unless_empty(name, [each for each in held if each])
        for name, part in shape.one.items():
            other = _text(row.values.get(f"{part}_id"))
            if other and name not in without and not (above[:-1] and above[-2][0] == part):
                found |= _unless_empty(name, self._nested(part, other, (), above))
        return found

    def flat(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Every entity's rows with the columns that say what they belong to, for tables."""
        parents: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for (parent, parent_key), held in self.kids.items():
            for entity, keys in held.items():
                for key in keys:
                    parents[entity, key].setdefault(parent, parent_key)
        for entity, shape in SHAPES.items():
            rows = [
                _flat_row(shape.belongs.split(), key, row.values, parents[entity, key])
                for key, row in self.rows[entity].items()
            ]
            if rows:
                yield entity, rows


def _flat_row(
    belongs: list[str], key: str, values: Mapping[str, Any], parents: Mapping[str, str]
) -> dict[str, Any]:
    found = {"id": key} | dict(values)
    for parent in belongs:
        if parent in parents:
            found[f"{parent}_id"] = parents[parent]
    for parent, parent_key in parents.items():
        if "taxonomy_term" in belongs:
            found |= {"link_id": parent_key, "link_entity": parent}
    return found


def _unless_empty(name: str, value: Any) -> dict[str, Any]:
    return {name: value} if value else {}


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, list | dict | bool) else str(value).strip()
