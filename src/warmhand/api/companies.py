"""Companies, and the times in which they aren't to be bothered."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Query, Router
from pydantic import Field

from warmhand.api.door import route
from warmhand.api.fields import (
    CompanyRef,
    Day,
    Id,
    In,
    Line,
    Name,
    Out,
    PathId,
    Search,
    left_out,
)
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.people import queries, services
from warmhand.apps.work import queries as work
from warmhand.apps.work import services as work_services

router = Router(tags=["companies"])
Month = Annotated[int, Field(ge=1, le=12)]
Sort = Literal[
    "name", "-name", "sector", "-sector", "country", "-country", "clients", "-clients",
    "added", "-added",
]  # fmt: skip


class CompanyOut(Out):
    """A company."""

    id: int
    name: str
    domain: str
    sector: str
    country: str
    city: str
    timezone: str
    language: str
    year_end_month: int | None = Field(description="1 to 12; tells their quarter ends.")
    parent: CompanyRef | None
    source: str
    source_ref: str


class CompanyFilters(Paging):
    """Which companies."""

    search: Search = ""
    sector: Search = ""
    country: Search = ""
    sort: Sort = "name"


class CompanyIn(In):
    """A new company."""

    name: Name
    domain: Line = ""
    sector: Line = Field("", max_length=120)
    country: Line = Field("", max_length=80)
    city: Line = Field("", max_length=120)
    timezone: Line = Field("", max_length=60)
    language: Line = Field("", max_length=12)
    year_end_month: Month | None = None
    parent_id: Id | None = None


class CompanyChange(In):
    """What is to change; what is left out stays."""

    name: Name = left_out()
    domain: Line = left_out()
    sector: Line = left_out()
    country: Line = left_out()
    city: Line = left_out()
    timezone: Line = left_out()
    language: Line = left_out()
    year_end_month: Month | None = left_out()
    parent_id: Id | None = left_out()


@route(router, "GET", "/companies", Page[CompanyOut])
def list_companies(request: Call, filters: Query[CompanyFilters]) -> Any:
    """List companies."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.companies(**wanted), filters)


@route(router, "GET", "/companies/{company_id}", CompanyOut)
def get_company(request: Call, company_id: PathId) -> Any:
    """Get one company."""
    return queries.company_by_id(company_id)


@route(router, "POST", "/companies", CompanyOut, status=201)
def add_company(request: Call, body: CompanyIn) -> Any:
    """Add a company."""
    return services.add_company(by=request.auth.by, **body.sent())


@route(router, "PATCH", "/companies/{company_id}", CompanyOut)
def change_company(request: Call, company_id: PathId, body: CompanyChange) -> Any:
    """Change what is said of a company."""
    services.change_company(by=request.auth.by, company_id=company_id, **body.sent())
    return queries.company_by_id(company_id)


class BusyTimeOut(Out):
    """A time in which nothing is asked."""

    id: int
    company: CompanyRef
    starts_on: dt.date
    ends_on: dt.date
    label: str
    kind: str = Field(description="busy or quarter_end.")


class BusyTimeIn(In):
    """The first and the last busy day."""

    starts_on: Day
    ends_on: Day
    label: Line = ""


@route(router, "GET", "/companies/{company_id}/busy-times", Page[BusyTimeOut])
def list_busy_times(request: Call, company_id: PathId, paging: Query[Paging]) -> Any:
    """List a company's busy times, earliest first."""
    queries.company_by_id(company_id)
    return paged(work.busy_times(company_id=company_id), paging)


@route(router, "POST", "/companies/{company_id}/busy-times", BusyTimeOut, status=201)
def set_busy_time(request: Call, company_id: PathId, body: BusyTimeIn) -> Any:
    """Note a busy time; those that it touches become one with it."""
    return work_services.set_busy_time(by=request.auth.by, company_id=company_id, **body.sent())
