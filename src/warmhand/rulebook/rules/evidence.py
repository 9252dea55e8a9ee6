"""The three things that earn the right to ask: agreed on X, delivered X, the client is happy
with X.
"""

from __future__ import annotations

from warmhand.rulebook.declare import NEVER
from warmhand.rulebook.facts import Facts
from warmhand.rulebook.policy import Policy
from warmhand.rulebook.rule import F, Lift, Move, P, rule
from warmhand.rulebook.tree import Truth


@rule(
    title="Nothing agreed",
    practice="P3",
    article="002",
    lift=Lift.US,
    mended_by=Move.FAVOUR,
    sentence="Nothing has been agreed with them yet.",
    mend="Agree on something with them; a demo or a piece of information counts too.",
)
def nothing_agreed(f: F, p: P) -> Truth:
    """First of the three: we and the client agreed on something. It need not be a purchase (P4)."""
    return f.commitments > 0


@rule(
    title="Nothing delivered",
    practice="P3",
    article="002",
    lift=Lift.US,
    mended_by=Move.FAVOUR,
    sentence="Nothing that we agreed has been delivered yet.",
    mend="Deliver what was agreed, and record when.",
)
def nothing_delivered(f: F, p: P) -> Truth:
    """Second of the three: we delivered what we agreed."""
    return f.delivered > 0


def _unknown(facts: Facts, _: Policy) -> str:
    if facts.days_since_rating >= NEVER:
        return "They have never told us how happy they are."
    return (
        "Their last rating is {days_since_rating:day} old; it counts for {rating_valid_days:day}."
    )


@rule(
    title="Happiness unknown",
    practice="P14",
    article="002",
    lift=Lift.US,
    mended_by=Move.INVITE_TO_REVIEW,
    sentence=_unknown,
    mend="Invite them to a review and ask for a rating.",
)
def happiness_unknown(f: F, p: P) -> Truth:
    """Third of the three: the client is happy with it. Without a recent rating we do not know."""
    return f.days_since_rating <= p.rating_valid_days


@rule(
    title="Not happy enough",
    practice="P5",
    article="002",
    lift=Lift.CLIENT,
    mended_by=Move.INVITE_TO_REVIEW,
    sentence="Their latest rating is {last_score} of 10; {happy_at_least} earns the ask.",
    mend="Find out in a review what is missing, put it right, and ask for a new rating.",
)
def not_happy(f: F, p: P) -> Truth:
    """Third of the three: the latest rating, however old, is below the one that says happy."""
    return (f.last_score >= p.happy_at_least) | (f.last_score < 0)


def _nothing(facts: Facts, _: Policy) -> str:
    if facts.days_since_proof >= NEVER:
        return "Nothing delivered on time is on record with something to show for it."
    return "The latest thing we can show is {days_since_proof:day} old."


@rule(
    title="Nothing to show",
    practice="P17",
    article="002",
    lift=Lift.US,
    mended_by=Move.INVITE_TO_REVIEW,
    sentence=_nothing,
    mend="Add a link, file or figure to a delivery on time in the last {evidence_days:day}.",
)
def nothing_to_show(f: F, p: P) -> Truth:
    """Never just ask: bring something tangible. If no favourable overview can be shown, it is
    not earned.
    """
    return f.days_since_proof <= p.evidence_days
