"""Who is due for a review, why, and on which day first (P14, P15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, overload
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, IntegerField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from warmhand.apps.accounts import days
from warmhand.apps.asks.models import Standing
from warmhand.apps.asks.queries import stored_facts
from warmhand.apps.island.listing import searched
from warmhand.apps.people.models import Client
from warmhand.apps.people.queries.records import CLIENT_WORDS
from warmhand.apps.policies.queries import current
from warmhand.apps.reviews.good_day import Busy, GoodDay, Span, first_good_day
from warmhand.apps.work.models import BusyTime, Commitment
from warmhand.apps.work.services.busy import quarter_end_times
from warmhand.engine.kept_sql import kept_condition, kept_fact
from warmhand.problems import Invalid
from warmhand.rulebook import MOVES, NEVER, RULES, Policy, ReviewReason, advance, review_reasons
from warmhand.rulebook.reviews import DUE, FIRST_CODES, FIRST_MOVES, comes_first
from warmhand.rulebook.rule import Move

from .meetings import arranged
from .places import zone_of

STATES = {"ready": "Nothing comes first", "first": "Something else comes first"}
DUE_ORDERS = ("client", "-client", "since", "-since")
PROJECT_CLOSE_DAYS = 10
"""The last so many days before a project is due are kept free of meetings (our choice)."""
_TABLE = "asks_standing"


@dataclass(frozen=True, slots=True)
class DueClient:
    """A client who is due: why, the first good day, and what comes before ('' for nothing)."""

    client: Client
    reasons: tuple[ReviewReason, ...]
    good_day: GoodDay
    first: str
    first_sentence: str

    @property
    def client_id(self) -> int:
        """The client's number."""
        return int(self.client.pk)

    @property
    def first_good_day(self) -> dt.date:
        """The day itself."""
        return self.good_day.on

    @property
    def why_that_day(self) -> str:
        """Why that day."""
        return self.good_day.why

    @property
    def comes_first(self) -> str | None:
        """What comes before, for programs: None for nothing."""
        return self.first or None

    @property
    def comes_first_because(self) -> str | None:
        """What to do about it."""
        return self.first_sentence or None


class DueList(Sequence[DueClient]):
    """Those who are due, read in pages: a slice costs five statements, however long it is."""

    def __init__(self, rows: QuerySet[Standing], policy: Policy, today: dt.date) -> None:
        self._rows, self._policy, self._today = rows, policy, today

    def count(self, value: Any = None) -> int:
        """How many are due; what a paginator asks for."""
        return self._rows.count()

    def __len__(self) -> int:
        return self.count()

    @overload
    def __getitem__(self, at: int) -> DueClient: ...
    @overload
    def __getitem__(self, at: slice) -> list[DueClient]: ...
    def __getitem__(self, at: int | slice) -> DueClient | list[DueClient]:
        if isinstance(at, slice):
            return _explained(list(self._rows[at]), self._policy, self._today)
        return _explained([self._rows[at]], self._policy, self._today)[0]


def due(
    *, search: str = "", state: str = "ready", keeper_id: int | None = None, sort: str = ""
) -> DueList:
    """Clients due for a review, the longest without one first; none with a meeting arranged.

    `state` is `ready`, `first` (an unhappy client is won back first, P7) or '' for both; `sort`
    one of DUE_ORDERS.
    """
    if state not in ("", *STATES):
        raise Invalid.at("state", f"Choose one of: {', '.join(STATES)}.")
    today, policy = days.today(), current().policy
    condition = kept_condition(DUE, policy, today, table=_TABLE)
    rows = Standing.objects.filter(client__removed_at=None).exclude(arranged())
    rows = rows.filter(RawSQL(condition, (), output_field=BooleanField()))  # noqa: S611 - traced
    if state:
        before = Q(move__in=[each.value for each in FIRST_MOVES]) | Q(
            codes__overlap=list(FIRST_CODES)
        )
        rows = rows.filter(before) if state == "first" else rows.exclude(before)
    if keeper_id is not None:
        rows = rows.filter(client__keeper_id=keeper_id)
    return DueList(_sorted(searched(rows, search, *CLIENT_WORDS), sort, today), policy, today)


