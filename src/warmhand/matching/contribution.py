"""What somebody's giving is worth, and what would help next (P35). Numbers alone don't count.

A referral given is worth its quality times what came of it: nobody gains by sending rubbish. As
long as nothing good came of it, it counts for little, only where it was given with some care, and
only the best few of that kind count at all; it counts in full once it did good. Nothing is ever
deducted: a provider who declines, one sent instead, or a referral that came to nothing takes
nothing away from whoever gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .figures import counted

FULL: Final = 10
"""Points of a referral given as well as can be, whose client is happy."""
OPEN_COUNT: Final = 3
"""So many of those of which nothing good has come yet count, the best ones (our choice)."""
CARE: Final = 40
"""Below this quality such a referral counts for nothing (our choice)."""
FEWEST: Final = 5
"""With fewer answers nothing is concluded from a share (our choice)."""
GOOD_QUALITY: Final = 70
"""From here on a referral counts as given well (our choice)."""


class CameOf(StrEnum):
    """What came of a referral given, as far as we have heard."""

    NO_ANSWER = "no_answer"
    DECLINED = "declined"
    TALKING = "talking"
    NOTHING = "nothing"
    BUSINESS = "business"
    HAPPY = "happy"
    UNHAPPY = "unhappy"


WEIGHTS: Final[Mapping[CameOf, int]] = {
    CameOf.NO_ANSWER: 20,
    CameOf.DECLINED: 20,
    CameOf.TALKING: 30,
    CameOf.NOTHING: 20,
    CameOf.BUSINESS: 70,
    CameOf.HAPPY: 100,
    CameOf.UNHAPPY: 0,
}
"""How much of its quality a referral counts for, in per cent (our choice; none is below zero)."""

UNHEARD: Final = frozenset({CameOf.NO_ANSWER, CameOf.DECLINED})
"""Nothing is known of what it was good for."""
OPEN: Final = UNHEARD | {CameOf.TALKING, CameOf.NOTHING}
"""Nothing good has come of it yet; only the best few count, and none without care."""
ANSWERED: Final = frozenset({CameOf.NOTHING, CameOf.HAPPY, CameOf.UNHAPPY})
"""Its end is known."""


@dataclass(frozen=True, slots=True)
class Given:
    """One referral given: its quality from its parts (P32), 0 to 100, and what came of it."""

    quality: int
    came_of: CameOf = CameOf.NO_ANSWER

    @property
    def worth(self) -> int:
        """Quality times what came of it, 0 to 10,000."""
        if self.is_open and self.quality < CARE:
            return 0
        return min(100, max(0, self.quality)) * WEIGHTS[self.came_of]

    @property
    def is_open(self) -> bool:
        """Whether nothing good has come of it yet."""
        return self.came_of in OPEN

    @property
    def is_good(self) -> bool:
        """Given well, and nobody is unhappy with it."""
        return self.quality >= GOOD_QUALITY and self.came_of is not CameOf.UNHAPPY


@dataclass(frozen=True, slots=True)
class Score:
    """What giving is worth, in points, and from what: so many of each, and what they brought."""

    points: int
    given: int
    good: int
    quality: int | None
    heard: int
    happy: int
    unhappy: int
    answered: int
    declined: int
    lines: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether there are answers enough to say a share."""
        return self.answered >= FEWEST

    @property
    def happy_percent(self) -> int | None:
        """Happy ones of those whose end is known; None: too few to say."""
        return round(100 * self.happy / self.answered) if self.enough else None


def points(given: Iterable[Given]) -> int:
    """The points of all these referrals: adding one never lowers them."""
    ended, open_ = 0, []
    for each in given:
        if each.is_open:
            open_.append(each.worth)
        else:
            ended += each.worth
    best = sorted(open_, reverse=True)[:OPEN_COUNT]
    return (ended + sum(best)) * FULL // 10_000


def score(given: Sequence[Given]) -> Score:
    """What these referrals are worth, with the reasons."""
    count = {state: sum(each.came_of is state for each in given) for state in CameOf}
    return Score(
        points=points(given),
        given=len(given),
        good=sum(each.is_good for each in given),
        quality=round(sum(each.quality for each in given) / len(given)) if given else None,
        heard=len(given) - sum(count[state] for state in UNHEARD),
        happy=count[CameOf.HAPPY],
        unhappy=count[CameOf.UNHAPPY],
        answered=sum(count[state] for state in ANSWERED),
        declined=count[CameOf.DECLINED],
        lines=_lines(given, count),
    )


