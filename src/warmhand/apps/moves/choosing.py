"""Choosing from a list that a client gave us: which rows fit what we did for them (P1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from warmhand.apps.people.models import Company, KeyList
from warmhand.apps.people.queries.keys import ListPlan, PlannedKey, key_list_by_id, plan_of
from warmhand.matching import About, Key, Why
from warmhand.matching.alike import folded
from warmhand.matching.keys import grounds_of

from .names import about_of

SHOWN_LEFT_OUT = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """A row that may be taken over, and what it has in common with what we did ('' for nothing)."""

    row: PlannedKey
    fits: str


@dataclass(frozen=True, slots=True)
class Choosing:
    """A waiting list: the rows to choose from that were looked for, and how many of each fate."""

    key_list: KeyList
    choices: tuple[Choice, ...]
    counts: Counter[str]
    fitting: int
    left_out: tuple[PlannedKey, ...]

    @property
    def refused(self) -> list[dict[str, object]]:
        """Rows that couldn't be read, with line, field and why."""
        return list(self.key_list.refused)


def choosing(list_id: int, *, search: str = "", only_fitting: bool = False) -> Choosing:
    """What a waiting list would bring: see `choosing_from`."""
    return choosing_from(key_list_by_id(list_id), search=search, only_fitting=only_fitting)


def choosing_from(key_list: KeyList, *, search: str = "", only_fitting: bool = False) -> Choosing:
    """What a list would bring, those that fit first; each word of `search` in name or work.

    Cost: one pass over the rows, five queries. The list may be one that isn't kept.
    """
    plan = plan_of(key_list)
    found = _choices(key_list, plan)
    words = folded(search).split()
    return Choosing(
        key_list=key_list,
        choices=tuple(
            each
            for each in found
            if (each.fits or not only_fitting) and all(word in _text(each.row) for word in words)
        ),
        counts=plan.counts,
        fitting=sum(1 for each in found if each.fits),
        left_out=tuple(row for row in plan.rows if row.why)[:SHOWN_LEFT_OUT],
    )


def _choices(key_list: KeyList, plan: ListPlan) -> list[Choice]:
    about = about_of(key_list.client)
    sectors = Company.objects.exclude(sector="").values_list("name", "sector")
    trades = {folded(name): sector for name, sector in sectors}
    found = [Choice(row, _fits(row, about, trades)) for row in plan.to_choose]
    return sorted(found, key=lambda each: (not each.fits, folded(each.row.name), each.row.number))


def _fits(row: PlannedKey, about: About, trades: Mapping[str, str]) -> str:
    """The same trade, or the words in common with what we delivered."""
    trade = trades.get(folded(row.company), "")
    key = Key(row.number, row.name, company=row.company, position=row.position, trade=trade)
    grounds = {each.why: each.value for each in grounds_of(key, about)}
    return grounds.get(Why.TRADE) or grounds.get(Why.WORDS, "")


def _text(row: PlannedKey) -> str:
    return folded(f"{row.name} {row.company} {row.position}")
