"""What lists of clients' records have in common, for the apps above."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.db.models import Q, QuerySet

from warmhand.apps.island.scoped import Record
from warmhand.problems import Invalid

R = TypeVar("R", bound=Record)
States = Mapping[str, Q]
CLIENT_WORDS = ("client__name", "client__company__name")
"""The words of a client by which their records are found."""


def with_client(model: type[R], *related: str) -> QuerySet[R]:
    """Records that stand, with client, company and `related`; a removed client's stay out."""
    rows = model._default_manager.select_related("client", "client__company", *related)
    return rows.filter(client__removed_at=None)


def of_client(
    rows: QuerySet[R], client_id: int | None, company_id: int | None = None
) -> QuerySet[R]:
    """Only a client's, or only those of a company's clients."""
    if client_id is not None:
        rows = rows.filter(client_id=client_id)
    if company_id is not None:
        rows = rows.filter(client__company_id=company_id)
    return rows


def in_state(rows: QuerySet[R], state: str, states: States | Callable[[], States]) -> QuerySet[R]:
    """Only rows in one of the named states; Invalid at `state` for any other name.

    States that depend on the day are given as a function: looked up only where one is named.
    """
    if not state:
        return rows
    known = states() if callable(states) else states
    if state not in known:
        raise Invalid.at("state", f"Choose one of: {', '.join(known)}.")
    return rows.filter(known[state])
