"""Asks: recorded where they are earned, one at a time, each to its outcome."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Query, Router
from pydantic import Field

from warmhand.api.door import route
from warmhand.api.fields import (
    ClientRef,
    Day,
    Id,
    In,
    Line,
    MemberRef,
    Out,
    PathId,
    Text,
    Whole,
)
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.asks import queries, services
from warmhand.apps.moves import names
from warmhand.apps.moves import services as moves
from warmhand.apps.referrals import kinds

router = Router(tags=["asks"])


class AskOut(Out):
    """One ask."""

    id: int
    client: ClientRef
    member: MemberRef | None
    case_id: int | None
    kind: str = Field(description="ask, ask_coworker or ask_more.")
    moment: str = Field(description="case, review or other: when it was made.")
    channel: str
    formality: str = Field(description="relaxed, neutral or formal; empty where nobody noted it.")
    variant: str = Field(description="The key of the composed wording, or own.")
    words: str
    asked_on: dt.date
    asked_at: dt.datetime
    outcome: str = Field(description="Empty while it is open.")
    outcome_on: dt.date | None
    later_on: dt.date | None
    follow_up_on: dt.date | None = Field(
        description="When we ask how a promised introduction stands."
    )
    offer_id: int | None = Field(description="What they took to pass on, where they did.")
    outcome_words: str
    resolved_confirmed: bool | None
    trust_confirmed: bool | None
    help_offered: bool | None
    policy_number: int = Field(description="The version of the policy that it rested on.")


class AskFilters(Paging):
    """Which asks."""

    client_id: Whole | None = None


class AskIn(In):
    """An ask that is made now."""

    client_id: Id
    kind: Literal["ask", "ask_coworker", "ask_more"] = "ask"
    moment: Literal["", "case", "review", "other"] = Field(
        "", description="Empty: found from the records (a case just confirmed, a review just held)."
    )
    channel: Literal["spoken", "email", "chat"] = "spoken"
    formality: Literal["", "relaxed", "neutral", "formal"] = ""
    variant: Annotated[str, Field(max_length=60)] = Field(
        "", description="The key of the composed wording, or 'own' for the person's own words."
    )
    words: Text = ""
    case_id: Id | None = Field(None, description="The case it follows, if it follows one.")


class AskOutcome(In):
    """How it ended, with the three things that asking itself brings."""

    outcome: Literal["name", "will_introduce", "passed_on", "later", "no", "not_asked"]
    words: Text = Field("", description="In their words; needed with 'not_asked': why.")
    later_on: Day | None = Field(None, description="Needed with 'later': the day to come back.")
    follow_up_on: Day | None = Field(
        None, description="With 'will_introduce': the day to ask how it stands."
    )
    offer_id: Id | None = Field(None, description="Needed with 'passed_on': which offer.")
    new_person: Line = Field("", description="Needed with 'name': the name they gave.")
    resolved_confirmed: bool | None = None
    trust_confirmed: bool | None = None
    help_offered: bool | None = None


@route(router, "GET", "/asks", Page[AskOut])
def list_asks(request: Call, filters: Query[AskFilters]) -> Any:
    """List asks, newest first."""
    found = queries.asks()
    if filters.client_id is not None:
        found = found.filter(client_id=filters.client_id)
    return paged(found, filters)


@route(router, "GET", "/asks/{ask_id}", AskOut)
def get_ask(request: Call, ask_id: PathId) -> Any:
    """Get one ask."""
    return queries.ask_by_id(ask_id)


@route(router, "POST", "/asks", AskOut, status=201)
def record_ask(request: Call, body: AskIn) -> Any:
    """Record that we ask a client now: refused where it isn't earned, or somebody asked already."""
    return names.record_ask(by=request.auth.by, **body.sent())


@route(router, "POST", "/asks/{ask_id}/outcome", AskOut)
def record_ask_outcome(request: Call, ask_id: PathId, body: AskOutcome) -> Any:
    """Record how an ask ended; a name becomes a referral received, and thanks are owed for it."""
    return moves.answer_ask(by=request.auth.by, ask_id=ask_id, **body.sent())


class AskKind(In):
    """Of which kind an ask was."""

    kind: Literal["ask", "ask_coworker", "ask_more"]
    why: Text = ""


class FollowUp(In):
    """The next day to ask how a promised introduction stands; null: nothing to wait for."""

    on: Day | None
    words: Text = ""


@route(router, "POST", "/asks/{ask_id}/kind", AskOut)
def change_ask_kind(request: Call, ask_id: PathId, body: AskKind) -> Any:
    """Record that an ask was of another kind; refused while a reward goes with it."""
    return kinds.change_kind(by=request.auth.by, ask_id=ask_id, **body.sent())


@route(router, "POST", "/asks/{ask_id}/follow-up", AskOut)
def set_follow_up(request: Call, ask_id: PathId, body: FollowUp) -> Any:
    """Set the next day to ask how a promised introduction stands."""
    return services.set_follow_up(by=request.auth.by, ask_id=ask_id, **body.sent())
