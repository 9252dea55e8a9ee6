"""How asks are answered, by kind, channel, moment and wording, with the cases behind each share.

What counts is said once, here: an ask is *accepted* where they gave a name, said that they will
introduce us, or took an offer to pass on. 'Later' and 'no' are not accepted. What wasn't asked
after all, and what waits for its answer, is no case.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Final

from django.db.models import Count, QuerySet

from .models import Ask, variant_title

ACCEPTED: Final = (Ask.Outcome.NAME, Ask.Outcome.WILL_INTRODUCE, Ask.Outcome.PASSED_ON)
COUNTED: Final = (*ACCEPTED, Ask.Outcome.LATER, Ask.Outcome.NO)
FEWEST: Final = 10
"""With fewer cases a share says too little (our choice)."""
LAST: Final = 10
FLOOR: Final = 50
"""Under so many per cent over the last so many asks: stop and find out why (E27)."""
Z: Final = 1.959964
"""Of a 95 % interval."""

DIMENSIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": dict(Ask.Kind.choices),
    "channel": dict(Ask.Channel.choices),
    "moment": dict(Ask.Moment.choices),
    "variant": {},
}
"""By what asks are told apart, and what its values are called; a wording by its parts."""


@dataclass(frozen=True, slots=True)
class AcceptanceFilter:
    """Which asks are looked at: made from a day to a day, by a team or a member. Empty: all."""

    since: dt.date | None = None
    until: dt.date | None = None
    team: str = ""
    member_id: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many asks were accepted; `value` is the code of what they have in common."""

    value: str
    title: str
    cases: int
    accepted: int

    @property
    def enough(self) -> bool:
        """Whether there are enough cases to say anything."""
        return self.cases >= FEWEST

    @property
    def percent(self) -> int | None:
        """The share in whole per cent; None where there is no case."""
        return round(100 * self.accepted / self.cases) if self.cases else None

    @property
    def interval(self) -> tuple[int, int] | None:
        """Wilson's 95 % interval in whole per cent; None where there is no case."""
        found = wilson(self.accepted, self.cases)
        return (round(100 * found[0]), round(100 * found[1])) if found else None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        low, high = self.interval or (None, None)
        return {
            "value": self.value,
            "title": self.title,
            "cases": self.cases,
            "accepted": self.accepted,
            "percent": self.percent,
            "low": low,
            "high": high,
            "enough": self.enough,
        }


@dataclass(frozen=True, slots=True)
class Acceptance:
    """All shares, the last asks apart, and how many are no case (yet)."""

    overall: Share
    by: Mapping[str, tuple[Share, ...]]
    last: Share
    waiting: int
    not_asked: int
    filter: AcceptanceFilter = field(default_factory=AcceptanceFilter)

    @property
    def stop(self) -> bool:
        """Whether it is time to stop and find out why (E27)."""
        return self.last.cases == LAST and 100 * self.last.accepted < FLOOR * LAST

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "overall": self.overall.as_dict(),
            "by": {name: [each.as_dict() for each in shares] for name, shares in self.by.items()},
            "last": self.last.as_dict(),
            "stop_and_diagnose": self.stop,
            "waiting": self.waiting,
            "not_asked": self.not_asked,
            "fewest": FEWEST,
        }


def wilson(accepted: int, cases: int) -> tuple[float, float] | None:
    """Wilson's score interval (95 %) of a share, 0 to 1; None without a case."""
    if not cases:
        return None
    share, square = accepted / cases, Z * Z / cases
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * sqrt(share * (1 - share) / cases + square / (4 * cases))
    low, high = middle - half, middle + half
    return max(0.0, min(low, share)), min(1.0, max(high, share))  # rounding aside


def acceptance(wanted: AcceptanceFilter | None = None) -> Acceptance:
    """How asks were answered. Two statements, however many asks there are."""
    wanted = wanted or AcceptanceFilter()
    rows = _matching(wanted)
    groups = list(rows.values(*DIMENSIONS, "outcome").annotate(n=Count("pk")).order_by())
    cases = [group for group in groups if group["outcome"] in COUNTED]
    return Acceptance(
        overall=_share("", "All asks", cases),
        by={name: _shares(name, cases) for name in DIMENSIONS},
        last=_last(rows),
        waiting=sum(group["n"] for group in groups if not group["outcome"]),
        not_asked=sum(g["n"] for g in groups if g["outcome"] == Ask.Outcome.NOT_ASKED),
        filter=wanted,
    )


def _matching(wanted: AcceptanceFilter) -> QuerySet[Ask]:
    conditions = {
        "asked_on__gte": wanted.since,
        "asked_on__lte": wanted.until,
        "member__team": wanted.team,
        "member_id": wanted.member_id,
    }
    given = {name: value for name, value in conditions.items() if value}
    return Ask.objects.filter(client__removed_at=None, **given)


def _last(rows: QuerySet[Ask]) -> Share:
    """The latest asks that are cases."""
    latest = rows.filter(outcome__in=COUNTED).order_by("-asked_at", "-pk")
    outcomes = latest.values_list("outcome", flat=True)[:LAST]
    return _share("last", f"The last {LAST}", [{"outcome": each, "n": 1} for each in outcomes])


def _shares(name: str, cases: Iterable[Mapping[str, Any]]) -> tuple[Share, ...]:
    """One share for each value: choices in their order, wordings the most used first."""
    names = DIMENSIONS[name]
    held: dict[str, list[Mapping[str, Any]]] = {}
    for case in cases:
        held.setdefault(case[name], []).append(case)
    if name == "variant":
        found = (_share(value, variant_title(value), rows) for value, rows in held.items())
        return tuple(sorted(found, key=lambda each: (not each.value, -each.cases, each.value)))
    order = list(names)
    found = (_share(value, names.get(value, value), rows) for value, rows in held.items())
    return tuple(sorted(found, key=lambda each: order.index(each.value)))


def _share(value: str, title: str, cases: Iterable[Mapping[str, Any]]) -> Share:
    count: Counter[bool] = Counter()
    for case in cases:
        count[case["outcome"] in ACCEPTED] += case["n"]
    return Share(value, title, cases=count.total(), accepted=count[True])
