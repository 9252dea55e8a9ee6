"""Clients: who they are, how to reach them, what they wish."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Query, Router
from pydantic import Field

from warmhand.api.door import route
from warmhand.api.fields import (
    CompanyRef,
    Day,
    Id,
    In,
    Line,
    Many,
    MemberRef,
    Out,
    PathId,
    Search,
    Text,
    Truth,
    Whole,
    left_out,
)
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.people import queries, services

router = Router(tags=["clients"])
Sort = Literal[
    "name",
    "-name",
    "company",
    "-company",
    "keeper",
    "-keeper",
    "since",
    "-since",
    "added",
    "-added",
]


class ContactPointOut(Out):
    """An e-mail address or a phone number."""

    id: int
    kind: str = Field(description="email or phone.")
    value: str = Field(description="Normalised: lower case, or E.164.")
    label: str
    is_primary: bool


class ClientOut(Out):
    """A client."""

    id: int
    title: str = Field(description="The name, or whose contact it is while nobody is named.")
    name: str
    company: CompanyRef | None
    job_title: str
    department: str
    language: str
    timezone: str
    keeper: MemberRef | None
    client_since: dt.date | None
    do_not_ask: bool
    do_not_ask_until: dt.date | None
    do_not_ask_why: str
    notes: str
    contact_points: Many[ContactPointOut]
    source: str
    source_ref: str


class ClientFilters(Paging):
    """Which clients."""

    search: Search = Field("", description="Words in name, company, job, e-mail or phone.")
    company_id: Whole | None = None
    keeper_id: Whole | None = None
    team: Search = ""
    do_not_ask: Truth | None = None
    sort: Sort = "name"


class ClientIn(In):
    """A new client: a name, or a company whose contact isn't named yet."""

    name: Line = ""
    company_id: Id | None = None
    job_title: Line = ""
    department: Line = ""
    language: Line = ""
    timezone: Line = ""
    keeper_id: Id | None = None
    client_since: Day | None = None
    notes: Text = ""
    email: Line = ""
    phone: Line = ""
    why: Text = ""


class ClientChange(In):
    """What is to change; what is left out stays."""

    name: Line = left_out()
    company_id: Id | None = left_out()
    job_title: Line = left_out()
    department: Line = left_out()
    language: Line = left_out()
    timezone: Line = left_out()
    keeper_id: Id | None = left_out()
    client_since: Day | None = left_out()
    notes: Text = left_out()
    why: Text = ""


@route(router, "GET", "/clients", Page[ClientOut])
def list_clients(request: Call, filters: Query[ClientFilters]) -> Any:
    """List clients."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.clients(**wanted), filters)


@route(router, "GET", "/clients/{client_id}", ClientOut)
def get_client(request: Call, client_id: PathId) -> Any:
    """Get one client."""
    return queries.client_by_id(client_id)


@route(router, "POST", "/clients", ClientOut, status=201)
def add_client(request: Call, body: ClientIn) -> Any:
    """Add a client."""
    made = services.add_client(by=request.auth.by, **body.sent())
    return queries.client_by_id(made.pk)


@route(router, "PATCH", "/clients/{client_id}", ClientOut)
def change_client(request: Call, client_id: PathId, body: ClientChange) -> Any:
    """Change what is said of a client."""
    services.change_client(by=request.auth.by, client_id=client_id, **body.sent())
    return queries.client_by_id(client_id)


class ContactPointIn(In):
    """An address or number; a national number is read by the company's country."""

    kind: Literal["email", "phone"]
    value: Line
    label: Line = Field("", max_length=60)
    is_primary: bool = False


@route(router, "POST", "/clients/{client_id}/contact-points", ContactPointOut, status=201)
def add_contact_point(request: Call, client_id: PathId, body: ContactPointIn) -> Any:
    """Add an e-mail address or a phone number to a client."""
    return services.add_contact_point(by=request.auth.by, client_id=client_id, **body.sent())
