"""Which targets hold for whom, and how far along somebody is; hidden where the law wants it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from warmhand.apps.accounts.models import Member
from warmhand.apps.island.door import one

from .figures import Gathered
from .law import Permission, targets_allowed
from .models import GivingTarget
from .periods import running

Measure = GivingTarget.Measure
MEASURES = Measure.choices
EVERY = GivingTarget.Every.choices
Scope = tuple[int | None, str]


@dataclass(frozen=True, slots=True)
class Goal:
    """A target, and how far along: `value` of `amount` until a day."""

    measure: str
    amount: int
    value: int
    every: str
    until: dt.date

    @property
    def reached(self) -> bool:
        """Whether it is met."""
        return self.value >= self.amount

    @property
    def title(self) -> str:
        """What is counted, in words."""
        return str(Measure(self.measure).label)

    @property
    def shown(self) -> int:
        """The value as a bar can show it: never beyond its end."""
        return min(self.value, self.amount)

    @property
    def sentence(self) -> str:
        """How far along, and what remains; more than met is said as it is."""
        unit = {"points": "points", "favours": "favours", "coverage": "per cent"}[self.measure]
        if self.reached:
            return f"Reached: {self.value} of {self.amount} {unit}."
        until = "" if self.measure == Measure.COVERAGE else f" by {self.until:%-d %B}"
        return f"{self.value} of {self.amount} {unit}; {self.amount - self.value} to go{until}."

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "measure": self.measure,
            "amount": self.amount,
            "value": self.value,
            "every": self.every,
            "until": self.until.isoformat(),
            "reached": self.reached,
        }


def targets(law: Permission | None = None) -> QuerySet[GivingTarget]:
    """The targets that stand; none where they may not be shown."""
    found = GivingTarget.objects.select_related("member")
    return found if (law or targets_allowed()).allowed else found.none()


def target_by_id(target_id: int, *, lock: bool = False) -> GivingTarget:
    """One target: the one door from an id to it."""
    return one(GivingTarget, target_id, "giving_target", lock=lock, related=("member",))


def by_scope(law: Permission) -> dict[Scope, dict[str, GivingTarget]]:
    """The targets that stand, by whom they are for, then by measure: one statement."""
    found: dict[Scope, dict[str, GivingTarget]] = {}
    for each in targets(law):
        found.setdefault((each.member_id, each.team), {})[each.measure] = each
    return found


def goals_of(
    member: Member, found: Mapping[Scope, Mapping[str, GivingTarget]], data: Gathered
) -> tuple[Goal, ...]:
    """The goals of one member: their own, else their team's, else everybody's."""
    nearest: dict[str, GivingTarget] = {
        **found.get((None, ""), {}),
        **(found.get((None, member.team), {}) if member.team else {}),
        **found.get((member.pk, ""), {}),
    }
    return tuple(_goal(nearest[m], member.pk, data) for m in Measure if m in nearest)


def _goal(target: GivingTarget, member_id: int, data: Gathered) -> Goal:
    since, until = running(target.every, data.today)
    share = data.care.get(member_id)
    value = {
        Measure.POINTS: lambda: data.points_of(member_id, since),
        Measure.FAVOURS: lambda: data.favours_of(member_id, since),
        Measure.COVERAGE: lambda: (share.percent or 0) if share else 0,
    }[Measure(target.measure)]()
    return Goal(target.measure, target.amount, value, target.every, until)


def together(goals: Iterable[Sequence[Goal]]) -> tuple[Goal, ...]:
    """The goals of a team: what its members are to give, added up. A share is nobody's sum."""
    every = [goal for each in goals for goal in each if goal.measure != Measure.COVERAGE]
    found: dict[tuple[str, str], Goal] = {}
    for goal in every:
        key = (goal.measure, goal.every)
        have = found.get(key)
        found[key] = goal if have is None else _added(have, goal)
    return tuple(found.values())


def _added(one_: Goal, other: Goal) -> Goal:
    return Goal(
        one_.measure,
        one_.amount + other.amount,
        one_.value + other.value,
        one_.every,
        one_.until,
    )
