"""The reference engine: facts of rows that are in memory, straight from the declarations. Slow
and plain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from warmhand.rulebook import FACTS, NEVER, FactInfo, Facts, Unit
from warmhand.rulebook.declare import Count, Latest, Nth, Own, Workspace, pack, unpack
from warmhand.rulebook.sources import SOURCES
from warmhand.rulebook.tree import Column, Known, Maybe, Num, holds, number, worth

from .relations import day_number

Row = Mapping[str, int | str | None]
Owned = Mapping[tuple[str, str], Sequence[Row]]
"""The rows of one client by (source, key)."""


class Population:
    """Rows of many clients by source, as {source: rows}; missing sources are empty."""

    def __init__(self, rows: Mapping[str, Iterable[Row]]) -> None:
        self.clients: dict[int, Row] = {}
        self._owned: dict[tuple[str, str, object], list[Row]] = defaultdict(list)
        for name, each in rows.items():
            for row in each:
                self._take(name, row)

    def _take(self, name: str, row: Row) -> None:
        if name == "client":
            self.clients[int(row["client"] or 0)] = row
        for key in SOURCES[name].keys:
            if row[key] is not None:
                self._owned[name, key, row[key]].append(row)

    def facts(self, client: int, today: date, offers_active: int = 0) -> Facts:
        """The facts of one client on one day."""
        row = self.clients[client]
        owned = {
            (name, key): self._owned.get((name, key, row[key]), [])
            for name, source in SOURCES.items()
            for key in source.keys
        }
        day = day_number(today)
        values = {
            name: offers_active
            if isinstance(info.definition, Workspace)
            else value(info, owned, day)
            for name, info in FACTS.items()
        }
        return Facts(**values)


def value(info: FactInfo, owned: Owned, today: int) -> int:
    """One fact of one client; `today` is a day number."""
    definition = info.definition
    if isinstance(definition, Workspace):
        raise TypeError(f"{info.name} is of the workspace, not of a client")
    rows = [
        row
        for row in owned[definition.source.name, definition.by]
        if holds(definition.where, Known(row=row, today=today))
    ]
    match definition:
        case Count():
            return len(rows)
        case Own(column=column):
            return _cells(column, rows)[0]
        case Latest():
            return _latest(definition, rows, info.default)
        case Nth():
            return _nth(info, definition, rows, today)
    raise TypeError(f"no such definition: {definition!r}")


def _cells(column: Column | Maybe | None, rows: Iterable[Row]) -> list[int]:
    """What stands in a column, without empty cells."""
    if column is None:
        raise TypeError("a column is needed")
    return [cell for row in rows if isinstance(cell := row[column.name], int)]


def _latest(definition: Latest, rows: Iterable[Row], default: int) -> int:
    packed = packed_number(definition)
    found = [worth(packed, Known(row=row)) for row in rows]
    return unpack(max(found)) if found else default


def packed_number(definition: Latest) -> Num:
    """The number whose maximum is the latest row."""
    if definition.day is None or definition.value is None:
        raise TypeError("'latest' needs a day and a value")
    last = definition.value
    last_value = last.otherwise(0) if isinstance(last, Maybe) else last
    tie = number(0) if definition.id is None else definition.id
    return pack(definition.day, tie, last_value)


def _nth(info: FactInfo, definition: Nth, rows: Iterable[Row], today: int) -> int:
    cells = sorted(_cells(definition.column, rows), reverse=definition.highest)
    if len(cells) < definition.nth:
        return info.default
    cell = cells[definition.nth - 1]
    if info.unit is Unit.SCORE:
        return cell
    days = today - cell if info.unit is Unit.AGE else cell - today + info.plus
    return max(-NEVER, min(days, NEVER))
