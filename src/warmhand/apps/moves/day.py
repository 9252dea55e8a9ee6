"""The whole day: clients' moves and allies' on the rulebook's one scale (P7, P9, P28, P37).

The clients' moves are paged; an ally's stand among them, after those of the same turn. So nothing
stands above an open recovery, and what gives stands before what asks, whoever it is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from warmhand.rulebook import MOVES, Turn

from .allies import AllyItem, ally_moves
from .queries import TodayFilter, TodayPage, today_list


@dataclass(frozen=True, slots=True)
class AllyTurn:
    """Allies' moves of one turn; `after`: how many of the page's items stand before them."""

    turn: Turn
    after: int
    items: tuple[AllyItem, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One page of the clients' moves, and those of allies that stand among them."""

    page: TodayPage
    allies: tuple[AllyTurn, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON: the same for the API and the command line."""
        beside = [
            {"after": group.after, **item.as_dict()}
            for group in self.allies
            for item in group.items
        ]
        return {**self.page.as_dict(), "allies": beside}


def the_day(wanted: TodayFilter | None = None, *, page: int = 1, per_page: int = 25) -> Day:
    """The moves of the day, best first; a list narrowed to some clients is about clients alone."""
    found = today_list(wanted, page=page, per_page=per_page)
    if found.filter.narrowed:
        return Day(found, ())
    proposed = ally_moves(
        member_id=found.filter.member_id, team=found.filter.team, today=found.today
    )
    groups = {
        turn: tuple(items) for turn, items in groupby(proposed, key=lambda it: it.decision.turn)
    }
    here = placed(groups, found.by_move, page=found.page, pages=found.pages, per_page=per_page)
    return Day(found, tuple(AllyTurn(turn, after, groups[turn]) for turn, after in here))


def placed(
    turns: Iterable[Turn], by_move: Mapping[str, int], *, page: int, pages: int, per_page: int
) -> list[tuple[Turn, int]]:
    """Which of these turns fall on a page, and after how many of its items each stands."""
    found = []
    for turn in sorted(turns):
        before = sum(by_move.get(m.value, 0) for m, info in MOVES.items() if info.turn <= turn)
        # Where a page ends with the turn's last client, its allies end that page too.
        on = min(pages, max(1, -(-before // per_page)))
        if on == page:
            found.append((turn, before - (on - 1) * per_page))
    return found
