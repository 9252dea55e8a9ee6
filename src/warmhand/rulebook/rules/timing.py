"""When, and how often: busy times, rest, budgets, a no, an answer still open, tenure."""

from __future__ import annotations

from warmhand.rulebook.declare import NEVER
from warmhand.rulebook.facts import Facts
from warmhand.rulebook.policy import Policy
from warmhand.rulebook.rule import F, Lift, Move, P, rule
from warmhand.rulebook.tree import Truth


def _busy(facts: Facts, _: Policy) -> str:
    if facts.busy_starts_in <= 0 < facts.busy_days_left:
        return "It is their busy time for another {busy_days_left:day}."
    return "It is their busy time for another {next_busy_days_left:day}."


@rule(
    title="Busy time",
    practice="P15",
    article="002",
    lift=Lift.TIME,
    mended_by=Move.WAIT,
    sentence=_busy,
    mend="Wait until their busy time is over.",
)
def busy_time(f: F, p: P) -> Truth:
    """Ask outside the client's busy time: after quarter close, after the project's end."""
    this = (f.busy_starts_in > 0) | (f.busy_days_left <= 0)
    following = (f.next_busy_starts_in > 0) | (f.next_busy_days_left <= 0)
    return this & following


@rule(
    title="Asked recently",
    practice="P16",
    article="002",
    lift=Lift.TIME,
    mended_by=Move.OFFER,
    sentence="We asked {days_since_ask_1:ago}; {rest_days:day} of rest are kept.",
    mend="Wait, and give meanwhile.",
)
def asked_recently(f: F, p: P) -> Truth:
    """You get one or maybe two chances: after an ask, the same person rests."""
    return f.days_since_ask_1 >= p.rest_days


def _person_budget(_: Facts, policy: Policy) -> str:
    if policy.asks_per_period == 0:
        return "The policy leaves no room for asks of one person."
    return "The budget of {asks_per_period:ask} of one person in {period_days:day} is spent."


def _company_budget(_: Facts, policy: Policy) -> str:
    if policy.company_asks_per_period == 0:
        return "The policy leaves no room for asks at one company."
    return (
        "The budget of {company_asks_per_period:ask} at one company in {period_days:day} is spent."
    )


@rule(
    title="Ask budget spent",
    practice="P16",
    article="002",
    lift=Lift.TIME,
    mended_by=Move.OFFER,
    sentence=_person_budget,
    mend="Wait until an earlier ask has left the period.",
)
def ask_budget_spent(f: F, p: P) -> Truth:
    """One chance, maybe two: no more than so many asks of one person in a period, by the whole
    team.
    """
    ages = (f.days_since_ask_1, f.days_since_ask_2, f.days_since_ask_3, f.days_since_ask_4)
    room = p.asks_per_period > 0
    for nth, days in enumerate(ages, start=1):
        room = room & ((p.asks_per_period > nth) | (days >= p.period_days))
    return room


@rule(
    title="Company budget spent",
    practice="P16",
    article="002",
    lift=Lift.TIME,
    mended_by=Move.OFFER,
    sentence=_company_budget,
    mend="Wait until an earlier ask of a colleague has left the period.",
)
def company_budget_spent(f: F, p: P) -> Truth:
    """The same for all people at one company together, by the whole team."""
    ages = (
        f.days_since_company_ask_1,
        f.days_since_company_ask_2,
        f.days_since_company_ask_3,
        f.days_since_company_ask_4,
        f.days_since_company_ask_5,
        f.days_since_company_ask_6,
    )
    room = p.company_asks_per_period > 0
    for nth, days in enumerate(ages, start=1):
        room = room & ((p.company_asks_per_period > nth) | (days >= p.period_days))
    return room


def _refusal(_: Facts, policy: Policy) -> str:
    longer = "refusal_rest_days" if policy.refusal_rest_days >= policy.rest_days else "rest_days"
    return f"They said no {{days_since_refusal:ago}}; {{{longer}:day}} of rest are kept."


@rule(
    title="Said no recently",
    practice="P18",
    article="001",
    lift=Lift.TIME,
    mended_by=Move.FAVOUR,
    sentence=_refusal,
    mend="Respect the no; give, and wait.",
)
def refused_recently(f: F, p: P) -> Truth:
    """Asking the disinclined makes them uncomfortable: a no is kept for a long while, longer than
    the rest after any other answer.
    """
    return (f.days_since_refusal >= p.refusal_rest_days) & (f.days_since_refusal >= p.rest_days)


@rule(
    title="Said no twice",
    practice="P18",
    article="001",
    lift=Lift.TIME,
    mended_by=Move.FAVOUR,
    sentence="They said no twice, the last time {days_since_refusal:ago}, and the time before "
    "{days_since_refusal_2:ago}; {second_refusal_rest_days:day} of rest are kept.",
    mend="Respect it; give, and let them come to you.",
)
def refused_twice(f: F, p: P) -> Truth:
    """One chance, maybe two (P16): after a second no within the period of the budget, a longer
    rest. The further back the first no lies, the sooner it ends.
    """
    rested = f.days_since_refusal >= p.second_refusal_rest_days
    apart = f.days_since_refusal_2 >= p.second_refusal_rest_days + p.period_days
    return rested | apart


@rule(
    title="Put off until later",
    practice="P18",
    article="001",
    lift=Lift.TIME,
    mended_by=Move.WAIT,
    sentence="They asked us to come back later; that day is in {later_in:day}.",
    mend="Wait until the day they named.",
)
def put_off(f: F, p: P) -> Truth:
    """They said 'later' and named a day; that day is theirs to choose."""
    return f.later_in <= 0


@rule(
    title="Answer still open",
    practice="P21",
    article="000",
    lift=Lift.US,
    mended_by=Move.WAIT,
    sentence="They were asked and the answer is not recorded.",
    mend="Record how the last ask ended.",
)
def ask_open(f: F, p: P) -> Truth:
    """One ask at a time: the last one's answer, and what it brought, is recorded first."""
    return f.open_asks < 1


def _new(facts: Facts, _: Policy) -> str:
    if facts.tenure >= NEVER:
        return "We do not know since when they are with us."
    return "They have been with us for {tenure:day}; {min_tenure_days} are wanted."


@rule(
    title="Too new",
    practice="P4",
    article="002",
    lift=Lift.TIME,
    mended_by=Move.FAVOUR,
    sentence=_new,
    mend="Wait, or complete the three parts: agreed, delivered with something to show, happy.",
)
def too_new(f: F, p: P) -> Truth:
    """Newer clients are not asked, unless agreed, delivered with proof, and happy are complete
    (H4).
    """
    proven = (
        (p.new_clients_may_prove >= 1)
        & (f.days_since_proof <= p.evidence_days)
        & (f.days_since_rating <= p.rating_valid_days)
        & (f.last_score >= p.happy_at_least)
    )
    return (f.tenure >= p.min_tenure_days) | proven
