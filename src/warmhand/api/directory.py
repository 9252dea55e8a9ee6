"""The directory: providers, what they do, who vouches; what clients do well (P30, P31)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Query, Router
from pydantic import Field
from pydantic import StringConstraints as Limits

from warmhand.api.door import route
from warmhand.api.fields import (
    ClientRef,
    Day,
    Id,
    In,
    Line,
    Many,
    MemberRef,
    Name,
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
from warmhand.apps.directory import queries, services

router = Router(tags=["directory"])
Words = Annotated[str, Limits(strip_whitespace=True, min_length=1, max_length=10_000)]
Code = Annotated[str, Limits(strip_whitespace=True, max_length=12)]
North = Annotated[float, Field(ge=-90, le=90)]
East = Annotated[float, Field(ge=-180, le=180)]
Price = Literal[1, 2, 3, 4]
Capacity = Literal["open", "limited", "full"]
Kind = Literal["firm", "person"]
Basis = Literal["worked", "client", "known"]
_CODE = "A code of NAICS 2022."


class ServiceOut(Out):
    """Something a provider does."""

    id: int
    provider_id: int
    name: str
    words: str
    category: str = Field(description=_CODE)


class VouchOut(Out):
    """Who of us answers for a provider, and why one can be confident."""

    id: int
    provider_id: int
    member: MemberRef
    why_confident: str
    basis: str
    since: dt.date


class ProviderOut(Out):
    """A firm or person to whom a client may be sent, as they stand today."""

    id: int
    name: str
    kind: str
    client_id: int | None = Field(description="The client of ours that they are.")
    contact_name: str
    email: str
    phone: str
    website: str
    about: str
    street: str
    city: str
    postcode: str
    country: str
    latitude: float | None
    longitude: float | None
    reach_km: int | None
    languages: list[str]
    capacity: str
    away_from: dt.date | None
    away_until: dt.date | None
    licence: str
    licence_until: dt.date | None
    price: int | None = Field(description="1 (low) to 4 (highest).")
    why_confident: str
    is_public: bool
    public_words: str
    takes: bool = Field(description="Somebody can be sent now: not full, at home, licence holds.")
    away_now: bool
    licence_ended: bool
    km: float | None = Field(None, description="As the crow flies, where `near` was asked.")
    same_area: bool = Field(False, description="Near by, where no coordinates are known.")
    services: Many[ServiceOut]
    vouches: Many[VouchOut]


class ProviderFilters(Paging):
    """Which providers."""

    search: Search = Field("", description="By words, then by meaning.")
    category: Code = Field("", description=f"{_CODE} Its beginning is enough.")
    language: Annotated[str, Field(max_length=12)] = ""
    takes: Truth | None = None
    price_at_most: Annotated[Whole, Field(ge=1, le=4)] | None = None
    licence: Literal["", "valid", "soon", "ended", "none"] = ""
    vouched: Truth | None = None
    vouched_by_id: Whole | None = None
    is_public: Truth | None = None
    near: Search = Field("", description="A postcode, a city, or `latitude, longitude`.")
    within_km: Annotated[Whole, Field(ge=0, le=20_040)] | None = None
    client_id: Whole | None = None
    sort: Literal[
        "", "name", "-name", "city", "-city", "vouches", "-vouches", "added", "-added"
    ] = ""


class ProviderFacts(In):
    """What can be said of a provider."""

    kind: Kind = left_out()
    contact_name: Line = left_out()
    email: Annotated[str, Limits(strip_whitespace=True, max_length=254)] = left_out()
    phone: Annotated[str, Limits(strip_whitespace=True, max_length=40)] = left_out()
    website: Line = left_out()
    about: Text = left_out()
    street: Line = left_out()
    city: Annotated[str, Limits(strip_whitespace=True, max_length=120)] = left_out()
    postcode: Annotated[str, Limits(strip_whitespace=True, max_length=16)] = left_out()
    country: Annotated[str, Limits(strip_whitespace=True, max_length=2)] = left_out()
    latitude: North | None = None
    longitude: East | None = None
    reach_km: Annotated[int, Field(ge=0, le=32_767)] | None = None
    languages: Annotated[list[Annotated[str, Field(max_length=12)]], Field(max_length=30)] = (
        left_out()
    )
    capacity: Capacity = left_out()
    away_from: Day | None = None
    away_until: Day | None = None
    licence: Annotated[str, Limits(strip_whitespace=True, max_length=120)] = left_out()
    licence_until: Day | None = None
    price: Price | None = None
    why_confident: Text = left_out()
    hears_from_us_since: Day | None = Field(None, description="Agreed to mails from us on.")
    is_public: bool = left_out()
    public_words: Text = left_out()


class ProviderIn(ProviderFacts):
    """A provider, and the names of what they do."""

    name: Name
    client_id: Id | None = None
    offers: Annotated[list[Name], Field(max_length=50)] = left_out()


class ProviderChange(ProviderFacts):
    """What is left out stays as it is."""

    name: Name = left_out()


class ServiceIn(In):
    """Something a provider does."""

    name: Name
    words: Text = ""
    category: Code = Field("", description=_CODE)


class VouchIn(In):
    """Who answers for a provider, and why one can be confident."""

    why_confident: Words
    basis: Basis = "worked"
    since: Day | None = Field(None, description="Today when left out.")
    member_id: Id | None = Field(None, description="Needed where a key has no member.")


class ExpertiseOut(Out):
    """What a client does for their own clients, and could do for another of ours."""

    id: int
    client: ClientRef
    words: str
    category: str
    may_pass_on: bool | None = Field(description="Null: the client hasn't been asked.")
    noted_on: dt.date


class ExpertiseFilters(Paging):
    """Which expertise."""

    search: Search = ""
    client_id: Whole | None = None
    category: Code = ""
    state: Literal["", "yes", "no", "unasked"] = ""
    sort: Literal["", "client", "-client", "noted", "-noted"] = ""


class ExpertiseIn(In):
    """What a client does well."""

    client_id: Id
    words: Words
    category: Code = Field("", description=_CODE)
    may_pass_on: bool | None = None
    on: Day | None = Field(None, description="Today when left out.")


class ExpertiseChange(In):
    """What is left out stays as it is."""

    words: Words = left_out()
    category: Code = left_out()
    may_pass_on: bool | None = None


@route(router, "GET", "/providers", Page[ProviderOut])
def list_providers(request: Call, filters: Query[ProviderFilters]) -> Any:
    """List providers as they stand today: by name, by fit to `search`, or the nearest first."""
    return paged(queries.providers(**filters.model_dump(exclude={"page", "per_page"})), filters)


@route(router, "POST", "/providers", ProviderOut, status=201)
def add_provider(request: Call, body: ProviderIn) -> Any:
    """Add a provider to the directory."""
    return _told(services.add_provider(by=request.auth.by, **body.sent()).pk)


@route(router, "GET", "/providers/{provider_id}", ProviderOut)
def get_provider(request: Call, provider_id: PathId) -> Any:
    """One provider."""
    return _told(provider_id)


@route(router, "PATCH", "/providers/{provider_id}", ProviderOut)
def change_provider(request: Call, provider_id: PathId, body: ProviderChange) -> Any:
    """Correct a provider, or say how things stand with them now."""
    services.change_provider(by=request.auth.by, provider_id=provider_id, **body.sent())
    return _told(provider_id)


@route(router, "POST", "/providers/{provider_id}/services", ServiceOut, status=201)
def add_service(request: Call, provider_id: PathId, body: ServiceIn) -> Any:
    """Add something that a provider does."""
    return services.add_service(by=request.auth.by, provider_id=provider_id, **body.sent())


@route(router, "POST", "/providers/{provider_id}/vouches", VouchOut, status=201)
def vouch(request: Call, provider_id: PathId, body: VouchIn) -> Any:
    """Record who of us answers for a provider, and why one can be confident."""
    return services.vouch(by=request.auth.by, provider_id=provider_id, **body.sent())


@route(router, "GET", "/expertise", Page[ExpertiseOut])
def list_expertise(request: Call, filters: Query[ExpertiseFilters]) -> Any:
    """List what clients do for their own clients, latest noted first."""
    return paged(queries.expertise(**filters.model_dump(exclude={"page", "per_page"})), filters)


@route(router, "POST", "/expertise", ExpertiseOut, status=201)
def note_expertise(request: Call, body: ExpertiseIn) -> Any:
    """Note what a client does well."""
    made = services.note_expertise(by=request.auth.by, **body.sent())
    return queries.expertise_by_id(made.pk)


@route(router, "PATCH", "/expertise/{expertise_id}", ExpertiseOut)
def change_expertise(request: Call, expertise_id: PathId, body: ExpertiseChange) -> Any:
    """Correct what a client does, or note whether others may be told."""
    return services.change_expertise(by=request.auth.by, expertise_id=expertise_id, **body.sent())


def _told(provider_id: int) -> Any:
    return queries.provider_now(provider_id)
