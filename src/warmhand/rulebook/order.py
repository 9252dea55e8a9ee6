"""Who comes first among clients with the same move, and why.

A weight holds while nothing happens: waiting is counted from the day it began, so that it need
not be counted anew each morning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from .facts import Facts
from .rule import Move

MANY: Final = 99


@dataclass(frozen=True, slots=True)
class First:
    """Which clients come first for a move; `weight(facts, day)`: higher is earlier.

    `day` is the day of the facts, in days since 1970-01-01.
    """

    sentence: str
    weight: Callable[[Facts, int], int]


def _unhappiest(facts: Facts, _: int) -> int:
    return 10 * (10 - min(10, facts.lowest_open_score)) + min(MANY, facts.hurts)


def _willing(facts: Facts, _: int) -> int:
    given = 1_000 * min(MANY, facts.referrals) + 50 * max(0, facts.would_introduce)
    return given + 5 * max(0, facts.last_score) + min(MANY, facts.delivered_on_time)


def _delivered(facts: Facts, _: int) -> int:
    return MANY * min(MANY, facts.delivered_on_time) + min(MANY, facts.delivered)


def _generous(facts: Facts, day: int) -> int:
    given = 10_000 * min(MANY, facts.referrals) + _delivered(facts, day)
    return 1_000_000 * min(MANY, facts.needs_urgent) + given


def _needing(facts: Facts, _: int) -> int:
    """What can be met now before what is only noted."""
    ready = 10_000 * min(MANY, facts.needs_served) + 100 * min(MANY, facts.needs_to_pass_on)
    return 1_000_000 * min(MANY, facts.needs_urgent_served) + ready + min(MANY, facts.needs)


WILLING: Final = First("Those who gave referrals, said they would, or are happiest.", _willing)

FIRST: Final[Mapping[Move, First]] = {
    Move.RECOVER: First("The unhappiest (P7).", _unhappiest),
    Move.THANK: First("Whoever has waited longest (P26).", lambda f, d: f.days_since_referral - d),
    Move.CONFIRM_RESOLUTION: First(
        "The latest solved, while it is fresh (P11).", lambda f, d: d - f.days_since_unconfirmed
    ),
    Move.KEEP_PROMISE: First(
        "What is overdue longest (P3).", lambda f, d: -min(f.next_due_in, f.favour_due_in) - d
    ),
    Move.INVITE_TO_REVIEW: First("Those for whom most came on time (P14).", _delivered),
    Move.FAVOUR: First(
        "Those who need something now, then those who gave to us, then those we served most (P9).",
        _generous,
    ),
    Move.GIVE_REFERRAL: First(
        "Those with a need for now that somebody in the directory fits, then any that fits, "
        "then those with most needs noted (P29).",
        _needing,
    ),
    Move.OFFER: WILLING,
    Move.ASK: WILLING,
    Move.ASK_COWORKER: WILLING,
    Move.ASK_MORE: WILLING,
    Move.WAIT: First("By name.", lambda _f, _d: 0),
}
"""For each move, who comes first."""


def weight(move: Move, facts: Facts, day: int) -> int:
    """How early a client comes among those with the same move; higher is earlier."""
    return FIRST[move].weight(facts, day)