_SAID: Final = {
    CameOf.HAPPY: "with a happy client",
    CameOf.BUSINESS: "doing business",
    CameOf.UNHAPPY: "with an unhappy client, which count for nothing and cost nothing",
}


def _lines(given: Sequence[Given], count: Mapping[CameOf, int]) -> tuple[str, ...]:
    """The points, part by part, each as a sentence."""
    found = []
    for state, words in _SAID.items():
        if count[state]:
            brought = points(each for each in given if each.came_of is state)
            found.append(f"{count[state]} {words}: {counted(brought, 'point')}.")
    open_ = [each for each in given if each.is_open]
    if open_:
        found.append(_open(open_, count))
    return tuple(found)


def _open(given: Sequence[Given], count: Mapping[CameOf, int]) -> str:
    """What nothing good came of yet, in one sentence, for those count together."""
    numbers = (
        (sum(count[state] for state in UNHEARD), "not heard of yet"),
        (count[CameOf.TALKING], "still talking"),
        (count[CameOf.NOTHING], "of which nothing came"),
    )
    parts = ", ".join(f"{number} {words}" for number, words in numbers if number)
    rules = [f"the best {OPEN_COUNT} count"] if len(given) > OPEN_COUNT else []
    if any(each.quality < CARE for each in given):
        rules.append(f"those with less than {CARE} of 100 in quality don't yet")
    return f"{parts}: {'; '.join([counted(points(given), 'point'), *rules])}."


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around somebody's giving: open chances, and parts that were often left out.

    `untold` are favours of which nobody told what came, `timeless` those told without the time
    that was spent; `missing` counts, by what was missing, over
    the referrals of the period.
    """

    needs_served: int = 0
    needs_open: int = 0
    unheard_old: int = 0
    untold: int = 0
    timeless: int = 0
    without_favour: int = 0
    missing: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that would help, and why: an offer, never a reproach."""

    code: str
    sentence: str


def hints(found: Score, around: Around) -> tuple[Hint, ...]:
    """What would help next, the likeliest to help first; at most three."""
    return tuple(_hints(found, around))[:3]


def _hints(found: Score, around: Around) -> Iterable[Hint]:
    if around.needs_served:
        yield Hint(
            "needs_served",
            f"{counted(around.needs_served, 'open need')} could be met by somebody in the "
            "directory.",
        )
    if around.unheard_old:
        yield Hint(
            "ask_how_it_went",
            f"{counted(around.unheard_old, 'referral')} could be followed up: ask both sides how "
            "it goes.",
        )
    if around.untold:
        yield Hint(
            "tell_what_came",
            f"{counted(around.untold, 'favour')} could be told of: what came of "
            f"{'it' if around.untold == 1 else 'them'}?",
        )
    if around.timeless:
        yield Hint(
            "note_the_time",
            f"{counted(around.timeless, 'favour')} could count in full: note the time you spent on "
            f"{'it' if around.timeless == 1 else 'them'}.",
        )
    if missing := most_missing(found, around):
        yield missing
    if around.without_favour:
        yield Hint(
            "favours",
            f"{counted(around.without_favour, 'client')} had no favour lately; each has a "
            "proposal.",
        )
    if not found.given and around.needs_open:
        yield Hint(
            "needs_open",
            f"{counted(around.needs_open, 'open need')} noted with clients: who could serve them?",
        )
    if not found.given and not around.needs_open:
        yield Hint("listen", "In the next talks, listen for needs that others could serve.")


def most_missing(found: Score, around: Around) -> Hint | None:
    """The part that was left out most often, if in half of the referrals or more."""
    parts = around.missing or {}
    if not found.given or not parts:
        return None
    part, times = max(parts.items(), key=lambda each: (each[1], each[0]))
    if 2 * times < found.given:
        return None
    return Hint("raise_quality", f"{part} ({times} of {found.given} were without).")