def _sorted(rows: QuerySet[Standing], sort: str, today: dt.date) -> QuerySet[Standing]:
    rows = rows.select_related("client", "client__company", "client__keeper")
    if sort and sort not in DUE_ORDERS:
        raise Invalid.at("sort", f"Sort by one of: {', '.join(DUE_ORDERS)}.")
    if sort.removeprefix("-") == "client":
        return rows.order_by(sort.replace("client", "client__name"), "client_id")
    tenure = kept_fact("tenure", today, table=_TABLE)
    rows = rows.annotate(
        since=_kept(kept_fact("days_since_review", today, table=_TABLE)),
        known=_kept(f"CASE WHEN ({tenure}) < {NEVER} THEN ({tenure}) ELSE 0 END"),
    )
    down = "" if sort == "-since" else "-"
    return rows.order_by(f"{down}since", f"{down}known", "client__name", "client_id")


def _kept(sql: str) -> RawSQL:
    return RawSQL(f"({sql})", (), output_field=IntegerField())  # noqa: S611 - printed by the engine


def due_of(client_id: int) -> DueClient | None:
    """One client with reasons and first good day, due or not; None before anything is decided."""
    found = Standing.objects.select_related("client", "client__company", "client__keeper")
    row = found.filter(client_id=client_id, client__removed_at=None).first()
    return _explained([row], current().policy, days.today())[0] if row else None


def _explained(rows: list[Standing], policy: Policy, today: dt.date) -> list[DueClient]:
    clients = [row.client for row in rows]
    busy, home = busy_of(clients, policy, today), days.zone()
    return [_one(row, policy, today, busy[row.client_id], home) for row in rows]


def _one(
    row: Standing, policy: Policy, today: dt.date, busy: list[Busy], home: ZoneInfo
) -> DueClient:
    facts = advance(stored_facts(row), (today - row.decided_on).days)
    first = comes_first(row.move, row.codes)
    return DueClient(
        client=row.client,
        reasons=review_reasons(facts, policy, row.codes),
        good_day=first_good_day(busy, now=timezone.now(), zone=zone_of(row.client, home)),
        first=first,
        first_sentence=_sentence(first),
    )


def _sentence(first: str) -> str:
    """What to do before the invitation."""
    if not first:
        return ""
    return str(RULES[first].mend) if first in RULES else MOVES[Move(first)].sentence


def first_good_day_for(client: Client) -> GoodDay:
    """The first good day for a meeting with a client (P15)."""
    busy = busy_of([client], current().policy, days.today())[client.pk]
    return first_good_day(busy, now=timezone.now(), zone=zone_of(client))


def busy_of(clients: Iterable[Client], policy: Policy, today: dt.date) -> dict[int, list[Busy]]:
    """What keeps each of these clients busy from today on: busy times on record, quarter ends
    as long as the policy says, and projects about to end. Two statements.
    """
    listed = list(clients)
    found: dict[int, list[Busy]] = {client.pk: [] for client in listed}
    recorded = _recorded({c.company_id for c in listed if c.company_id}, today)
    projects = _projects(list(found), today)
    for client in listed:
        found[client.pk] += recorded.get(client.company_id or 0, [])
        found[client.pk] += _quarter_ends(client, policy, today)
        found[client.pk] += projects.get(client.pk, [])
    return found


def _recorded(company_ids: set[int], today: dt.date) -> dict[int, list[Busy]]:
    found: dict[int, list[Busy]] = {}
    since = today - dt.timedelta(days=PROJECT_CLOSE_DAYS)
    for each in BusyTime.objects.filter(company_id__in=company_ids, ends_on__gte=since):
        busy = Busy(each.starts_on, each.ends_on, Span(each.kind), each.label)
        found.setdefault(each.company_id, []).append(busy)
    return found


def _quarter_ends(client: Client, policy: Policy, today: dt.date) -> list[Busy]:
    month = client.company.year_end_month if client.company else None
    if not month or policy.quarter_end_days < 1:
        return []
    return [
        Busy(start, end, Span.QUARTER_END)
        for start, end in quarter_end_times(month, today, policy.quarter_end_days)
    ]


def _projects(client_ids: list[int], today: dt.date) -> dict[int, list[Busy]]:
    rows = Commitment.objects.filter(
        client_id__in=client_ids,
        kind=Commitment.Kind.PROJECT,
        delivered_on=None,
        cancelled_on=None,
        due_on__gte=today,
    )
    found: dict[int, list[Busy]] = {}
    for each in rows:
        if each.client_id and each.due_on:
            start = each.due_on - dt.timedelta(days=PROJECT_CLOSE_DAYS - 1)
            busy = Busy(start, each.due_on, Span.PROJECT, each.title)
            found.setdefault(each.client_id, []).append(busy)
    return found
