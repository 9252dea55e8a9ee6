"""Review meetings: who is due, planned ones, and what a held one brought."""

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
    MemberRef,
    Moment,
    Name,
    Out,
    Score,
    Search,
    Text,
    Title,
    Truth,
    Whole,
)
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.reviews import queries as reviews
from warmhand.apps.reviews import services
from warmhand.apps.work import queries
from warmhand.apps.work import services as work

router = Router(tags=["reviews"])
MOST = services.MOST_LINES
Kind = Literal["", "lunch", "call", "visit"]


class ReviewOut(Out):
    """The meeting in which we show what we delivered and hear how it was."""

    id: int
    client: ClientRef
    member: MemberRef | None = Field(description="Who of us comes.")
    planned_on: dt.date | None
    starts_at: dt.datetime | None = Field(description="In UTC; null where only the day is known.")
    ends_at: dt.datetime | None
    kind: str = Field(description="lunch, call, visit or nothing.")
    place: str
    held_on: dt.date | None
    rating: int | None
    words: str


class ReviewFilters(Paging):
    """Which review meetings."""

    search: Search = ""
    client_id: Whole | None = None
    held: Truth | None = None
    sort: Literal["", "client", "-client", "planned", "-planned", "held", "-held"] = ""


class ReviewPromiseIn(In):
    """Something we promised in the meeting."""

    title: Title
    due_on: Day | None = None


class ReviewIn(In):
    """A meeting that was held, and what it brought; all of it is kept, or nothing."""

    client_id: Id
    review_id: Id | None = Field(None, description="The meeting that was planned, if one was.")
    on: Day | None = Field(None, description="Today when left out.")
    rating: Score | None = Field(None, description="It decides whether an ask is earned.")
    words: Text = ""
    needs: list[Title] = Field([], max_length=MOST, description="What others could serve.")
    needs_for_us: list[Title] = Field([], max_length=MOST, description="What we could serve.")
    colleagues: list[Name] = Field(
        [], max_length=MOST, description="Names that they mentioned; kept as keys of their ring."
    )
    promises: list[ReviewPromiseIn] = Field(
        [], max_length=MOST, description="Each is a commitment."
    )


class PlanIn(In):
    """A meeting that is arranged: its day, or its time."""

    client_id: Id
    on: Day | None = Field(None, description="The day, where no time is known.")
    starts_at: Moment | None = Field(None, description="The time, with its zone.")
    minutes: int = Field(60, ge=1, le=480)
    member_id: Id | None = Field(None, description="Who of us; left out: the key's maker.")
    kind: Kind = ""
    place: Line = ""


class ReviewReasonOut(Out):
    """Why a review is due."""

    code: str
    sentence: str


class DueOut(Out):
    """A client who is due for a review."""

    client: ClientRef
    reasons: list[ReviewReasonOut]
    first_good_day: dt.date = Field(description="A working day outside their busy times.")
    why_that_day: str
    comes_first: str | None = Field(description="A reason or move that comes before, or null.")
    comes_first_because: str | None


class DueFilters(Paging):
    """Who is due."""

    search: Search = ""
    keeper_id: Whole | None = None
    state: Literal["ready", "first", ""] = Field(
        "ready", description="first: something else comes first; empty for all who are due."
    )
    sort: Literal["", "client", "-client", "since", "-since"] = ""


@route(router, "GET", "/reviews", Page[ReviewOut])
def list_reviews(request: Call, filters: Query[ReviewFilters]) -> Any:
    """List review meetings, held or planned."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.reviews(**wanted), filters)


@route(router, "GET", "/reviews/due", Page[DueOut])
def list_reviews_due(request: Call, filters: Query[DueFilters]) -> Any:
    """List clients who are due for a review, the longest without one first."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(reviews.due(**wanted), filters)


@route(router, "POST", "/reviews", ReviewOut, status=201)
def hold_review(request: Call, body: ReviewIn) -> Any:
    """Record a review meeting that was held, with what it brought."""
    sent = body.sent()
    promised = [services.Promise(**each) for each in sent.pop("promises", [])]
    return services.hold_review(by=request.auth.by, promises=promised, **sent)


@route(router, "POST", "/reviews/plan", ReviewOut, status=201)
def plan_review(request: Call, body: PlanIn) -> Any:
    """Plan a review meeting; a member's planned meetings never overlap."""
    return work.plan_review(by=request.auth.by, **body.sent())
