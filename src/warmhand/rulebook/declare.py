"""How a fact is declared: one small typed definition over a source, never null, and no windowed
counts.

Only counts that time alone does not change, flags, scores, ages and countdowns are possible, so
that
shifting facts in time is exact (`facts.advance`) and the day a verdict can change is derived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from .sources import Source
from .tree import Certain, Column, Maybe, Num, Truth

NEVER: Final = 99_999
"""The age or countdown of what has not happened; it does not move with time."""

DAY_SHIFT: Final = 2**18
ID_RANGE: Final = 2**40
VALUE_RANGE: Final = 2**4
"""'Latest' is the maximum of one packed number (day, id, value): values 0 to 15, ids below 2 **
40.
"""


class Unit(StrEnum):
    """What a fact counts in, and so how time moves it."""

    COUNT = "count"
    FLAG = "flag"
    SCORE = "score"
    AGE = "age"
    COUNTDOWN = "countdown"

    @property
    def step(self) -> int:
        """By how much one day moves it."""
        return {"age": 1, "countdown": -1}.get(self.value, 0)


ALWAYS: Final = Certain(True)


@dataclass(frozen=True, slots=True)
class Definition:
    """Over which rows of which source; `by` is the key that the rows belong to."""

    source: Source
    where: Truth = ALWAYS
    by: str = "client"


@dataclass(frozen=True, slots=True)
class Count(Definition):
    """How many rows."""


@dataclass(frozen=True, slots=True)
class Own(Definition):
    """A number of the client's own row."""

    column: Column | None = None


@dataclass(frozen=True, slots=True)
class Nth(Definition):
    """The n-th highest or lowest number of a column; empty cells are left out."""

    column: Column | Maybe | None = None
    highest: bool = True
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Latest(Definition):
    """The value of the latest row, by day, then id. Rows with an empty value are left out."""

    day: Column | None = None
    id: Column | None = None
    value: Column | Maybe | None = None


@dataclass(frozen=True, slots=True)
class Workspace:
    """A number that is the same for the whole workspace, passed in."""


AnyDefinition = Count | Own | Nth | Latest | Workspace


@dataclass(frozen=True, slots=True)
class FactInfo:
    """What people and printers know about one fact. `default` is its value where nothing is
    recorded.
    """

    name: str
    unit: Unit
    sentence: str
    practice: str
    default: int
    definition: AnyDefinition
    plus: int = 0

    @property
    def moves(self) -> bool:
        """Whether time alone moves it."""
        return self.unit.step != 0


def count(source: Source, where: Truth = ALWAYS, *, sentence: str, practice: str) -> Any:
    """Declare a number of rows."""
    return _fact(Unit.COUNT, Count(source, where), sentence, practice, 0)


def flag(source: Source, column: Column, *, sentence: str, practice: str) -> Any:
    """Declare a yes or no of the client's own row."""
    return _fact(Unit.FLAG, Own(source, column=column), sentence, practice, 0)


def age(
    source: Source,
    column: Column | Maybe,
    where: Truth = ALWAYS,
    *,
    sentence: str,
    practice: str,
    nth: int = 1,
    by: str = "client",
) -> Any:
    """Declare the days since the n-th latest day in a column; NEVER where there is none."""
    definition = Nth(source, where, by, column=column, nth=nth)
    return _fact(Unit.AGE, definition, sentence, practice, NEVER)


def countdown(
    source: Source,
    column: Column | Maybe,
    where: Truth = ALWAYS,
    *,
    sentence: str,
    practice: str,
    default: int = NEVER,
    highest: bool = False,
    nth: int = 1,
    by: str = "client",
    plus: int = 0,
) -> Any:
    """Declare the days until the n-th lowest (or highest) day in a column, plus `plus`."""
    definition = Nth(source, where, by, column=column, highest=highest, nth=nth)
    return _fact(Unit.COUNTDOWN, definition, sentence, practice, default, plus)


def lowest(
    source: Source,
    column: Column,
    where: Truth = ALWAYS,
    *,
    default: int,
    sentence: str,
    practice: str,
) -> Any:
    """Declare the lowest score in a column."""
    definition = Nth(source, where, column=column, highest=False)
    return _fact(Unit.SCORE, definition, sentence, practice, default)


def latest(
    source: Source,
    value: Column | Maybe,
    day: Column,
    number: Column | None = None,
    *,
    sentence: str,
    practice: str,
    default: int = -1,
) -> Any:
    """Declare the value of the latest row by day, then id, then value."""
    where = value.present if isinstance(value, Maybe) else ALWAYS
    definition = Latest(source, where, day=day, id=number, value=value)
    return _fact(Unit.SCORE, definition, sentence, practice, default)


def workspace(*, sentence: str, practice: str) -> Any:
    """Declare a number of the whole workspace, passed in by the caller."""
    return _fact(Unit.COUNT, Workspace(), sentence, practice, 0)


def _fact(
    unit: Unit, definition: AnyDefinition, sentence: str, practice: str, default: int, plus: int = 0
) -> Any:
    info: Mapping[str, object] = {
        "unit": unit,
        "definition": definition,
        "sentence": sentence,
        "practice": practice,
        "default": default,
        "plus": plus,
    }
    return field(default=default, metadata=info)


def pack(day: Num, number: Num, value: Num) -> Num:
    """One number that orders rows by day, id and value; see `unpack`."""
    return ((day + DAY_SHIFT) * ID_RANGE + number) * VALUE_RANGE + value


def unpack(packed: int) -> int:
    """The value inside a packed number."""
    return packed % VALUE_RANGE
