"""How somebody's tables map to the sources of the rulebook, and what a batch answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from warmhand.rulebook import Facts, Move
from warmhand.rulebook.sources import SOURCES

EPOCH: Final = date(1970, 1, 1)


class RelationError(ValueError):
    """The mapping of tables to sources is not whole."""


@dataclass(frozen=True, slots=True)
class Tables:
    """One SELECT for each source, in the words of the database that will run it.

    Each must give the columns that the source declares, under their names: keys and days as
    whole numbers
    (days since 1970-01-01, empty where not happened), yes as 1. It scopes itself: it gives rows
    of one workspace only.
    A literal per cent sign is doubled for PostgreSQL. Build with `Tables.of`, which refuses gaps.
    """

    selects: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, selects: Mapping[str, str]) -> Tables:
        """Tables out of {source: SELECT}; raises `RelationError` when a source is missing or
        unknown.
        """
        missing, unknown = SOURCES.keys() - selects.keys(), selects.keys() - SOURCES.keys()
        if missing or unknown:
            raise RelationError(f"missing: {sorted(missing)}, unknown: {sorted(unknown)}")
        return cls(tuple((name, selects[name]) for name in SOURCES))

    @classmethod
    def named(cls, prefix: str = "") -> Tables:
        """Tables that are called as the sources are and have their columns, perhaps with a
        prefix.
        """
        return cls.of({name: f'SELECT * FROM "{prefix}{name}"' for name in SOURCES})  # noqa: S608


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a batch says of one client; the same as `rulebook.decide` without the sentences."""

    client: int
    move: Move
    codes: tuple[str, ...]
    overridden: tuple[str, ...]
    review_on: date | None
    facts: Facts | None = None

    @property
    def may_ask(self) -> bool:
        """True where nothing objects."""
        return not self.codes


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days
