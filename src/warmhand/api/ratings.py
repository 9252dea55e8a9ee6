"""How clients feel: ratings and surveys."""

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
    Out,
    PathId,
    Score,
    Search,
    Text,
    Truth,
    Whole,
)
from warmhand.api.keys import Call
from warmhand.api.links import link_of
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.work import queries, services

router = Router(tags=["ratings"])


class RatingOut(Out):
    """What a client said, 0 (worst) to 10 (best)."""

    id: int
    client: ClientRef
    on: dt.date
    score: int
    words: str
    source: str = Field(description="commitment, review, survey, case or note.")
    commitment_id: int | None
    case_id: int | None
    survey_id: int | None
    review_id: int | None
    recovered_on: dt.date | None = Field(description="The day we made it good again.")


class RatingFilters(Paging):
    """Which ratings."""

    search: Search = ""
    client_id: Whole | None = None
    company_id: Whole | None = None
    at_most: Whole | None = Field(None, ge=0, le=10)
    not_made_good: Truth = False
    sort: Literal["", "client", "-client", "on", "-on", "score", "-score", "added", "-added"] = ""


class Opinion(In):
    """A score, the day and the words."""

    score: Score
    on: Day | None = Field(None, description="Today when left out.")
    words: Text = Field("", description="In their own words.")


class RatingIn(Opinion):
    """A client's rating: of one thing, or said in passing."""

    client_id: Id
    commitment_id: Id | None = None
    case_id: Id | None = None
    review_id: Id | None = None


class Recovery(In):
    """When and how it was made good."""

    on: Day | None = Field(None, description="Today when left out.")
    why: Text = Field("", description="How it was made good.")


@route(router, "GET", "/ratings", Page[RatingOut])
def list_ratings(request: Call, filters: Query[RatingFilters]) -> Any:
    """List ratings, newest first."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.ratings(**wanted), filters)


@route(router, "POST", "/ratings", RatingOut, status=201)
def rate(request: Call, body: RatingIn) -> Any:
    """Record a rating; an unhappy one stops asks at once."""
    return services.rate(by=request.auth.by, **body.sent())


@route(router, "POST", "/ratings/{rating_id}/recover", RatingOut)
def recover_rating(request: Call, rating_id: PathId, body: Recovery) -> Any:
    """Record that we made good what made the client unhappy."""
    return services.recover_rating(by=request.auth.by, rating_id=rating_id, **body.sent())


class SurveyOut(Out):
    """Four answers kept apart, 0 to 10 each, null where they left one out."""

    id: int
    client: ClientRef
    sent_on: dt.date | None
    answered_on: dt.date | None
    satisfied: int | None
    would_recommend: int | None
    would_be_reference: int | None
    would_introduce: int | None
    words: str


class SurveyFilters(Paging):
    """Which surveys."""

    search: Search = ""
    client_id: Whole | None = None
    answered: Truth | None = None
    sort: Literal["", "client", "-client", "sent", "-sent", "answered", "-answered"] = ""


class SurveyIn(In):
    """What a client answered."""

    client_id: Id
    survey_id: Id | None = Field(None, description="The survey that was sent, if one was.")
    on: Day | None = Field(None, description="Today when left out.")
    satisfied: Score | None = None
    would_recommend: Score | None = None
    would_be_reference: Score | None = None
    would_introduce: Score | None = None
    words: Text = ""


@route(router, "GET", "/surveys", Page[SurveyOut])
def list_surveys(request: Call, filters: Query[SurveyFilters]) -> Any:
    """List surveys, latest answered first."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.surveys(**wanted), filters)


@route(router, "POST", "/surveys", SurveyOut, status=201)
def record_survey(request: Call, body: SurveyIn) -> Any:
    """Record what a client answered; a satisfaction becomes a rating."""
    return services.record_survey(by=request.auth.by, **body.sent())


class InvitationIn(In):
    """Whom to ask the four questions."""

    client_id: Id


class InvitationOut(Out):
    """A page for the client. The link is told in this answer and can't be looked up again."""

    survey_id: int
    client_id: int
    link: str = Field(description="For the client alone: whoever holds it can answer.")
    expires_at: dt.datetime


@route(router, "POST", "/surveys/invitations", InvitationOut, status=201, kept=False)
def invite_to_survey(request: Call, body: InvitationIn) -> Any:
    """Make the link to a page of four questions for a client.

    Nothing is sent by this. Called again while the link waits for an answer, it is the same link;
    so no Idempotency-Key is needed, and none is taken.
    """
    made = services.invite_to_survey(by=request.auth.by, client_id=body.client_id)
    return {
        "survey_id": made.object_id,
        "client_id": made.client_id,
        "link": link_of(request, made, "web:public_survey"),
        "expires_at": made.expires_at,
    }
