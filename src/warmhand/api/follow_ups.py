"""What came of referrals given: what is due, what both sides say, what it adds up to."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Query, Router
from pydantic import Field

from warmhand.api.door import route
from warmhand.api.fields import (
    ClientRef,
    Day,
    In,
    MemberRef,
    Out,
    PathId,
    Search,
    Text,
    Whole,
)
from warmhand.api.keys import Call
from warmhand.api.links import link_of
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.followups import queries, services

router = Router(tags=["follow-ups"])
Side = Literal["client", "provider"]


class FollowUpDueOut(Out):
    """A question that a side of a referral is to be asked."""

    referral_given_id: int
    client: ClientRef
    provider: str
    side: str = Field(description="Who is to be asked: client or provider.")
    number: int = Field(description="1, 2 or 3: the first, second or third follow-up.")
    due_on: dt.date
    state: str = Field(description="today, overdue, waiting (asked, no answer yet) or coming.")
    asked_on: dt.date | None
    responsible: MemberRef | None = Field(
        description="Who gave the referral, else who cares for the client."
    )


class FollowUpDueFilters(Paging):
    """Which follow-ups; those due today and before, unless a state is named."""

    search: Search = ""
    state: Literal["now", "today", "overdue", "waiting", "coming", "any"] = "now"
    side: Literal["", "client", "provider"] = ""
    member_id: Whole | None = None
    client_id: Whole | None = None
    sort: Literal["", "due", "-due", "client", "-client", "provider", "-provider"] = ""


class FollowUpAnswerIn(In):
    """What a side said. Something has to be said."""

    side: Side
    business: Literal["", "yes", "not_yet", "no"] = Field(
        "", description="Are they doing business? 'no': nothing came of it."
    )
    happy: bool | None = None
    again: bool | None = Field(None, description="Would they be introduced again?")
    words: Text = ""
    may_tell: bool = Field(False, description="The other side may hear it, without the words.")
    no_more: bool = Field(False, description="It is over, or they wish not to be asked again.")
    on: Day | None = Field(None, description="The day they said it; today when left out.")


class AnswerOut(Out):
    """What a side said, and when."""

    id: int
    referral_given_id: int = Field(validation_alias="referral_id")
    side: str
    number: int = Field(validation_alias="round", description="0: heard in between.")
    asked_on: dt.date | None
    answered_on: dt.date | None
    business: str
    happy: bool | None
    again: bool | None
    words: str
    may_tell: bool
    no_more: bool


class CameOut(Out):
    """What came of a referral."""

    state: str = Field(
        description="no_answer, talking, business, happy, unhappy or nothing (came of it)."
    )
    did_business: bool
    both_do_business: bool
    last_heard: dt.date | None
    answers: list[AnswerOut] = Field(description="Newest first, with questions not answered yet.")


class LinkIn(In):
    """Whom to ask."""

    side: Side
    provider_knows: bool = Field(
        False, description="The provider knows already that this client was sent to them."
    )


class LinkOut(Out):
    """A page for one side. The link is told in this answer and can't be looked up again."""

    referral_given_id: int
    side: str
    link: str = Field(description="For that side alone: whoever holds it can answer.")
    expires_at: dt.datetime


@route(router, "GET", "/follow-ups", Page[FollowUpDueOut])
def list_follow_ups_due(request: Call, filters: Query[FollowUpDueFilters]) -> Any:
    """List follow-ups that are due, the longest due first."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.due(**wanted), filters)


@route(router, "GET", "/referrals-given/{referral_given_id}/came-of-it", CameOut)
def get_what_came_of_it(request: Call, referral_given_id: PathId) -> Any:
    """Tell what came of a referral given, and what each side said."""
    pk = queries.given_with_sides(referral_given_id).pk
    standing = queries.standings_of([pk])[pk]
    return {
        "state": standing.state.value,
        "did_business": standing.did_business,
        "both_do_business": standing.both_do_business,
        "last_heard": standing.last_heard,
        "answers": queries.follow_ups_of([pk]).get(pk, []),
    }


@route(router, "POST", "/referrals-given/{referral_given_id}/answers", AnswerOut, status=201)
def record_follow_up(request: Call, referral_given_id: PathId, body: FollowUpAnswerIn) -> Any:
    """Record what a side of a referral says; an unhappy client is to be won back first."""
    return services.note_answer(
        by=request.auth.by, referral_given_id=referral_given_id, **body.sent()
    )


@route(
    router,
    "POST",
    "/referrals-given/{referral_given_id}/follow-up-links",
    LinkOut,
    status=201,
    kept=False,
)
def ask_side(request: Call, referral_given_id: PathId, body: LinkIn) -> Any:
    """Make the link to a page on which a side says how it goes.

    Nothing is sent by this. Called again while the link waits for an answer, it is the same link;
    so no Idempotency-Key is needed, and none is taken.
    """
    made = services.ask_side(by=request.auth.by, referral_given_id=referral_given_id, **body.sent())
    return {
        "referral_given_id": referral_given_id,
        "side": body.side,
        "link": link_of(request, made, "web:public_follow_up"),
        "expires_at": made.expires_at,
    }
