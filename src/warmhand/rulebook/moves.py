"""Which move comes first: an ordered list of proposals, each a traced condition (P18: the most
comfortable that works).

The first proposal that holds is the move; further ones are the runners-up. Each says how much
speaks for it, its merit; the list runs from the highest merit to the lowest, and among equals what
gives stands before what asks (P28).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from .policy import H1_CHOICES
from .reviews import RHYTHM, WANTED
from .rule import FactNames, Lift, Move, Objections, SettingNames
from .rules import RULES
from .tree import Certain, Truth

MOMENT_DAYS: Final = 7
MIXED, ASK_FIRST, OFFER_FIRST, NEED_FIRST = range(len(H1_CHOICES))

TIME_ONLY: Final = tuple(
    code
    for code, rule in RULES.items()
    if rule.lift is Lift.TIME and code not in ("recovering", "busy_time")
)
"""Objections that are about asking again, not about trust: an offer stays right meanwhile."""


class Turn(IntEnum):
    """When in a day a move has its turn: the one scale for clients' and allies' moves."""

    MEND = 0
    """What went wrong is put right before anything else (P7)."""
    OWE = 1
    """What we owe: thanks, an answer, a promise (P3, P12, P26)."""
    GIVE = 2
    """What gives and asks for nothing (P9, P28)."""
    EASE = 3
    """What makes it easy: something to pass on, a meeting (P14, P22)."""
    ASK = 4
    """What asks for something, or asks why nothing comes (P13, P37)."""
    REST = 5
    """Nothing is to be done now."""


@dataclass(frozen=True, slots=True)
class MoveInfo:
    """What people know about a move, and when it has its turn."""

    move: Move
    turn: Turn
    title: str
    practice: str
    sentence: str


class Merit(IntEnum):
    """How much speaks for a move, more before less. Proposals of one merit are equals (P28)."""

    OWED = 5
    """Something is amiss, or we owe it."""
    PRESSING = 4
    """They need it now, and it can be done now."""
    WANTING = 3
    """What trust still lacks: hearing how happy they are, something given."""
    RIPE = 2
    """Nothing is wanting: a need and whoever serves it, or an ask that is earned."""
    OPEN = 1
    """It is possible, and it is time again."""
    LATER = 0
    """Waiting, and what could be done all the same."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A move, its merit, and when it is proposed; `because` may hold figures, see
    `sentences.fill`.
    """

    merit: Merit
    move: Move
    because: str
    when: Truth


MOVES: Final[Mapping[Move, MoveInfo]] = {
    info.move: info
    for info in (
        MoveInfo(
            Move.RECOVER,
            Turn.MEND,
            "Make it good",
            "P7",
            "Put right what went wrong before anything else.",
        ),
        MoveInfo(
            Move.THANK,
            Turn.OWE,
            "Say thank you",
            "P26",
            "Thank them for a referral, whatever came of it.",
        ),
        MoveInfo(
            Move.CONFIRM_RESOLUTION,
            Turn.OWE,
            "Confirm it is solved",
            "P12",
            "Ask them whether their concern is really solved.",
        ),
        MoveInfo(
            Move.KEEP_PROMISE,
            Turn.OWE,
            "Keep a promise",
            "P3",
            "Deliver what is overdue, or agree a new day.",
        ),
        MoveInfo(
            Move.FAVOUR,
            Turn.GIVE,
            "Do a favour",
            "P9",
            "Do something for them that we cannot be paid for.",
        ),
        MoveInfo(
            Move.GIVE_REFERRAL,
            Turn.GIVE,
            "Give a referral",
            "P28",
            "Meet a need of theirs by referring them to somebody good.",
        ),
        MoveInfo(
            Move.OFFER,
            Turn.EASE,
            "Offer something to pass on",
            "P22",
            "Give them something valuable that they can pass on.",
        ),
        MoveInfo(
            Move.INVITE_TO_REVIEW,
            Turn.EASE,
            "Invite to a review",
            "P14",
            "Meet, show what was delivered, and ask for a rating.",
        ),
        MoveInfo(Move.ASK, Turn.ASK, "Ask for a referral", "P13", "Ask whom else we might help."),
        MoveInfo(
            Move.ASK_COWORKER,
            Turn.ASK,
            "Ask for a colleague",
            "P19",
            "Ask for an introduction inside their company; no reward goes with it.",
        ),
        MoveInfo(
            Move.ASK_MORE, Turn.ASK, "Ask for more business", "P19", "Ask to do more for them."
        ),
        MoveInfo(Move.WAIT, Turn.REST, "Wait", "P5", "Nothing is to be done now."),
    )
}
"""Every move with its turn, title, practice number and meaning; the first turn first."""

_f, _p, _o = FactNames(), SettingNames(), Objections()


def _none_of(codes: Iterable[str]) -> Truth:
    """True where no rule of these codes objects."""
    result: Truth = Certain(True)
    for code in codes:
        result = result & ~_o.of(code)
    return result


_clear = _none_of(RULES)
_earned = _none_of(code for code in RULES if code not in TIME_ONLY)
_barred = _o.do_not_ask | _o.no_consent
_withdrawn = _o.no_consent & (_f.consent >= 0)
_undisturbed = ~_o.busy_time & ~_o.case_open
_offer_ready = (_f.offers_active > 0) & (_f.days_since_pass > _p.offer_rest_days)
_just_solved = (_p.h2_resolved_moment >= 1) & (_f.days_since_confirmed <= MOMENT_DAYS)
_good_review = (_f.days_since_review <= _p.recent_review_days) & (
    _f.last_review_score >= _p.happy_at_least
)
_willing = (
    (_f.would_introduce >= _p.would_introduce_at_least)
    | (_f.referrals > 0)
    | _good_review
    | _just_solved
)
_offer_before_ask = (
    _p.h1_move.equals(OFFER_FIRST)
    | _p.h1_move.equals(NEED_FIRST)
    | (_p.h1_move.equals(MIXED) & ~_willing)
)
_review_possible = ~_barred & _undisturbed & ~_o.recovering & RHYTHM
_favour_possible = ~_withdrawn & _undisturbed
_need_possible = _favour_possible & (_f.needs > 0)
_need_now = _favour_possible & (_f.needs_urgent_served > 0)
_given_long_ago = _f.days_since_given > _p.favour_rhythm_days
_need_ripe = _favour_possible & (_f.needs_served > 0) & _given_long_ago
_search_ripe = (
    _favour_possible
    & (_f.needs_urgent > _f.needs_urgent_served)
    & (_f.days_since_favour > _p.favour_rhythm_days)
)

PROPOSALS: Final = (
    Proposal(
        Merit.OWED,
        Move.RECOVER,
        "They are unhappy with us, and that comes before anything else.",
        _o.unhappy,
    ),
    Proposal(
        Merit.OWED,
        Move.RECOVER,
        "We hurt their name in a referral of theirs; mend that first.",
        _o.reputation_hurt,
    ),
    Proposal(
        Merit.OWED,
        Move.THANK,
        "We owe them {thanks_owed:thank-you} for a referral.",
        _o.thanks_owed,
    ),
    Proposal(
        Merit.OWED,
        Move.CONFIRM_RESOLUTION,
        "A case of theirs is solved as far as we know; they have not confirmed it.",
        _o.resolution_unconfirmed,
    ),
    Proposal(
        Merit.OWED,
        Move.KEEP_PROMISE,
        "Something we promised them is overdue.",
        _o.commitment_overdue,
    ),
    Proposal(
        Merit.PRESSING,
        Move.GIVE_REFERRAL,
        "They have {needs_urgent_served:need} for now, and the directory has somebody for it.",
        _need_now,
    ),
    Proposal(
        Merit.WANTING,
        Move.INVITE_TO_REVIEW,
        "We delivered, and it is time to hear how happy they are with it.",
        WANTED & _review_possible,
    ),
    Proposal(
        Merit.WANTING,
        Move.GIVE_REFERRAL,
        "They have {needs:need} that somebody we know could serve, and giving comes first.",
        _o.not_cultivated & _need_possible,
    ),
    Proposal(
        Merit.WANTING,
        Move.FAVOUR,
        "Nothing unpaid was done for them in {cultivation_days:day}; giving comes first.",
        _o.not_cultivated & _favour_possible,
    ),
    Proposal(
        Merit.RIPE,
        Move.GIVE_REFERRAL,
        "They have {needs_served:need} for which the directory has somebody; giving comes first.",
        _need_ripe,
    ),
    Proposal(
        Merit.RIPE,
        Move.GIVE_REFERRAL,
        "Meeting a need of theirs brings more than asking (H1).",
        _clear & _p.h1_move.equals(NEED_FIRST) & _need_possible,
    ),
    Proposal(
        Merit.RIPE,
        Move.FAVOUR,
        "They need something now and the directory has nobody; finding somebody is a favour.",
        _search_ripe,
    ),
    Proposal(
        Merit.RIPE,
        Move.OFFER,
        "They have earned trust in us; something to pass on is easier for them than an ask.",
        _clear & _offer_ready & _offer_before_ask,
    ),
    Proposal(
        Merit.RIPE,
        Move.ASK_MORE,
        "The ask is earned, and they told us of {needs_for_us:need} that we can serve.",
        _clear & (_f.needs_for_us > 0),
    ),
    Proposal(
        Merit.RIPE,
        Move.ASK_COWORKER,
        "The ask is earned, and they know more people inside their company than elsewhere.",
        _clear & (_f.keys_inside > _f.keys_outside),
    ),
    Proposal(
        Merit.RIPE,
        Move.ASK,
        "The ask is earned: agreed, delivered, happy, and given to.",
        _clear,
    ),
    Proposal(
        Merit.OPEN,
        Move.GIVE_REFERRAL,
        "They have {needs:need} that somebody we know could serve.",
        _need_possible & _given_long_ago,
    ),
    Proposal(
        Merit.OPEN,
        Move.OFFER,
        "It is too early to ask again, and not too early for something to pass on.",
        _earned & ~_o.busy_time & _offer_ready,
    ),
    Proposal(
        Merit.OPEN,
        Move.FAVOUR,
        "It is a while since the last favour; the next one keeps the relationship warm.",
        _favour_possible & (_f.days_since_favour > _p.favour_rhythm_days),
    ),
    Proposal(Merit.LATER, Move.WAIT, "Nothing is to be done for them now.", Certain(True)),
    Proposal(
        Merit.LATER,
        Move.GIVE_REFERRAL,
        "They have {needs:need} that somebody we know could serve.",
        _need_possible,
    ),
    Proposal(
        Merit.LATER,
        Move.INVITE_TO_REVIEW,
        "A review would show what was delivered and how happy they are.",
        _review_possible & ~_o.unhappy,
    ),
    Proposal(
        Merit.LATER,
        Move.FAVOUR,
        "A favour is always welcome, and cannot be paid for.",
        _favour_possible,
    ),
)
"""Every proposal, first come first. What stands after waiting is only ever a runner-up."""
