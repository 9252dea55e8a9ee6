"""Referrals received, and the thanks owed for them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Query, Router
from pydantic import Field

from warmhand.api.door import route
from warmhand.api.fields import (
    ClientRef,
    Day,
    Id,
    In,
    Line,
    Many,
    Name,
    Out,
    PathId,
    Search,
    Text,
    Whole,
)
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.gratitude import queries as gratitude
from warmhand.apps.gratitude import services as gratitude_services
from warmhand.apps.referrals import kinds, queries, services

router = Router(tags=["referrals"])


class ThankYouOut(Out):
    """One debt of thanks."""

    id: int
    client_id: int
    referral_id: int | None
    occasion: str = Field(description="receipt, outcome or other.")
    words: str
    owed_on: dt.date
    due_on: dt.date
    given_on: dt.date | None
    how: str


class ReferralOut(Out):
    """Somebody a client introduced to us."""

    id: int
    client: ClientRef
    ask_id: int | None
    kind: str = Field(description="ask (elsewhere), ask_coworker (at the giver's own company)…")
    new_person: str
    received_on: dt.date
    outcome: str = Field(description="pending, became_client, not_now or lost.")
    outcome_on: dt.date | None
    hurt_on: dt.date | None
    mended_on: dt.date | None
    words: str
    thank_yous: Many[ThankYouOut]


class ReferralFilters(Paging):
    """Which referrals."""

    search: Search = ""
    client_id: Whole | None = None
    company_id: Whole | None = None
    state: Literal["", "pending", "became_client", "not_now", "lost", "hurt"] = ""
    sort: Literal[
        "", "client", "-client", "received", "-received", "outcome", "-outcome",
        "new_person", "-new_person",
    ] = ""  # fmt: skip


class ReferralIn(In):
    """Who was introduced, by whom."""

    client_id: Id
    new_person: Name = Field(description="The name the client used; nothing else is kept of them.")
    on: Day | None = Field(None, description="Today when left out.")
    words: Text = ""
    ask_id: Id | None = Field(None, description="The ask it came of, if it came of one.")
    kind: Literal["", "ask", "ask_coworker"] = Field(
        "", description="Empty: that of the ask, or 'ask' without one."
    )


class ReferralOutcome(In):
    """What came of it."""

    outcome: Literal["became_client", "not_now", "lost"]
    on: Day | None = Field(None, description="Today when left out.")
    words: Text = ""


@route(router, "GET", "/referrals", Page[ReferralOut])
def list_referrals(request: Call, filters: Query[ReferralFilters]) -> Any:
    """List referrals received, latest first."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.referrals(**wanted), filters)


@route(router, "GET", "/referrals/{referral_id}", ReferralOut)
def get_referral(request: Call, referral_id: PathId) -> Any:
    """Get one referral received."""
    return queries.referral_by_id(referral_id)


@route(router, "POST", "/referrals", ReferralOut, status=201)
def receive_referral(request: Call, body: ReferralIn) -> Any:
    """Record that a client introduced somebody; thanks are owed from now on."""
    return services.receive_referral(by=request.auth.by, **body.sent())


@route(router, "POST", "/referrals/{referral_id}/outcome", ReferralOut)
def record_referral_outcome(request: Call, referral_id: PathId, body: ReferralOutcome) -> Any:
    """Record what came of a referral; thanks are owed again, whatever it is."""
    return services.record_outcome(by=request.auth.by, referral_id=referral_id, **body.sent())


class FoundInside(In):
    """How we know."""

    why: Text = ""


@route(router, "POST", "/referrals/{referral_id}/inside", ReferralOut)
def referral_found_inside(request: Call, referral_id: PathId, body: FoundInside) -> Any:
    """Record that the new person works at the giver's own company.

    From then on it is client to co-worker; refused while a reward goes with it.
    """
    return kinds.found_inside(by=request.auth.by, referral_id=referral_id, **body.sent())


class ThankYouFilters(Paging):
    """Which thank-yous."""

    search: Search = ""
    client_id: Whole | None = None
    state: Literal["", "owed", "overdue", "given"] = ""
    sort: Literal[
        "", "client", "-client", "owed", "-owed", "due", "-due", "given", "-given"
    ] = ""  # fmt: skip


class Thanks(In):
    """How and when they were thanked."""

    how: Line = Field("", description="A call, a card, lunch.")
    on: Day | None = Field(None, description="Today when left out.")


@route(router, "GET", "/thank-yous", Page[ThankYouOut])
def list_thank_yous(request: Call, filters: Query[ThankYouFilters]) -> Any:
    """List thank-yous, earliest due first."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(gratitude.thank_yous(**wanted), filters)


@route(router, "POST", "/thank-yous/{thank_you_id}/give", ThankYouOut)
def give_thanks(request: Call, thank_you_id: PathId, body: Thanks) -> Any:
    """Record that a client was thanked."""
    return gratitude_services.give_thanks(
        by=request.auth.by, thank_you_id=thank_you_id, **body.sent()
    )
