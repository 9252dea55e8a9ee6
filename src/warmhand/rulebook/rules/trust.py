"""Trust comes first: unhappiness, open concerns, broken promises, thanks owed, a hurt name."""

from __future__ import annotations

from warmhand.rulebook.facts import Facts
from warmhand.rulebook.policy import Policy
from warmhand.rulebook.rule import F, Lift, Move, P, rule
from warmhand.rulebook.tree import Truth


@rule(
    title="Unhappy",
    practice="P7",
    article="004",
    lift=Lift.US,
    mended_by=Move.RECOVER,
    sentence="They rated us {lowest_open_score} of 10 and it was not made good.",
    mend="Make it good with them, then record the day it was made good.",
    starts="days_since_recovery",
)
def unhappy(f: F, p: P) -> Truth:
    """A rating at or below the unhappy limit has not been made good. Recovery comes before
    anything else.
    """
    return f.lowest_open_score > p.unhappy_at_most


@rule(
    title="Name hurt",
    practice="P2",
    article="000",
    lift=Lift.US,
    mended_by=Move.RECOVER,
    sentence="Our handling of {hurts:referral} of theirs has hurt their name.",
    mend="Mend it with them and with the person they sent, then record that it is mended.",
)
def reputation_hurt(f: F, p: P) -> Truth:
    """A referral spends the referrer's reputation. Where we hurt it, we do not ask until that
    is mended.
    """
    return f.hurts < 1


@rule(
    title="Thanks owed",
    practice="P26",
    article="002",
    lift=Lift.US,
    mended_by=Move.THANK,
    sentence="We owe them {thanks_owed:thank-you}.",
    mend="Thank them, whatever came of the referral, and record it.",
)
def thanks_owed(f: F, p: P) -> Truth:
    """Always thank for a referral, whatever came of it, before asking for another."""
    return f.thanks_owed < 1


@rule(
    title="Case open",
    practice="P11",
    article="000",
    lift=Lift.US,
    mended_by=Move.WAIT,
    sentence="{open_cases:case} of theirs {open_cases:is/are} still open.",
    mend="Solve what is open first.",
)
def case_open(f: F, p: P) -> Truth:
    """The best time is right after a concern has been resolved, so not while one is open."""
    return f.open_cases < 1


@rule(
    title="Solution not confirmed",
    practice="P12",
    article="000",
    lift=Lift.US,
    mended_by=Move.CONFIRM_RESOLUTION,
    sentence="A case was solved {days_since_unconfirmed:ago}; they have not confirmed it.",
    mend="Ask them whether it is solved. If not, they will say so: reopen the case.",
)
def resolution_unconfirmed(f: F, p: P) -> Truth:
    """Reconfirm first that the concern is resolved; what we think solved may not be."""
    return (f.unconfirmed_cases < 1) | (f.days_since_unconfirmed > p.confirm_window_days)


@rule(
    title="Making good is fresh",
    practice="P7",
    article="004",
    lift=Lift.TIME,
    mended_by=Move.FAVOUR,
    sentence="We made good {days_since_recovery:ago}; {recovery_rest_days:day} of rest are kept.",
    mend="Wait, and do something for them meanwhile.",
)
def recovering(f: F, p: P) -> Truth:
    """After an unhappy client was won back, nothing is asked for a while."""
    return f.days_since_recovery >= p.recovery_rest_days


def _overdue(facts: Facts, _: Policy) -> str:
    if facts.next_due_in < 0:
        return "Something we agreed is {next_due_in:day} overdue."
    return "A favour we promised is {favour_due_in:day} overdue."


@rule(
    title="Promise overdue",
    practice="P3",
    article="002",
    lift=Lift.US,
    mended_by=Move.KEEP_PROMISE,
    sentence=_overdue,
    mend="Deliver it, or agree a new day with them, and record that.",
)
def commitment_overdue(f: F, p: P) -> Truth:
    """The right to ask is earned by delivering what was agreed; a promised favour is a promise
    too.
    """
    return (f.next_due_in >= 0) & (f.favour_due_in >= 0)


def _cultivation(facts: Facts, _: Policy) -> str:
    if facts.favours + facts.given == 0:
        return "We have not yet done anything for them that we were not paid for."
    return "Nothing unpaid was done for them in the last {cultivation_days:day}."


@rule(
    title="Not cultivated",
    practice="P6",
    article="004",
    lift=Lift.US,
    mended_by=Move.FAVOUR,
    sentence=_cultivation,
    mend="Do them a favour, or give them a referral that meets a need of theirs.",
)
def not_cultivated(f: F, p: P) -> Truth:
    """Good service is expected and not enough: somebody for whom we did nothing unpaid is not
    asked.
    """
    return (f.days_since_favour <= p.cultivation_days) | (f.days_since_given <= p.cultivation_days)
