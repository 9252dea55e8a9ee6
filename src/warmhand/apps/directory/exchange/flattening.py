"""Nested HSDS objects as the rows of its tables: ids instead of nesting, and nothing left behind.

In a table a row belongs to one object of a kind. What two of them share is a row for each of them,
the second one with an identifier of its own, as the standard's own remarks on contacts say.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from .shape import SHAPES, own_id

Thing = dict[str, Any]
SHARED: Final = ("program", "taxonomy", "taxonomy_term", "unit", "location", "organization")
"""What others point at by its id, so that there is one row of it."""
_LINKS: Final = {
    "attribute": ("link_id", "link_entity"),
    "metadata": ("resource_id", "resource_type"),
}
"""Columns that name the object, whichever kind it is, and its kind."""


class Flat:
    """Rows by entity and id."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Thing]] = defaultdict(dict)

    def put(self, entity: str, given: Mapping[str, Any], parent: str = "", whose: str = "") -> str:
        """Put an object and all that hangs on it into rows; returns its id."""
        shape, own = SHAPES[entity], _own_values(entity, given)
        key = str(given["id"])
        links = _links(entity, parent, whose)
        there = self.rows[entity].get(key)
        if there is not None and entity == "organization":
            return key
        if there is not None and not _goes_with(entity, there, own, links):
            key = own["id"] = own_id(key, f"{parent}/{whose}")
            there = self.rows[entity].get(key)
        row = self.rows[entity].setdefault(key, {})
        row |= own | {name: value for name, value in links.items() if value}
        for name, part in shape.one.items():
            if isinstance(held := given.get(name), Mapping):
                row[f"{part}_id"] = self.put(part, held)
        for name, part in shape.many.items():
            for each in given.get(name, ()):
                self.put(part, each, entity, key)
        return key

    def columns(self, entity: str) -> list[str]:
        """The columns of a table: the standard's own, then what is known beside it."""
        shape = SHAPES[entity]
        own = [*shape.kinds(), *(f"{parent}_id" for parent in shape.belongs.split())]
        own += [f"{part}_id" for part in shape.one.values()]
        more = sorted({name for row in self.rows[entity].values() for name in row} - {*own})
        return list(dict.fromkeys([*own, *more]))

    def table(self, entity: str) -> str:
        """The rows of an entity as CSV."""
        out = io.StringIO()
        writer = csv.DictWriter(out, self.columns(entity), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(self.rows[entity].values())
        return out.getvalue()


def flat(services: Iterable[Mapping[str, Any]]) -> Flat:
    """All rows of services with what they hang on."""
    found = Flat()
    for each in services:
        found.put("service", each)
    return found


def _own_values(entity: str, given: Mapping[str, Any]) -> Thing:
    shape = SHAPES[entity]
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
        for name, value in given.items()
        if name not in shape.many and not (name in shape.one and isinstance(value, Mapping))
    }


def _links(entity: str, parent: str, whose: str) -> Thing:
    if entity in _LINKS:
        column, kind = _LINKS[entity]
        return {column: whose, kind: parent}
    return {f"{parent}_id": whose} if parent in SHAPES[entity].belongs.split() else {}


def _goes_with(entity: str, there: Thing, own: Thing, links: Thing) -> bool:
    """Whether a row can stand for this object too: the same values, and no other owner."""
    if any(there.get(name, value) != value for name, value in links.items() if value):
        return entity in SHARED and entity != "location"
    names = {*own} - {*_LINKS.get(entity, ())} - {"id"}
    return entity in SHARED or all(there.get(name) == own[name] for name in names)


def as_data_package(tables: Mapping[str, list[str]]) -> Thing:
    """The `datapackage.json` of a ZIP: each table with its columns and their types."""
    return {
        "name": "warmhand-directory",
        "profile": "tabular-data-package",
        "resources": [_resource(entity, columns) for entity, columns in tables.items()],
    }


def _resource(entity: str, columns: list[str]) -> Thing:
    kinds = SHAPES[entity].kinds()
    return {
        "name": entity,
        "path": SHAPES[entity].file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "primaryKey": "id",
            "missingValues": [""],
            "fields": [
                {"name": name, "type": "number" if kinds.get(name) == "number" else "string"}
                for name in columns
            ],
        },
    }
