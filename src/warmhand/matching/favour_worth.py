"""What favours done count for where they are a goal (P35). Numbers alone don't count.

A favour counts in full where it is told what came of it, or the need it served was met, and time
was spent on it. Where only time was spent it counts for little, and only the best few of that kind
count at all. Several for one need, or for one client on one day, count as one: splitting a favour
brings nothing. Nothing is ever deducted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .contribution import OPEN_COUNT

TELLING_WORDS: Final = 3
"""In fewer words nothing is told of what came of it (our choice)."""
TIME: Final = 15
"""From so many minutes on time was spent (our choice)."""
TOLD_WITH_TIME: Final = 100
TOLD: Final = 70
TIME_ALONE: Final = 30
"""How much of a favour counts, in per cent (our choice)."""


def tells(outcome: str) -> bool:
    """Whether these words say what came of a favour."""
    words = (word for word in outcome.split() if any(letter.isalnum() for letter in word))
    return len({word.casefold() for word in words}) >= TELLING_WORDS


@dataclass(frozen=True, slots=True)
class Did:
    """A favour done for a client: `told` where it is known what came of it, in `minutes`."""

    client: int
    on: dt.date
    told: bool = False
    minutes: int = 0
    need: int | None = None

    @property
    def worth(self) -> int:
        """0 to 100."""
        if self.told:
            return TOLD_WITH_TIME if self.minutes >= TIME else TOLD
        return TIME_ALONE if self.minutes >= TIME else 0

    @property
    def one_with(self) -> tuple[object, ...]:
        """Those with the same count as one."""
        return ("need", self.need) if self.need is not None else (self.client, self.on)


def favours_worth(done: Iterable[Did]) -> int:
    """So many favours count: one more never lowers them, worthless ones change nothing."""
    best: dict[tuple[object, ...], int] = {}
    for each in done:
        best[each.one_with] = max(each.worth, best.get(each.one_with, 0))
    told = sum(worth for worth in best.values() if worth >= TOLD)
    open_ = sorted((worth for worth in best.values() if worth < TOLD), reverse=True)
    return (told + sum(open_[:OPEN_COUNT])) // 100
