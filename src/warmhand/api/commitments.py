"""Commitments: agreed, delivered, and how the client feels about it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

from ninja import Query, Router
from pydantic import Field

from warmhand.api.door import route
from warmhand.api.fields import (
    Amount,
    ClientRef,
    CompanyRef,
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
    left_out,
)
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.api.ratings import Opinion, RatingOut
from warmhand.apps.work import queries, services
from warmhand.problems import Invalid

router = Router(tags=["commitments"])
Kind = Literal["sale", "order", "project", "trial", "promise", "information"]
Evidence = Literal["none", "link", "file", "figure"]
Currency = Line


class CommitmentOut(Out):
    """Something agreed with a client or a company."""

    id: int
    client: ClientRef | None
    company: CompanyRef | None
    member: MemberRef | None
    kind: str
    title: str
    target: str
    agreed_on: dt.date | None
    agreed_by: str
    due_on: dt.date | None
    delivered_on: dt.date | None
    late: bool
    evidence_kind: str
    evidence: str
    cancelled_on: dt.date | None
    value: Decimal | None
    currency: str
    source: str
    source_ref: str


class CommitmentFilters(Paging):
    """Which commitments."""

    search: Search = ""
    client_id: Whole | None = None
    company_id: Whole | None = None
    state: Literal["", "open", "overdue", "delivered", "late", "cancelled"] = ""
    kind: Literal["", "sale", "order", "project", "trial", "promise", "information"] = ""
    sort: Literal[
        "", "client", "-client", "title", "-title", "agreed", "-agreed", "due", "-due",
        "delivered", "-delivered", "added", "-added",
    ] = ""  # fmt: skip


class CommitmentIn(In):
    """What was agreed, with a client or with a company."""

    client_id: Id | None = None
    company_id: Id | None = None
    member_id: Id | None = Field(None, description="Who of us agreed; left out: the key's maker.")
    kind: Kind = "promise"
    title: Title
    target: Text = ""
    agreed_on: Day | None = Field(None, description="Today when left out.")
    agreed_by: Line = ""
    due_on: Day | None = None
    delivered_on: Day | None = None
    evidence_kind: Evidence = "none"
    evidence: Text = ""
    value: Amount | None = None
    currency: Currency = Field("", max_length=3)


class CommitmentChange(In):
    """What is to change; what is left out stays."""

    kind: Kind = left_out()
    title: Title = left_out()
    target: Text = left_out()
    agreed_on: Day = left_out()
    agreed_by: Line = left_out()
    due_on: Day | None = left_out()
    delivered_on: Day | None = left_out()
    evidence_kind: Evidence = left_out()
    evidence: Text = left_out()
    value: Amount | None = left_out()
    currency: Line = left_out()
    why: Text = ""


class Delivery(In):
    """When, and what shows it."""

    on: Day | None = Field(None, description="Today when left out.")
    evidence_kind: Evidence | Literal[""] = ""
    evidence: Text = Field("", description="A link, a file's name or a figure.")
    why: Text = ""


class Cancellation(In):
    """When it was called off, and why."""

    on: Day | None = None
    why: Text = ""


@route(router, "GET", "/commitments", Page[CommitmentOut])
def list_commitments(request: Call, filters: Query[CommitmentFilters]) -> Any:
    """List commitments, latest agreed first."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.commitments(**wanted), filters)


@route(router, "GET", "/commitments/{commitment_id}", CommitmentOut)
def get_commitment(request: Call, commitment_id: PathId) -> Any:
    """Get one commitment."""
    return queries.commitment_by_id(commitment_id)


@route(router, "POST", "/commitments", CommitmentOut, status=201)
def agree_commitment(request: Call, body: CommitmentIn) -> Any:
    """Record what was agreed."""
    made = services.agree_commitment(by=request.auth.by, **body.sent())
    return queries.commitment_by_id(made.pk)


@route(router, "PATCH", "/commitments/{commitment_id}", CommitmentOut)
def change_commitment(request: Call, commitment_id: PathId, body: CommitmentChange) -> Any:
    """Change what is said of a commitment."""
    services.change_commitment(by=request.auth.by, commitment_id=commitment_id, **body.sent())
    return queries.commitment_by_id(commitment_id)


@route(router, "POST", "/commitments/{commitment_id}/deliver", CommitmentOut)
def deliver_commitment(request: Call, commitment_id: PathId, body: Delivery) -> Any:
    """Record that it was delivered, with what shows it."""
    return services.deliver_commitment(
        by=request.auth.by, commitment_id=commitment_id, **body.sent()
    )


@route(router, "POST", "/commitments/{commitment_id}/cancel", CommitmentOut)
def cancel_commitment(request: Call, commitment_id: PathId, body: Cancellation) -> Any:
    """Record that it is off, agreed with the client."""
    return services.cancel_commitment(
        by=request.auth.by, commitment_id=commitment_id, **body.sent()
    )


@route(router, "POST", "/commitments/{commitment_id}/rate", RatingOut, status=201)
def rate_commitment(request: Call, commitment_id: PathId, body: Opinion) -> Any:
    """Record how happy the client is with what was delivered."""
    commitment = queries.commitment_by_id(commitment_id)
    if commitment.client_id is None:
        raise Invalid.at("client_id", "This was agreed with a company: name the client first.")
    return services.rate(
        by=request.auth.by,
        client_id=commitment.client_id,
        commitment_id=commitment_id,
        **body.sent(),
    )
