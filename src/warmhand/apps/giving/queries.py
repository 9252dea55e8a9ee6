"""Reads of favours, needs and referrals given; lists as in `work.queries`."""

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

from .models import Favour, Need, ReferralGiven

FAVOUR_KINDS = Favour.Kind.choices
"""Kinds of favour, each with its name for a person."""
_BY_CLIENT = {"client": ("client__name",), "added": ("created_at",)}
FAVOUR_ORDERS = {**_BY_CLIENT, "due": ("due_on",), "done": ("done_on",), "what": ("what",)}
NEED_ORDERS = {**_BY_CLIENT, "noted": ("noted_on",), "met": ("met_on",)}
GIVEN_ORDERS = {**_BY_CLIENT, "given": ("given_on",), "provider": ("provider",)}
NEED_STATES = {"open": Q(met_on=None), "met": Q(met_on__isnull=False)}


def favour_by_id(favour_id: int, *, lock: bool = False) -> Favour:
    """One favour: the one door from an id to it."""
    return one(Favour, favour_id, "favour", lock=lock, related=("client", "member"))


def need_by_id(need_id: int, *, lock: bool = False) -> Need:
    """One need: the one door from an id to it."""
    return one(Need, need_id, "need", lock=lock, related=("client",))


def referral_given_by_id(referral_given_id: int, *, lock: bool = False) -> ReferralGiven:
    """One referral given: the one door from an id to it."""
    related = ("client", "member", "need")
    return one(ReferralGiven, referral_given_id, "referral_given", lock=lock, related=related)


def favours(
    *,
    search: str = "",
    client_id: int | None = None,
    state: str = "",
    kind: str = "",
    sort: str = "",
) -> QuerySet[Favour]:
    """Favours, latest done first; `state` is promised, overdue or done."""
    rows = in_state(of_client(with_client(Favour, "member"), client_id), state, favour_states)
    if kind:
        rows = rows.filter(kind=kind)
    return sorted_by(searched(rows, search, "what", *CLIENT_WORDS), sort, FAVOUR_ORDERS)


def favour_states() -> dict[str, Q]:
    """The states of favours by name; overdue is a matter of today."""
    return {
        "promised": Q(done_on=None),
        "overdue": Q(done_on=None, due_on__lt=days.today()),
        "done": Q(done_on__isnull=False),
    }


def needs(
    *,
    search: str = "",
    client_id: int | None = None,
    state: str = "",
    for_us: bool | None = None,
    sort: str = "",
) -> QuerySet[Need]:
    """Needs, latest noted first; `state` is open or met; `for_us`: that we could serve."""
    rows = in_state(of_client(with_client(Need), client_id), state, NEED_STATES)
    if for_us is not None:
        rows = rows.filter(for_us=for_us)
    return sorted_by(searched(rows, search, "words", *CLIENT_WORDS), sort, NEED_ORDERS)


def referrals_given(
    *,
    search: str = "",
    client_id: int | None = None,
    for_need: bool | None = None,
    sort: str = "",
) -> QuerySet[ReferralGiven]:
    """Referrals given, latest first; `for_need`: that answered a need noted."""
    rows = of_client(with_client(ReferralGiven, "member", "need"), client_id)
    if for_need is not None:
        rows = rows.filter(need__isnull=not for_need)
    words = ("provider", "why_confident", *CLIENT_WORDS)
    return sorted_by(searched(rows, search, *words), sort, GIVEN_ORDERS)
