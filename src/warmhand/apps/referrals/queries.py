"""Reads of referrals received."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.people.queries.records import (
    CLIENT_WORDS,
    in_state,
    of_client,
    with_client,
)

from .models import ReferralReceived

OUTCOMES = [(o.value, o.label) for o in ReferralReceived.Outcome if o != "pending"]
"""What may come of a referral, each with its name for a person."""
ORDERS = {
    "client": ("client__name",),
    "received": ("received_on",),
    "outcome": ("outcome", "received_on"),
    "new_person": ("new_person",),
}
STATES = {
    **{outcome: Q(outcome=outcome) for outcome in ReferralReceived.Outcome.values},
    "hurt": Q(hurt_on__isnull=False, mended_on=None),
}


def referral_by_id(referral_id: int, *, lock: bool = False) -> ReferralReceived:
    """One referral received: the one door from an id to it."""
    related = ("client", "ask")
    return one(ReferralReceived, referral_id, "referral", lock=lock, related=related)


def referrals(
    *,
    search: str = "",
    client_id: int | None = None,
    company_id: int | None = None,
    ask_id: int | None = None,
    state: str = "",
    sort: str = "",
) -> QuerySet[ReferralReceived]:
    """Referrals received with their thank-yous, latest first, in two queries.

    `state` is pending, became_client, not_now, lost, or hurt (and not mended yet).
    """
    rows = of_client(with_client(ReferralReceived, "ask"), client_id, company_id)
    if ask_id is not None:
        rows = rows.filter(ask_id=ask_id)
    rows = in_state(rows, state, STATES).prefetch_related("thank_yous")
    return sorted_by(searched(rows, search, "new_person", *CLIENT_WORDS), sort, ORDERS)
