"""Cases: concerns of clients, until they themselves confirm that they are solved."""

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
    Out,
    PathId,
    Search,
    Text,
    Title,
    Whole,
)
from warmhand.api.keys import Call
from warmhand.api.links import link_of
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.work import queries, services

router = Router(tags=["cases"])


class CaseOut(Out):
    """A concern of a client."""

    id: int
    client: ClientRef
    member: MemberRef | None
    title: str
    state: str = Field(description="open, resolved (we think so) or confirmed (they said so).")
    opened_on: dt.date
    resolved_on: dt.date | None
    confirmed_on: dt.date | None
    reopened_times: int
    source: str
    source_ref: str


class CaseFilters(Paging):
    """Which cases."""

    search: Search = ""
    client_id: Whole | None = None
    company_id: Whole | None = None
    state: Literal["", "open", "resolved", "confirmed"] = ""
    sort: Literal[
        "", "client", "-client", "title", "-title", "opened", "-opened", "resolved", "-resolved",
        "added", "-added",
    ] = ""  # fmt: skip


class CaseIn(In):
    """A concern; `source` and `source_ref` name it in another system."""

    client_id: Id
    title: Title
    on: Day | None = Field(None, description="The day it was opened; today when left out.")
    member_id: Id | None = Field(None, description="Who looks after it; left out: the key's maker.")
    source: Line = Field("", max_length=60)
    source_ref: Line = ""


class Step(In):
    """When, and why or in which words."""

    on: Day | None = Field(None, description="Today when left out.")
    why: Text = ""


class Reopening(In):
    """Why it isn't solved after all."""

    why: Text = ""


@route(router, "GET", "/cases", Page[CaseOut])
def list_cases(request: Call, filters: Query[CaseFilters]) -> Any:
    """List cases, latest opened first."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.cases(**wanted), filters)


@route(router, "GET", "/cases/{case_id}", CaseOut)
def get_case(request: Call, case_id: PathId) -> Any:
    """Get one case."""
    return queries.case_by_id(case_id)


@route(router, "POST", "/cases", CaseOut, status=201)
def open_case(request: Call, body: CaseIn) -> Any:
    """Open a case."""
    made = services.open_case(by=request.auth.by, **body.sent())
    return queries.case_by_id(made.pk)


@route(router, "POST", "/cases/{case_id}/resolve", CaseOut)
def resolve_case(request: Call, case_id: PathId, body: Step) -> Any:
    """Record that we think it is solved."""
    return services.resolve_case(by=request.auth.by, case_id=case_id, **body.sent())


@route(router, "POST", "/cases/{case_id}/confirm", CaseOut)
def confirm_case(request: Call, case_id: PathId, body: Step) -> Any:
    """Record that the client confirmed it as solved."""
    return services.confirm_case(by=request.auth.by, case_id=case_id, **body.sent())


@route(router, "POST", "/cases/{case_id}/reopen", CaseOut)
def reopen_case(request: Call, case_id: PathId, body: Reopening) -> Any:
    """Record that it isn't solved after all."""
    return services.reopen_case(by=request.auth.by, case_id=case_id, **body.sent())


class QuestionOut(Out):
    """A page for the client. The link is told in this answer and can't be looked up again."""

    case_id: int
    client_id: int
    link: str = Field(description="For the client alone: whoever holds it can answer.")
    expires_at: dt.datetime


@route(router, "POST", "/cases/{case_id}/question", QuestionOut, status=201, kept=False)
def ask_if_solved(request: Call, case_id: PathId) -> Any:
    """Make the link by which the client says whether a resolved case really is.

    Nothing is sent by this. Their yes confirms the case, their 'not yet' reopens it; reopened
    another way, the link opens nothing any more. Called again, it is the same link.
    """
    made = services.ask_if_solved(by=request.auth.by, case_id=case_id)
    return {
        "case_id": made.object_id,
        "client_id": made.client_id,
        "link": link_of(request, made, "web:public_case"),
        "expires_at": made.expires_at,
    }
