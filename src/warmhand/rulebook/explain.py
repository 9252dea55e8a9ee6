"""Why this move, what would earn the ask, the earliest day, the evidence, and what if."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from .compiled import bound, verdict_function
from .decide import Decision, Reason, decide
from .edges import turning_days
from .evidence import evidence_for
from .facts import FACTS, Facts, advance
from .policy import SETTINGS, Policy, PolicyError, PolicyProblem, SettingValue
from .rule import Lift
from .rules import RULES


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision, and all that a person wants to know about it.

    `earliest` is the first day on which time alone opens the ask; `earliest_if_mended` the same if
    everything that is ours or the client's to change were put right today. None: never.
    """

    decision: Decision
    why: str
    evidence: tuple[str, ...]
    to_earn: tuple[Reason, ...]
    earliest: date | None
    earliest_if_mended: date | None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; days as YYYY-MM-DD."""
        return {
            **self.decision.as_dict(),
            "why": self.why,
            "evidence": list(self.evidence),
            "to_earn": [
                {"code": each.code, "by": each.lift.value, "sentence": each.mend}
                for each in self.to_earn
            ],
            "earliest": _iso(self.earliest),
            "earliest_if_mended": _iso(self.earliest_if_mended),
        }


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two decisions side by side; nothing is written. `gone` and `new` are codes."""

    before: Decision
    after: Decision
    gone: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the move or the right to ask would change."""
        before, after = self.before, self.after
        return (before.move, before.may_ask) != (after.move, after.may_ask)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "before": self.before.as_dict(),
            "after": self.after.as_dict(),
            "gone": list(self.gone),
            "new": list(self.new),
            "differs": self.differs,
        }


def explain(facts: Facts, policy: Policy, today: date) -> Explanation:
    """Decide, and say why: `facts` are of `today`."""
    decision = decide(facts, policy, today)
    return Explanation(
        decision=decision,
        why=decision.because,
        evidence=evidence_for(decision.move, facts, policy),
        to_earn=decision.reasons,
        earliest=earliest_ask(facts, policy, today),
        earliest_if_mended=earliest_ask(facts, policy, today, mended=True),
    )


def earliest_ask(facts: Facts, policy: Policy, today: date, *, mended: bool = False) -> date | None:
    """The first day on which nothing objects if nothing happens.

    With `mended`, all that is ours or the client's to change is put right today: only time
    counts then, also the rest that putting right begins.
    """
    run = verdict_function(policy)
    if mended:
        facts = _put_right(facts, run(facts)[0])
    ahead = turning_days(bound(policy).edges, facts.as_dict())
    for days in (0, *ahead):
        codes = run(advance(facts, days))[0]
        if not any(RULES[code].lift is Lift.TIME or not mended for code in codes):
            return today + timedelta(days=days)
    return None


def _put_right(facts: Facts, codes: tuple[str, ...]) -> Facts:
    return replace(facts, **{RULES[code].starts: 0 for code in codes if RULES[code].starts})


def what_if(
    facts: Facts, policy: Policy, changes: Mapping[str, SettingValue], today: date
) -> WhatIf:
    """The decision with some facts or settings changed, beside the one as it is.

    Raises `PolicyError` for names that are neither, and for values that are not allowed.
    """
    settings = {name: value for name, value in changes.items() if name in SETTINGS}
    rest = {name: value for name, value in changes.items() if name not in SETTINGS}
    after = decide(_with(facts, rest), policy.changed(**settings), today)
    return _compared(decide(facts, policy, today), after)


def _compared(before: Decision, after: Decision) -> WhatIf:
    return WhatIf(
        before,
        after,
        gone=tuple(code for code in before.codes if code not in after.codes),
        new=tuple(code for code in after.codes if code not in before.codes),
    )


def _with(facts: Facts, changes: Mapping[str, SettingValue]) -> Facts:
    problems = tuple(
        PolicyProblem(name, _fact_problem(name), "the name of a fact and a whole number")
        for name, value in changes.items()
        if name not in FACTS or not isinstance(value, int)
    )
    if problems:
        raise PolicyError(problems)
    return replace(facts, **{name: int(value) for name, value in changes.items()})


def _fact_problem(name: str) -> str:
    return "a fact is a whole number" if name in FACTS else "neither a fact nor a setting"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
