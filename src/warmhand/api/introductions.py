"""Introductions: reading them, and the acts that a colleague records (P32, P33)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Query, Router
from pydantic import Field, field_validator
from pydantic import StringConstraints as Limits

from warmhand.api.door import route
from warmhand.api.fields import ClientRef, Id, In, MemberRef, Out, PathId, Search, Text, Whole
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.api.quality import Plain
from warmhand.apps.connections.door import public_origin
from warmhand.apps.introductions import queries, services

router = Router(tags=["giving"])
Words = Annotated[str, Limits(strip_whitespace=True, min_length=1, max_length=10_000)]
Fact = Literal[
    "need", "context", "company", "place", "language", "urgency", "name", "phone", "email"
]
State = Literal[
    "", "open", "waiting_for_client", "to_tell", "draft", "asked", "seeking", "connected", "card",
    "declined", "withdrawn", "stopped",
]  # fmt: skip


class CandidateOut(Out):
    """A provider on the list, in their order."""

    id: int
    provider_id: int
    provider: str
    place: int
    state: str
    asked_at: dt.datetime | None
    answer_by: dt.datetime | None
    answered_at: dt.datetime | None
    reason: str
    must_be_told: bool = Field(description="They held something when the consent was taken back.")

    @field_validator("provider", mode="before")
    @classmethod
    def _named(cls, value: Any) -> str:
        return str(value)


class IntroductionOut(Out):
    """An introduction, without the details that only the two sides may see."""

    id: int
    client: ClientRef
    member: MemberRef | None
    need_id: int | None
    state: str
    need_words: str
    context: str
    why_confident: str
    expects_call: bool
    tells: list[str] = Field(description="Proposed before the yes, allowed after it.")
    relation: str
    consent_at: dt.datetime | None
    consent_via: str
    ended_at: dt.datetime | None
    ended_why: str
    given_id: int | None = Field(description="The referral given that came of it.")
    candidates: list[CandidateOut]
    quality: Plain

    @field_validator("candidates", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> list[Any]:
        return list(value.all()) if hasattr(value, "all") else value


class IntroductionFilters(Paging):
    """Which introductions."""

    search: Search = ""
    client_id: Whole | None = None
    state: State = ""
    sort: Literal["", "client", "-client", "added", "-added", "state", "-state"] = ""


class IntroductionIn(In):
    """To whom, and what is said. Nobody is told anything by this."""

    client_id: Id
    provider_ids: Annotated[list[Id], Field(min_length=1, max_length=services.MOST)]
    need_words: Words
    need_id: Id | None = None
    why_confident: Text = ""
    context: Text = ""
    expects_call: bool = True
    tells: Annotated[list[Fact], Field(max_length=9)] = []
    relation: Annotated[str, Limits(strip_whitespace=True, max_length=80)] = Field(
        "", description="Who it is to the client where it isn't the client; no name."
    )
    need_for_other: bool | None = Field(
        None,
        description="With `relation`: the need on record is theirs alone, and forgotten with them "
        "(true), or the client's own as well (false).",
    )


class Yes(In):
    """What the client agreed to on the spot."""

    tells: Annotated[list[Fact], Field(max_length=9)]
    words: Text = ""
    wants_mail: bool = False


class Why(In):
    """In words."""

    words: Text = ""


@route(router, "GET", "/introductions", Page[IntroductionOut])
def list_introductions(request: Call, filters: Query[IntroductionFilters]) -> Any:
    """List introductions, newest first."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.introductions(**wanted), filters)


@route(router, "GET", "/introductions/{introduction_id}", IntroductionOut)
def get_introduction(request: Call, introduction_id: PathId) -> Any:
    """One introduction with its candidates."""
    return queries.introduction_by_id(introduction_id)


@route(router, "POST", "/introductions", IntroductionOut, status=201)
def start_introduction(request: Call, body: IntroductionIn) -> Any:
    """Begin an introduction; the client is asked next."""
    made = services.start(by=request.auth.by, origin=public_origin(request), **body.sent())
    return queries.introduction_by_id(made.pk)


@route(router, "POST", "/introductions/{introduction_id}/yes", IntroductionOut)
def consent_to_introduction(request: Call, introduction_id: PathId, body: Yes) -> Any:
    """Record the yes that a client said on the spot."""
    services.say_yes(by=request.auth.by, introduction_id=introduction_id, **body.sent())
    return queries.introduction_by_id(introduction_id)


@route(router, "POST", "/introductions/{introduction_id}/no", IntroductionOut)
def refuse_introduction(request: Call, introduction_id: PathId, body: Why) -> Any:
    """Record the no that a client said on the spot."""
    services.say_no(by=request.auth.by, introduction_id=introduction_id, **body.sent())
    return queries.introduction_by_id(introduction_id)


@route(router, "POST", "/introductions/{introduction_id}/withdrawal", IntroductionOut)
def withdraw_introduction(request: Call, introduction_id: PathId, body: Why) -> Any:
    """Record that the client takes the consent back: it is gone from every page at once."""
    services.take_back(by=request.auth.by, introduction_id=introduction_id, **body.sent())
    return queries.introduction_by_id(introduction_id)


@route(router, "POST", "/introductions/candidates/{candidate_id}/handed-over", IntroductionOut)
def hand_over_brief(request: Call, candidate_id: PathId) -> Any:
    """Record that the brief was handed to the provider whose turn it is; their days begin."""
    services.hand_over(by=request.auth.by, candidate_id=candidate_id)
    return queries.introduction_by_id(queries.candidate_by_id(candidate_id).introduction_id)


@route(router, "POST", "/introductions/candidates/{candidate_id}/told", IntroductionOut)
def tell_of_withdrawal(request: Call, candidate_id: PathId) -> Any:
    """Record that a provider was told of the withdrawal."""
    services.tell_withdrawal(by=request.auth.by, candidate_id=candidate_id)
    return queries.introduction_by_id(queries.candidate_by_id(candidate_id).introduction_id)
