"""Keeps one standing per client true: before each commit, and when its day comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import connection
from django.utils import timezone

from warmhand.apps.accounts.models import Workspace
from warmhand.apps.accounts.queries import today
from warmhand.apps.directory.models import Service
from warmhand.apps.giving.models import Need
from warmhand.apps.island.raw import raw_connection
from warmhand.apps.island.scope import Touched, current_workspace_id
from warmhand.apps.people.models import Client
from warmhand.apps.policies.queries import CurrentPolicy, current
from warmhand.engine import day_number, postgres
from warmhand.rulebook import Facts, decide, weight

from .models import Standing
from .sources import OFFERS_ACTIVE, TABLES

BATCH = 2_000
_KEPT = ("move", "weight", "may_ask", "codes", "facts", "policy_number", "decided_on", "decided_at")
FIELDS = (*_KEPT, "review_on")


def offers_active() -> int:
    """How many offers the open workspace has to pass on (P22)."""
    with connection.cursor() as cursor:
        cursor.execute(OFFERS_ACTIVE)
        return int(cursor.fetchone()[0])


def facts_of(client_ids: Iterable[int] | None, day: dt.date) -> dict[int, Facts]:
    """The facts of some clients of the open workspace, or of all (None), on a day."""
    ids = None if client_ids is None else list(client_ids)
    found = postgres.facts_of_clients(
        raw_connection(), TABLES, ids, day, offers_active=offers_active()
    )
    return dict(found)


def settle(workspace_id: int, touched: Touched) -> None:
    """Re-decide the clients whose facts have changed in this scope."""
    workspace = Workspace.objects.get(pk=workspace_id)
    ids = None if touched.everyone else _clients_of(touched)
    if ids is None or ids:
        redecide(ids, today(workspace))


def _clients_of(touched: Touched) -> list[int]:
    ids = set(touched.clients)
    if touched.companies:
        found = Client.objects.filter(company_id__in=touched.companies)
        ids.update(found.values_list("pk", flat=True))
    return sorted(ids | _in_need_of(touched))


def _in_need_of(touched: Touched) -> set[int]:
    """Clients with an open need of a kind that somebody in the directory began or ceased to do."""
    if not (touched.providers or touched.categories):
        return set()
    services = Service.all_objects.filter(provider_id__in=touched.providers)
    kinds = {*services.values_list("category", flat=True), *touched.categories} - {""}
    found = Need.objects.filter(met_on=None, for_us=False, category__in=kinds)
    return set(found.values_list("client_id", flat=True))


def redecide(client_ids: list[int] | None, day: dt.date) -> int:
    """Write the standing of some clients or of all; returns how many were decided.

    Cost: one statement for the facts, one write per 2,000 clients.
    """
    facts = facts_of(client_ids, day)
    policy = current()
    gone = None if client_ids is None else set(client_ids) - facts.keys()
    _forget(gone)
    for batch in _batches(facts.items()):
        _write([_standing(client, each, policy, day) for client, each in batch])
    return len(facts)


def _forget(gone: set[int] | None) -> None:
    """Removed clients have no standing."""
    if gone is None:
        Standing.objects.exclude(client__removed_at__isnull=True).delete()
    elif gone:
        Standing.objects.filter(client_id__in=gone).delete()


def _batches(items: Iterable[tuple[int, Facts]]) -> Iterator[list[tuple[int, Facts]]]:
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch


def _standing(client_id: int, facts: Facts, policy: CurrentPolicy, day: dt.date) -> Standing:
    decision = decide(facts, policy.policy, day)
    return Standing(
        client_id=client_id,
        move=decision.move.value,
        weight=weight(decision.move, facts, day_number(day)),
        may_ask=decision.may_ask,
        codes=list(decision.codes),
        facts=facts.as_dict(),
        policy_number=policy.number,
        decided_on=day,
        decided_at=timezone.now(),
        review_on=decision.review_on,
    )


def _write(standings: list[Standing]) -> None:
    workspace_id = current_workspace_id()
    for standing in standings:
        standing.workspace_id = workspace_id
    Standing.objects.bulk_create(
        standings,
        update_conflicts=True,
        unique_fields=["workspace", "client"],
        update_fields=list(FIELDS),
    )


def redecide_due(day: dt.date) -> int:
    """Re-decide the clients whose day has come; returns how many. One indexed look otherwise."""
    due = list(Standing.objects.filter(review_on__lte=day).values_list("client_id", flat=True))
    return redecide(due, day) if due else 0
