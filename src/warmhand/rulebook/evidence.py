"""What speaks for a move, in short true sentences made of the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .declare import NEVER
from .facts import Facts
from .policy import Policy
from .rule import ASKS, Move
from .sentences import fill

PROOF: Final = frozenset({*ASKS, Move.OFFER, Move.INVITE_TO_REVIEW})
GIVING: Final = frozenset({Move.FAVOUR, Move.GIVE_REFERRAL})
CARE: Final = frozenset({Move.RECOVER, Move.CONFIRM_RESOLUTION, Move.KEEP_PROMISE})


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, when it is true, and for which moves it speaks."""

    moves: frozenset[Move]
    sentence: str
    true: Callable[[Facts, Policy], bool]


LINES: Final = (
    Line(
        CARE,
        "They rated us {lowest_open_score} of 10, and it was not made good.",
        lambda f, p: f.lowest_open_score <= p.unhappy_at_most,
    ),
    Line(CARE, "{open_cases:case} {open_cases:is/are} open.", lambda f, p: f.open_cases > 0),
    Line(
        CARE,
        "{unconfirmed_cases:case} {unconfirmed_cases:is/are} solved and not confirmed.",
        lambda f, p: f.unconfirmed_cases > 0,
    ),
    Line(CARE, "Something agreed is {next_due_in:day} late.", lambda f, p: f.next_due_in < 0),
    Line(CARE, "A favour is {favour_due_in:day} late.", lambda f, p: f.favour_due_in < 0),
    Line(
        frozenset({Move.RECOVER}),
        "{hurts:referral} of theirs did not go well because of us.",
        lambda f, p: f.hurts > 0,
    ),
    Line(
        PROOF,
        "{delivered_on_time} of {delivered:agreed thing} came on or before the day.",
        lambda f, p: f.delivered_on_time > 0,
    ),
    Line(
        PROOF,
        "The latest thing that we can show is {days_since_proof:day} old.",
        lambda f, p: f.days_since_proof <= p.evidence_days,
    ),
    Line(
        PROOF,
        "They rated us {last_score} of 10, {days_since_rating:ago}.",
        lambda f, p: f.last_score >= p.happy_at_least and f.days_since_rating < NEVER,
    ),
    Line(
        PROOF,
        "They confirmed {days_since_confirmed:ago} that their concern is solved.",
        lambda f, p: f.days_since_confirmed <= p.recent_review_days,
    ),
    Line(
        PROOF,
        "Asked whether they would introduce us, they answered {would_introduce} of 10.",
        lambda f, p: f.would_introduce >= p.would_introduce_at_least,
    ),
    Line(
        PROOF | GIVING,
        "We did them {favours:favour}, the latest {days_since_favour:ago}.",
        lambda f, p: f.days_since_favour < NEVER,
    ),
    Line(
        PROOF | GIVING,
        "We gave them {given:referral}, the latest {days_since_given:ago}.",
        lambda f, p: f.days_since_given < NEVER,
    ),
    Line(
        GIVING,
        "Of {unheard:referral} we gave them nobody has told us yet.",
        lambda f, p: f.unheard > 0,
    ),
    Line(
        GIVING,
        "They have {needs:need} that somebody else could serve.",
        lambda f, p: f.needs > 0,
    ),
    Line(
        GIVING,
        "{needs_urgent} of them {needs_urgent:is/are} for now.",
        lambda f, p: f.needs_urgent > 0,
    ),
    Line(
        GIVING,
        "The directory has somebody for {needs_served} of them.",
        lambda f, p: f.needs_served > 0,
    ),
    Line(
        GIVING,
        "We may tell others of {needs_to_pass_on} of them.",
        lambda f, p: f.needs_to_pass_on > 0,
    ),
    Line(
        frozenset({Move.ASK_MORE}),
        "They have {needs_for_us:need} that we could serve.",
        lambda f, p: f.needs_for_us > 0,
    ),
    Line(
        PROOF | frozenset({Move.THANK}),
        "They gave us {referrals:referral}, the latest {days_since_referral:ago}.",
        lambda f, p: f.days_since_referral < NEVER,
    ),
    Line(
        frozenset({Move.THANK}),
        "We owe them {thanks_owed:thank-you}.",
        lambda f, p: f.thanks_owed > 0,
    ),
    Line(
        frozenset({Move.THANK}),
        "{referrals_won:referral} of theirs became {referrals_won:a client/clients}.",
        lambda f, p: f.referrals_won > 0,
    ),
    Line(
        frozenset(ASKS),
        "They were last asked {days_since_ask_1:ago}.",
        lambda f, p: f.days_since_ask_1 < NEVER,
    ),
    Line(frozenset(ASKS), "They were never asked.", lambda f, p: f.asks == 0),
)
"""Every line, in the order in which they are said. Names on a key ring are never among them
(P1).
"""


def evidence_for(move: Move, facts: Facts, policy: Policy) -> tuple[str, ...]:
    """The sentences that speak for this move and are true of these facts."""
    return tuple(
        fill(line.sentence, facts, policy)
        for line in LINES
        if move in line.moves and line.true(facts, policy)
    )
