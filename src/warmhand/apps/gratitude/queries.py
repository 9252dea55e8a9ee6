"""Reads of thank-yous owed and given."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from warmhand.apps.accounts import days
from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.people.queries.records import (
    CLIENT_WORDS,
    in_state,
    of_client,
    with_client,
)

from .models import ThankYou

ORDERS = {
    "client": ("client__name",),
    "owed": ("owed_on",),
    "due": ("due_on",),
    "given": ("given_on",),
}


def thank_you_by_id(thank_you_id: int, *, lock: bool = False) -> ThankYou:
    """One thank-you: the one door from an id to it."""
    related = ("client", "referral", "member")
    return one(ThankYou, thank_you_id, "thank_you", lock=lock, related=related)


def thank_yous(
    *, search: str = "", client_id: int | None = None, state: str = "", sort: str = ""
) -> QuerySet[ThankYou]:
    """Thank-yous, earliest due first; `state` is owed, overdue or given."""
    rows = of_client(with_client(ThankYou, "referral", "member"), client_id)
    rows = in_state(rows, state, states)
    return sorted_by(searched(rows, search, "words", *CLIENT_WORDS), sort, ORDERS)


def states() -> dict[str, Q]:
    """The states of thank-yous by name; overdue is a matter of today."""
    return {
        "owed": Q(given_on=None),
        "overdue": Q(given_on=None, due_on__lt=days.today()),
        "given": Q(given_on__isnull=False),
    }
