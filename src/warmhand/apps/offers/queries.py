"""Reads of offers and of whom they were given to pass on."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.people.queries.records import CLIENT_WORDS, of_client, with_client

from .models import Offer, OfferPass

OFFER_ORDERS = {"title": ("title",), "added": ("created_at",), "passes": ("pass_count", "title")}
PASS_ORDERS = {"client": ("client__name",), "given": ("given_on",), "offer": ("offer__title",)}


def offer_by_id(offer_id: int, *, lock: bool = False) -> Offer:
    """One offer: the one door from an id to it."""
    return one(Offer, offer_id, "offer", lock=lock)


def pass_by_id(pass_id: int, *, lock: bool = False) -> OfferPass:
    """One pass: the one door from an id to it."""
    return one(OfferPass, pass_id, "pass", lock=lock, related=("client", "offer", "member"))


def offers(*, search: str = "", active: bool | None = None, sort: str = "") -> QuerySet[Offer]:
    """Offers with `pass_count`, in one query."""
    given = Count("passes", filter=Q(passes__removed_at=None))
    rows: QuerySet[Offer] = Offer.objects.annotate(pass_count=given)
    if active is not None:
        rows = rows.filter(active=active)
    rows = searched(rows, search, "title", "how_to_pass_on")
    return sorted_by(rows, sort or "title", OFFER_ORDERS)


def passes(
    *,
    search: str = "",
    client_id: int | None = None,
    offer_id: int | None = None,
    sort: str = "",
) -> QuerySet[OfferPass]:
    """Who was given what to pass on, latest first."""
    rows = of_client(with_client(OfferPass, "offer", "member"), client_id)
    if offer_id is not None:
        rows = rows.filter(offer_id=offer_id)
    return sorted_by(searched(rows, search, "offer__title", *CLIENT_WORDS), sort, PASS_ORDERS)
