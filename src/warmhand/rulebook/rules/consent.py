"""What the client has said about being asked at all. Nobody here may lift these."""

from __future__ import annotations

from warmhand.rulebook.declare import NEVER
from warmhand.rulebook.facts import Facts
from warmhand.rulebook.policy import Policy
from warmhand.rulebook.rule import F, Lift, Move, P, rule
from warmhand.rulebook.tree import Truth


def _wish(facts: Facts, _: Policy) -> str:
    if facts.do_not_ask_ends_in >= NEVER:
        return "They wish not to be asked."
    return "They wish not to be asked for another {do_not_ask_ends_in:day}."


def _consent(facts: Facts, _: Policy) -> str:
    if facts.consent == 0:
        return "They have withdrawn their consent."
    return "No consent is on record, and this workspace asks nobody without it."


@rule(
    title="Do not ask",
    practice="P18",
    article="001",
    lift=Lift.CLIENT,
    mended_by=Move.FAVOUR,
    sentence=_wish,
    mend="Only they can change that wish; favours stay welcome.",
)
def do_not_ask(f: F, p: P) -> Truth:
    """The client wishes not to be asked. The wish may have an end; until then nobody lifts it
    but they.
    """
    return (f.do_not_ask < 1) | (f.do_not_ask_ends_in <= 0)


@rule(
    title="No consent",
    practice="P24",
    article="002",
    lift=Lift.CLIENT,
    mended_by=Move.WAIT,
    sentence=_consent,
    mend="Only they can give consent; record it with their words when they do.",
)
def no_consent(f: F, p: P) -> Truth:
    """Consent was withdrawn, or is not on record where the workspace wants it recorded."""
    return (f.consent >= 1) | ((f.consent < 0) & (p.require_recorded_consent < 1))
