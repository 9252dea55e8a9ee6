"""For how many of our clients a favour was done in the last period, and who has had none (P9).

What counts is said once, here. A client counts from the day they became one (those without such a
day count always); covered is whoever had a favour *done* within the period; promised isn't done.
The period is the policy's rhythm of favours, in days, unless another is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from warmhand.apps.accounts import days
from warmhand.apps.island.listing import searched
from warmhand.apps.people.models import Client
from warmhand.apps.policies.queries import current

from .models import Favour

PERIODS: Final = 6
"""So many periods, one after the other, make the trend."""
YEAR: Final = 365
TENURES: Final[Mapping[str, str]] = {
    "new": "Less than a year",
    "known": "One to three years",
    "old": "More than three years",
    "": "Since when is not known",
}
NONE_GIVEN: Final = "-"
"""In an address: without a sector, a team or a keeper."""


@dataclass(frozen=True, slots=True)
class CoverageFilter:
    """Which clients: in whose care, of which team, sector or tenure; `-` for none. Empty: all.

    `period` is a length in days; 0 takes the policy's rhythm of favours.
    """

    team: str = ""
    member: str = ""
    sector: str = ""
    tenure: str = ""
    search: str = ""
    period: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many clients have had a favour; `value` is what they have in common."""

    value: str
    title: str
    clients: int
    covered: int

    @property
    def without(self) -> int:
        """Clients who have had none."""
        return self.clients - self.covered

    @property
    def percent(self) -> int | None:
        """The share in whole per cent; None where there is no client."""
        return round(100 * self.covered / self.clients) if self.clients else None


@dataclass(frozen=True, slots=True)
class Span:
    """A period of the trend: after `since` up to and with `until`."""

    since: dt.date
    until: dt.date
    share: Share


@dataclass(frozen=True, slots=True)
class Coverage:
    """All shares of the period that ends today, and the periods before it, oldest first."""

    period: int
    since: dt.date
    until: dt.date
    overall: Share
    by: Mapping[str, tuple[Share, ...]]
    trend: tuple[Span, ...]


def period_of(wanted: CoverageFilter) -> int:
    """The length of the period in days."""
    return wanted.period or current().policy.favour_rhythm_days


def coverage(wanted: CoverageFilter | None = None) -> Coverage:
    """Coverage of the client base: two queries, however many clients there are."""
    wanted = wanted or CoverageFilter()
    period, until = period_of(wanted), days.today()
    since = until - dt.timedelta(days=period)
    rows = list(_cells(wanted, since, until))
    return Coverage(
        period=period,
        since=since,
        until=until,
        overall=_share("", "All", rows),
        by={name: _shares(rows, value, title) for name, (value, title) in _SEGMENTS.items()},
        trend=_trend(wanted, period, until),
    )


def without_favour(wanted: CoverageFilter | None = None) -> QuerySet[Client]:
    """Clients without a favour done in the period: never first, then longest ago.

    Each with company, keeper, `last_favour_on` (None: never) and `promised_until`.
    """
    wanted = wanted or CoverageFilter()
    until = days.today()
    since = until - dt.timedelta(days=period_of(wanted))
    done = Favour.objects.filter(client=OuterRef("pk"), done_on__isnull=False)
    open_ = Favour.objects.filter(client=OuterRef("pk"), done_on=None).order_by("-promised_on")
    return (
        _base(wanted, until)
        .filter(~_had_one(since, until))
        .select_related("company", "keeper")
        .annotate(
            last_favour_on=Subquery(done.order_by("-done_on").values("done_on")[:1]),
            promised_on=Subquery(open_.values("promised_on")[:1]),
        )
        .order_by(F("last_favour_on").asc(nulls_first=True), "client_since", "id")
    )


def sectors() -> list[str]:
    """The sectors in which clients work, by name."""
    found = Client.objects.exclude(company__sector="").exclude(company=None)
    return list(
        found.order_by("company__sector").values_list("company__sector", flat=True).distinct()
    )


def _base(wanted: CoverageFilter, until: dt.date) -> QuerySet[Client]:
    """The clients of a day, narrowed by the filter."""
    clients = searched(Client.objects.all(), wanted.search, "name", "company__name")
    rows = clients.filter(_client_by(until)).annotate(tenure=_tenure(until))
    if wanted.team:
        rows = rows.filter(_given("keeper__team", wanted.team))
    if wanted.member:
        rows = rows.filter(_given("keeper_id", wanted.member))
    if wanted.sector:
        rows = rows.filter(_given("company__sector", wanted.sector))
    if wanted.tenure:
        rows = rows.filter(tenure="" if wanted.tenure == NONE_GIVEN else wanted.tenure)
    return rows


