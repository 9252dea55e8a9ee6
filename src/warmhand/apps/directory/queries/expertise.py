"""Reads of what clients do for their own clients (P30)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from warmhand.apps.directory.models import Expertise
from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.people.queries.records import (
    CLIENT_WORDS,
    in_state,
    of_client,
    with_client,
)

EXPERTISE_ORDERS = {
    "client": ("client__name",),
    "added": ("created_at",),
    "noted": ("noted_on",),
    "words": ("words",),
}
PASS_ON = {"yes": Q(may_pass_on=True), "no": Q(may_pass_on=False), "unasked": Q(may_pass_on=None)}


def expertise_by_id(expertise_id: int, *, lock: bool = False) -> Expertise:
    """One expertise of a client: the one door from an id to it."""
    return one(Expertise, expertise_id, "expertise", lock=lock, related=("client",))


def expertise(
    *,
    search: str = "",
    client_id: int | None = None,
    category: str = "",
    state: str = "",
    sort: str = "",
) -> QuerySet[Expertise]:
    """What clients do, latest noted first; `state` is yes, no or unasked: may others be told.

    `category` is the beginning of a code.
    """
    rows = in_state(of_client(with_client(Expertise), client_id), state, PASS_ON)
    if category:
        rows = rows.filter(category__startswith=category)
    return sorted_by(searched(rows, search, "words", *CLIENT_WORDS), sort, EXPERTISE_ORDERS)
