"""The decision about one client on one day: the move, every objection with its reason, and when
to look again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from .compiled import Bound, bound, verdict_function
from .edges import turning_days
from .facts import Facts, moved
from .moves import PROPOSALS, Proposal
from .policy import Policy
from .rule import Lift, Move
from .rules import RULES
from .sentences import fill
from .tree import Known, holds


@dataclass(frozen=True, slots=True)
class Reason:
    """One objection. `until` is the first day on which it is gone by time alone, if it ever is."""

    code: str
    sentence: str
    practice: str
    lift: Lift
    mend: str
    until: date | None
    mended_by: Move

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `lift` says who lifts it and what to do."""
        return {
            "code": self.code,
            "sentence": self.sentence,
            "practice": self.practice,
            "lift": {"by": self.lift.value, "sentence": self.mend},
            "until": self.until.isoformat() if self.until else None,
        }


@dataclass(frozen=True, slots=True)
class Alternative:
    """A move that is possible too, with its sentence."""

    move: Move
    sentence: str

    def as_dict(self) -> dict[str, str]:
        """Plain values for JSON."""
        return {"move": self.move.value, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Decision:
    """What may be done now. `reasons` come in the order in which a person can change them
    soonest.
    """

    move: Move
    because: str
    may_ask: bool
    reasons: tuple[Reason, ...]
    runners_up: tuple[Alternative, ...]
    overridden: tuple[str, ...]
    review_on: date | None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the reasons."""
        return tuple(reason.code for reason in self.reasons)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; days as YYYY-MM-DD."""
        return {
            "move": self.move.value,
            "because": self.because,
            "may_ask": self.may_ask,
            "reasons": [reason.as_dict() for reason in self.reasons],
            "runners_up": [each.as_dict() for each in self.runners_up],
            "overridden": list(self.overridden),
            "review_on": self.review_on.isoformat() if self.review_on else None,
        }


def decide(facts: Facts, policy: Policy, today: date) -> Decision:
    """The decision for these facts, which are of `today`, under this policy.

    All objections are collected; `may_ask` is true only where none stands. No verdict changes
    before
    `review_on` by time alone (None: never).
    """
    rules = bound(policy)
    codes, lifted, places = verdict_function(policy)(facts)
    first, *others = (PROPOSALS[place] for place in places)
    found = (_reason(code, facts, policy, today, rules) for code in codes)
    reasons = tuple(sorted(found, key=lambda reason: _rank(reason, first.move)))
    return Decision(
        move=first.move,
        because=_because(first, reasons, facts, policy),
        may_ask=not codes,
        reasons=reasons,
        runners_up=_runners_up(first.move, others, facts, policy),
        overridden=lifted,
        review_on=_review_on(rules, facts, today),
    )


_READY: Final = {Lift.US: 0, Lift.TIME: 1, Lift.CLIENT: 2, Lift.NEVER: 3}


def _rank(reason: Reason, move: Move) -> tuple[bool, int, date]:
    """What the move mends first, then what we can change, then what time will, then the client."""
    return (reason.mended_by is not move, _READY[reason.lift], reason.until or date.max)


def _because(proposal: Proposal, reasons: tuple[Reason, ...], facts: Facts, policy: Policy) -> str:
    """Why this move, in one sentence; waiting is best explained by what stands in the way."""
    if proposal.move is Move.WAIT and reasons:
        return reasons[0].sentence
    return fill(proposal.because, facts, policy)


def _reason(code: str, facts: Facts, policy: Policy, today: date, rules: Bound) -> Reason:
    rule = RULES[code]
    return Reason(
        code=code,
        sentence=fill(rule.sentence, facts, policy),
        practice=rule.practice,
        lift=rule.lift,
        mend=fill(rule.mend, facts, policy),
        until=_until(code, facts, today, rules),
        mended_by=rule.mended_by,
    )


def _until(code: str, facts: Facts, today: date, rules: Bound) -> date | None:
    """The first day on which time alone has lifted this objection."""
    found = rules.rule_edges[code]
    if not found:
        return None
    values = {name: getattr(facts, name) for name in RULES[code].facts}
    for days in turning_days(found, values):
        if not holds(rules.objects[code], Known(facts=moved(values, days))):
            return today + timedelta(days=days)
    return None


def _review_on(rules: Bound, facts: Facts, today: date) -> date | None:
    ahead = turning_days(
        rules.edges, {edge.fact: getattr(facts, edge.fact) for edge in rules.edges}
    )
    return today + timedelta(days=ahead[0]) if ahead else None


def _runners_up(
    move: Move, others: list[Proposal], facts: Facts, policy: Policy
) -> tuple[Alternative, ...]:
    """The next best moves, each once, without waiting."""
    seen: dict[Move, Alternative] = {}
    for each in others:
        if each.move not in (move, Move.WAIT, *seen):
            seen[each.move] = Alternative(each.move, fill(each.because, facts, policy))
    return tuple(seen.values())