def _given(field: str, value: str) -> Q:
    """A value, or that there is none; text that is no number is nobody's."""
    if value == NONE_GIVEN:
        empty = Q(**{f"{field}__isnull": True})
        return empty if field.endswith("_id") else empty | Q(**{field: ""})
    if field.endswith("_id") and not (value.isascii() and value.isdecimal() and len(value) < 19):
        return Q(pk__in=())
    return Q(**{field: value})


def _client_by(day: dt.date) -> Q:
    return Q(client_since=None) | Q(client_since__lte=day)


def _tenure(day: dt.date) -> Case:
    young, old = (day - dt.timedelta(days=years * YEAR) for years in (1, 3))
    return Case(
        When(client_since=None, then=Value("")),
        When(client_since__gt=young, then=Value("new")),
        When(client_since__gt=old, then=Value("known")),
        default=Value("old"),
        output_field=CharField(),
    )


def _had_one(since: dt.date, until: dt.date) -> Exists:
    """Whether a favour was done for the client after `since`, up to and with `until`."""
    done = Favour.objects.filter(client=OuterRef("pk"), done_on__gt=since, done_on__lte=until)
    return Exists(done)


def _cells(wanted: CoverageFilter, since: dt.date, until: dt.date) -> QuerySet[Any, dict[str, Any]]:
    """Clients counted by all they are told apart by: a row for each combination."""
    told = ("keeper_id", "keeper__name", "keeper__team", "company__sector", "tenure", "had_one")
    rows = _base(wanted, until).annotate(had_one=_had_one(since, until)).order_by()
    found: QuerySet[Any, dict[str, Any]] = rows.values(*told).annotate(clients=Count("pk"))
    return found


def _share(value: str, title: str, rows: Iterable[Mapping[str, Any]]) -> Share:
    clients = covered = 0
    for row in rows:
        clients += row["clients"]
        covered += row["clients"] if row["had_one"] else 0
    return Share(value, title, clients, covered)


Told = Callable[[Mapping[str, Any]], str]
_SEGMENTS: Final[Mapping[str, tuple[Told, Told]]] = {
    "member": (
        lambda row: str(row["keeper_id"] or NONE_GIVEN),
        lambda row: row["keeper__name"] or "In nobody's care",
    ),
    "team": (
        lambda row: row["keeper__team"] or NONE_GIVEN,
        lambda row: row["keeper__team"] or "Of no team",
    ),
    "sector": (
        lambda row: row["company__sector"] or NONE_GIVEN,
        lambda row: row["company__sector"] or "Sector not known",
    ),
    "tenure": (lambda row: row["tenure"] or NONE_GIVEN, lambda row: TENURES[row["tenure"]]),
}
"""By what clients are told apart: the value for the address, and its title."""


def _shares(rows: list[dict[str, Any]], value: Told, title: Told) -> tuple[Share, ...]:
    """A share for each value, the least covered first, of two the one with more clients."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(value(row), []).append(row)
    found = [_share(code, title(group[0]), group) for code, group in groups.items()]
    return tuple(sorted(found, key=lambda it: (it.percent or 0, -it.clients, it.title)))


def _trend(wanted: CoverageFilter, period: int, until: dt.date) -> tuple[Span, ...]:
    """The last periods, oldest first, of the clients of their own days: one query."""
    ends = [until - dt.timedelta(days=period * back) for back in reversed(range(PERIODS))]
    counts: dict[str, Any] = {}
    for place, end in enumerate(ends):
        there = _client_by(end)
        had_one = _had_one(end - dt.timedelta(days=period), end)
        counts[f"clients_{place}"] = Count("pk", filter=there)
        counts[f"covered_{place}"] = Count("pk", filter=there & Q(had_one))
    found = _base(wanted, until).order_by().aggregate(**counts)
    return tuple(
        Span(
            end - dt.timedelta(days=period),
            end,
            Share("", "", found[f"clients_{place}"], found[f"covered_{place}"]),
        )
        for place, end in enumerate(ends)
    )
