"""Reads of favours, needs and referrals given; lists as in `work.queries`."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from warmhand.apps.accounts import days
from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.people.queries.records import (
    CLIENT_WORDS,
    in_state,
    of_client,
    with_client,
)
from warmhand.problems import Invalid

from .models import Favour, Need, ReferralGiven

FAVOUR_KINDS = Favour.Kind.choices
"""Kinds of favour, each with its name for a person."""
URGENCIES = Need.Urgency.choices
"""How soon a need must be met, each with its name for a person."""
_BY_CLIENT = {"client": ("client__name",), "added": ("created_at",)}
FAVOUR_ORDERS = {**_BY_CLIENT, "due": ("due_on",), "done": ("done_on",), "what": ("what",)}
NEED_ORDERS = {
    **_BY_CLIENT,
    "noted": ("noted_on",),
    "met": ("met_on",),
    "waiting": ("is_met", "noted_on"),
    "urgency": ("is_met", "how_soon", "noted_on"),
}
"""`waiting`: what is open comes first, and of that what has waited longest."""
GIVEN_ORDERS = {**_BY_CLIENT, "given": ("given_on",), "provider": ("provider",)}
NEED_STATES = {"open": Q(met_on=None), "met": Q(met_on__isnull=False)}
CONSENTS = {
    "allowed": Q(may_pass_on=True),
    "refused": Q(may_pass_on=False),
    "not_asked": Q(may_pass_on=None),
}
"""What the client says to our passing a need on."""


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
    member_id: int | None = None,
    sort: str = "",
) -> QuerySet[Favour]:
    """Favours, latest done first; `state` is promised, overdue, done or without_outcome."""
    rows = in_state(of_client(with_client(Favour, "member"), client_id), state, favour_states)
    if kind:
        rows = rows.filter(kind=kind)
    if member_id is not None:
        rows = rows.filter(member_id=member_id)
    return sorted_by(searched(rows, search, "what", "outcome", *CLIENT_WORDS), sort, FAVOUR_ORDERS)


def favour_states() -> dict[str, Q]:
    """The states of favours by name; overdue is a matter of today."""
    return {
        "promised": Q(done_on=None),
        "overdue": Q(done_on=None, due_on__lt=days.today()),
        "done": Q(done_on__isnull=False),
        "without_outcome": Q(done_on__isnull=False, outcome=""),
    }


def needs(
    *,
    search: str = "",
    client_id: int | None = None,
    state: str = "",
    for_us: bool | None = None,
    urgency: str = "",
    consent: str = "",
    category: str = "",
    sort: str = "",
) -> QuerySet[Need]:
    """Needs, latest noted first; `state` is open or met; `for_us`: that we could serve.

    `consent` is one of CONSENTS; `category` a code of the scheme, or the beginning of one.
    """
    rows = in_state(of_client(with_client(Need), client_id), state, NEED_STATES)
    rows = _narrowed(rows, for_us=for_us, urgency=urgency, consent=consent, category=category)
    rows = rows.annotate(is_met=_IS_MET, how_soon=_HOW_SOON) if sort else rows
    return sorted_by(searched(rows, search, "words", *CLIENT_WORDS), sort, NEED_ORDERS)


_IS_MET = Case(When(met_on=None, then=Value(0)), default=Value(1), output_field=IntegerField())
_HOW_SOON = Case(
    *(When(urgency=code, then=Value(place)) for place, code in enumerate(Need.Urgency.values)),
    default=Value(len(Need.Urgency.values)),
    output_field=IntegerField(),
)


def _narrowed(
    rows: QuerySet[Need], *, for_us: bool | None, urgency: str, consent: str, category: str
) -> QuerySet[Need]:
    if for_us is not None:
        rows = rows.filter(for_us=for_us)
    if urgency:
        rows = rows.filter(urgency=urgency)
    if category:
        rows = rows.filter(category__startswith=category)
    if consent and consent not in CONSENTS:
        raise Invalid.at("consent", f"Choose one of: {', '.join(CONSENTS)}.")
    return rows.filter(CONSENTS[consent]) if consent else rows


def need_categories() -> list[str]:
    """Codes of the categories that needs stand under, sorted."""
    found = Need.objects.exclude(category="").values_list("category", flat=True)
    return sorted(found.order_by().distinct())


def urgent_needs(client_ids: Collection[int]) -> dict[int, Need]:
    """The open need that each of these clients needs met now, the longest waiting: one query."""
    rows = Need.objects.filter(client_id__in=client_ids, met_on=None, urgency=Need.Urgency.NOW)
    return {need.client_id: need for need in rows.order_by("-noted_on", "-id")}


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
