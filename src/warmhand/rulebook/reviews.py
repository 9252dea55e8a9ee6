"""Who is due for a review meeting, and what comes before it (P14, P7).

Traced like the rules: the list of a whole workspace is filtered by the same tree, printed as SQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .declare import NEVER
from .facts import Facts
from .policy import Policy
from .rule import FactNames, Move, Objections, SettingNames
from .rules import RULES
from .sentences import fill
from .tree import Known, Truth, holds, settle

_f, _p, _o = FactNames(), SettingNames(), Objections()

RHYTHM: Final = (_f.delivered > 0) & (_f.days_since_review > _p.review_rhythm_days)
"""Something was delivered, and the last review lies far enough back."""

WANTED: Final = _o.happiness_unknown | _o.not_happy | _o.nothing_to_show
"""What only a review tells us: how happy they are, and with what."""

_delivered_since: Final = _f.days_since_delivery < _f.days_since_review

DUE: Final[Truth] = RHYTHM & (WANTED | _delivered_since)
"""A review is due: the rhythm is over, and there is something to hear or something to bring."""

FIRST_MOVES: Final = (Move.RECOVER, Move.THANK, Move.CONFIRM_RESOLUTION, Move.KEEP_PROMISE)
"""What comes before an invitation: an unhappy client is won back, not invited (P7)."""

FIRST_CODES: Final = ("do_not_ask", "no_consent", "case_open", "recovering")
"""Objections under which nobody is invited, whatever the move is."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for a review: `sentence` holds figures, see `sentences.fill`."""

    code: str
    sentence: str
    when: Truth


_WHYS: Final = (
    Why(
        "first_review",
        "There was no review yet, and they have been with us for {tenure:day}.",
        (_f.days_since_review >= NEVER) & (_f.tenure < NEVER),
    ),
    Why(
        "first_review",
        "There was no review yet.",
        (_f.days_since_review >= NEVER) & (_f.tenure >= NEVER),
    ),
    Why(
        "review_long_ago",
        "The last review was {days_since_review:ago}; the rhythm is {review_rhythm_days:day}.",
        _f.days_since_review < NEVER,
    ),
    Why(
        "delivered_since",
        "We delivered something {days_since_delivery:ago} that no review has looked at.",
        _delivered_since,
    ),
    Why("happiness_unknown", "", _o.happiness_unknown),
    Why("not_happy", "", _o.not_happy),
    Why("nothing_to_show", "", _o.nothing_to_show),
)
"""Every reason, in the order in which a person reads them; an empty sentence is the rule's own."""


@dataclass(frozen=True, slots=True)
class ReviewReason:
    """Why a review is due, as a code and a sentence."""

    code: str
    sentence: str

    def as_dict(self) -> dict[str, str]:
        """Plain values for JSON."""
        return {"code": self.code, "sentence": self.sentence}


def review_due(facts: Facts, policy: Policy, codes: Iterable[str]) -> bool:
    """Whether a review is due (P14); `codes` are the objections that stand."""
    return _holds(DUE, facts, policy, codes)


def review_reasons(facts: Facts, policy: Policy, codes: Iterable[str]) -> tuple[ReviewReason, ...]:
    """Why: the rhythm first, then what was delivered, then what we don't know."""
    standing = set(codes)
    return tuple(
        ReviewReason(why.code, fill(why.sentence or RULES[why.code].sentence, facts, policy))
        for why in _WHYS
        if _holds(why.when, facts, policy, standing)
    )


def comes_first(move: str, codes: Iterable[str]) -> str:
    """What comes before an invitation: the code of an objection or a move; '' for nothing."""
    found = next((code for code in FIRST_CODES if code in set(codes)), "")
    return found or (str(move) if move in FIRST_MOVES else "")


def _holds(truth: Truth, facts: Facts, policy: Policy, codes: Iterable[str]) -> bool:
    standing = set(codes)
    objections = {code: code in standing for code in RULES}
    return holds(settle(truth, policy.numbers), Known(facts=facts.as_dict(), objections=objections))
