"""Which question is due to which side on which day, out of days, settings and answers (P34).

Plain Python: nothing of it is stored, so it is right again the moment a setting changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

YES, NO = "yes", "no"
LAPSE_DAYS: Final = 60
"""After the last round's day it is asked for no longer (our choice): by then nobody remembers."""


@dataclass(frozen=True, slots=True)
class Round:
    """A question: the first, second or third, and its day."""

    number: int
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Heard:
    """What a side told us: in which round (0: in between), when, and whether it ends there."""

    round: int
    on: dt.date
    business: str = ""
    no_more: bool = False


def rounds(given_on: dt.date, after: Sequence[int]) -> tuple[Round, ...]:
    """The questions about a referral; `after` is each round's distance in days, rising."""
    return tuple(
        Round(number, given_on + dt.timedelta(days=days)) for number, days in enumerate(after, 1)
    )


def is_over(own: Sequence[Heard], other: Sequence[Heard]) -> bool:
    """Whether this side isn't to be asked again.

    Each of its own ways out counts: 'nothing came of it', 'over', 'don't ask me'. The other
    side's 'nothing came of it' counts too, unless this one says that they do business.
    """
    if any(each.no_more for each in own):
        return True
    mine, theirs = _business(own), _business(other)
    return mine == NO or (theirs == NO and mine != YES)


def _business(heard: Sequence[Heard]) -> str:
    """The newest word on whether they do business; of one day, the later told."""
    said = [each for each in heard if each.business]
    return max(enumerate(said), key=lambda each: (each[1].on, each[0]))[1].business if said else ""


def next_round(
    given_on: dt.date,
    after: Sequence[int],
    own: Sequence[Heard],
    other: Sequence[Heard],
    today: dt.date,
) -> Round | None:
    """The question that is due to a side, else the one that comes; None where none does.

    `own` and `other` are in the order in which they were told. A round is settled by its own
    answer, by a later round's, and by any answer on its day or later. Of several that have come
    only the last is asked: nobody is asked three things at once.
    """
    if is_over(own, other):
        return None
    settled = max((each.round for each in own), default=0)
    heard_on = max((each.on for each in own), default=dt.date.min)
    left = [
        each for each in rounds(given_on, after) if each.number > settled and each.due_on > heard_on
    ]
    come = [each for each in left if each.due_on <= today]
    if not come:
        return left[0] if left else None
    last = come[-1]
    lapsed = last == left[-1] and today > last.due_on + dt.timedelta(days=LAPSE_DAYS)
    return None if lapsed else last
