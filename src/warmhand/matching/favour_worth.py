"""What favours done count for where they are a goal (P35). Numbers alone don't count.

A favour counts in full where it is told what came of it, or the need it served was met, and time
was spent on it. Where only time was spent it counts for little, and only the best few of that kind
count at all. Several for one need, or for one client on one day, count as one: splitting a favour
brings nothing. Nothing is ever deducted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from .contribution import OPEN_COUNT

TELLING_WORDS: Final = 3
"""In fewer words nothing is told of what came of it (our choice)."""
TIME: Final = 15
"""From so many minutes on time was spent (our choice)."""
TOLD_WITH_TIME: Final = 100
TOLD: Final = 70
TIME_ALONE: Final = 30
"""How much of a favour counts, in per cent (our choice)."""

Key: TypeAlias = tuple[object, ...]
Path: TypeAlias = tuple[int, tuple[tuple[Key, Key], ...]]


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
    def lacks_time(self) -> bool:
        """Told, but with no time noted: the one thing that keeps it from counting in full."""
        return self.told and self.minutes < TIME

    @property
    def stands_for(self) -> tuple[Key, Key]:
        """The client's day and the need it stands for; each of them counts once."""
        day: Key = (self.client, self.on)
        return day, day if self.need is None else ("need", self.need)


def favours_worth(done: Iterable[Did]) -> int:
    """So many favours count: one more never lowers them, worthless ones change nothing."""
    return favours_hundredths(done) // 100


def favours_hundredths(done: Iterable[Did]) -> int:
    """The same in hundredths, so that those of several members are added before they are cut."""
    best: dict[tuple[Key, Key], int] = {}
    for each in done:
        best[each.stands_for] = max(each.worth, best.get(each.stands_for, 0))
    told = _most_apart({pair: worth for pair, worth in best.items() if worth >= TOLD})
    together = _most_apart({pair: worth for pair, worth in best.items() if worth})
    return min(together, told + OPEN_COUNT * TIME_ALONE)


def _most_apart(worths: Mapping[tuple[Key, Key], int]) -> int:
    """The most that favours are worth together of which no two share a day or a need.

    Were those that share one heaped instead, a favour that ties two heaps would lower what counts.
    It is the heaviest matching of days and needs, one augmenting path after the other.
    """
    taken: dict[Key, Key] = {}
    total = 0
    while (found := _best_path(worths, taken))[0] > 0:
        total += found[0]
        taken |= {need: day for day, need in found[1]}
    return total


def _best_path(worths: Mapping[tuple[Key, Key], int], taken: Mapping[Key, Key]) -> Path:
    """What one more is worth at most, and who then stands for which need; `taken`: need to day."""
    busy = set(taken.values())
    reached: dict[Key, Path] = {day: (0, ()) for day, _ in worths if day not in busy}
    end: Path = (0, ())
    moved = True
    while moved:
        moved = False
        for (day, need), worth in worths.items():
            if day not in reached or taken.get(need) == day:
                continue
            gain, path = reached[day][0] + worth, (*reached[day][1], (day, need))
            other = taken.get(need)
            if other is None:
                end = (gain, path) if gain > end[0] else end
            elif other not in reached or gain - worths[other, need] > reached[other][0]:
                reached[other] = (gain - worths[other, need], path)
                moved = True
    return end
