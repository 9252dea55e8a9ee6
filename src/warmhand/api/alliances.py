"""Alliances, enquiries for what we don't offer, the ledger of given and received (P36-P38)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Query, Router
from pydantic import Field
from pydantic import StringConstraints as Limits

from warmhand.api.door import route
from warmhand.api.fields import (
    ClientRef,
    CompanyRef,
    Day,
    Id,
    In,
    Line,
    MemberRef,
    Name,
    Out,
    PathId,
    Search,
    Text,
    left_out,
)
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.alliances import queries, services
from warmhand.apps.alliances.routing import routing_of

router = Router(tags=["alliances"])
Sector = Literal[
    "unknown", "general", "lawyer", "settlement_services", "health_federal", "physician"
]
Mode = Literal["count", "observe", "off"]
Code = Annotated[str, Limits(strip_whitespace=True, min_length=2, max_length=12)]
PlaceCode = Annotated[str, Limits(strip_whitespace=True, max_length=6)]
Words = Annotated[str, Limits(strip_whitespace=True, min_length=1, max_length=10_000)]
Value = dict[str, int]
"""By unit: smallest units of a currency (EUR: cents, JPY: yen), or points; never added up."""


class ProviderRef(Out):
    """A provider of the directory."""

    id: int
    name: str


class AllianceRef(Out):
    """An alliance."""

    id: int
    name: str


class AllianceOut(Out):
    """An alliance and its terms."""

    id: int
    name: str
    provider: ProviderRef | None
    company: CompanyRef | None
    client: ClientRef | None
    keeper: MemberRef | None
    terms: str
    categories: list[str]
    exclusive: bool
    starts_on: dt.date
    ends_on: dt.date | None
    warn_days: int
    sector: str
    place: str
    at_most: str
    spoke_on: dt.date | None
    signed_on: dt.date | None


class AllianceFilters(Paging):
    """Which alliances."""

    search: Search = ""
    state: Literal["", "running", "ending", "planned", "ended"] = ""
    sort: Literal["", "name", "-name", "starts", "-starts", "ends", "-ends"] = ""


class AllianceIn(In):
    """With whom, and on what terms: one of provider, company and client is needed."""

    name: Name
    provider_id: Id | None = None
    company_id: Id | None = None
    client_id: Id | None = None
    keeper_id: Id | None = None
    terms: Text = ""
    categories: list[Code] = Field(default=[], max_length=40)
    exclusive: bool = False
    starts_on: Day = left_out()
    ends_on: Day | None = None
    warn_days: Annotated[int, Field(ge=0, le=730)] = 60
    sector: Sector = "unknown"
    place: PlaceCode = Field("", description="Such as DE or US-NY.")
    at_most: Mode = "count"
    signed_on: Day | None = None


class AllianceChange(In):
    """What changes; what is left out stays."""

    name: Name = left_out()
    provider_id: Id | None = left_out()
    company_id: Id | None = left_out()
    client_id: Id | None = left_out()
    keeper_id: Id | None = left_out()
    terms: Text = left_out()
    categories: list[Code] = left_out()
    exclusive: bool = left_out()
    starts_on: Day = left_out()
    ends_on: Day | None = left_out()
    warn_days: Annotated[int, Field(ge=0, le=730)] = left_out()
    sector: Sector = left_out()
    place: PlaceCode = left_out()
    at_most: Mode = left_out()
    signed_on: Day | None = left_out()
    why: Text = ""


class SpokeIn(In):
    """When, and what was said."""

    on: Day | None = Field(None, description="Today when left out.")
    why: Text = ""


@route(router, "GET", "/alliances", Page[AllianceOut])
def list_alliances(request: Call, filters: Query[AllianceFilters]) -> Any:
    """List alliances by name."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.alliances(**wanted), filters)


@route(router, "POST", "/alliances", AllianceOut, status=201)
def form_alliance(request: Call, body: AllianceIn) -> Any:
    """Form an alliance."""
    made = services.form_alliance(by=request.auth.by, **body.sent())
    return queries.alliance_by_id(made.pk)


@route(router, "GET", "/alliances/{alliance_id}", AllianceOut)
def get_alliance(request: Call, alliance_id: PathId) -> Any:
    """One alliance."""
    return queries.alliance_by_id(alliance_id)


@route(router, "POST", "/alliances/{alliance_id}", AllianceOut)
def change_alliance(request: Call, alliance_id: PathId, body: AllianceChange) -> Any:
    """Change an alliance; where its mode goes down, what that forbids is deleted."""
    services.change_alliance(by=request.auth.by, alliance_id=alliance_id, **body.sent())
    return queries.alliance_by_id(alliance_id)


@route(router, "POST", "/alliances/{alliance_id}/spoke", AllianceOut)
def speak_with_ally(request: Call, alliance_id: PathId, body: SpokeIn) -> Any:
    """Record a talk about the exchange."""
    services.speak_with_ally(by=request.auth.by, alliance_id=alliance_id, **body.sent())
    return queries.alliance_by_id(alliance_id)


class ExchangeIn(In):
    """What went one way and stands nowhere else, or what a referral on record was worth."""

    incoming: bool = Field(description="True: they gave it.")
    kind: Literal["referral", "work", "help", "other"] = "referral"
    what: Annotated[str, Limits(strip_whitespace=True, max_length=300)] = ""
    on: Day | None = Field(None, description="Today when left out.")
    value: Annotated[int, Field(ge=0, le=10**15)] | None = Field(
        None, description="Smallest units of the currency (EUR: cents, JPY: yen), or points."
    )
    unit: Annotated[str, Limits(max_length=6)] = Field("", description="EUR, USD, … or points.")
    referral_given_id: Id | None = None
    referral_received_id: Id | None = None


class ExchangeOut(Out):
    """An exchange recorded by hand."""

    id: int
    incoming: bool
    kind: str
    what: str
    on: dt.date


@route(router, "POST", "/alliances/{alliance_id}/exchanges", ExchangeOut, status=201)
def record_exchange(request: Call, alliance_id: PathId, body: ExchangeIn) -> Any:
    """Record an exchange; refused where the mode is off, and its value where only observed."""
    return services.record_exchange(by=request.auth.by, alliance_id=alliance_id, **body.sent())


class FlowOut(Out):
    """What went one way in the twelve months that end today."""

    number: int
    value: Value


class FindingOut(Out):
    """A likely reason of an imbalance, with the figure that speaks for it."""

    code: str
    sentence: str
    figure: int
    of: int
    do: str


class InsteadOut(Out):
    """Where the next ones could go, and the balances after that."""

    to: str
    is_ally: bool
    why: str
    next_ones: int
    balance_stays: int
    balance_otherwise: int
    their_balance: int
    their_balance_then: int
    sentence: str
    but: str = Field(description="What to mind first, such as exclusivity; empty: nothing.")


class LedgerOut(Out):
    """One ally's account; what its mode forbids is null."""

    ally: str
    alliance_id: int
    mode: Mode
    why: str
    packs: list[str] = Field(description="Id and version of the legal packs that decide.")
    given: FlowOut | None = None
    received: FlowOut | None = None
    balance: FlowOut | None = None
    state: Literal["too_few", "even", "we_give_more", "they_give_more"] | None = None
    trend: Literal["closing", "steady", "widening", "not_known"] | None = None
    findings: list[FindingOut] | None = None
    instead: InsteadOut | None = None


@route(router, "GET", "/ledger", Page[LedgerOut])
def get_ledger(request: Call, filters: Query[AllianceFilters]) -> Any:
    """Given and received per ally, as far as the law of both trades lets."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    page = paged(queries.alliances(**wanted), filters)
    page["items"] = [each.as_dict() for each in queries.ledgers(page["items"])]
    return page


class ReturnOnGivingOut(Out):
    """What was put in over twelve months, and what came back."""

    minutes: int
    favours: int
    given: int
    received: int
    became_clients: int
    value_given: Value
    value_received: Value
    cases: int
    enough: bool
    back_of_ten: int | None = Field(description="Null: too few cases to say.")


class AllyGivingOut(ReturnOnGivingOut):
    """The same of one ally."""

    ally: str
    alliance_id: int


class ReturnOut(Out):
    """Return on giving, of the allies whose exchange may be counted."""

    allies: list[AllyGivingOut]
    together: ReturnOnGivingOut
    not_counted: int = Field(description="Alliances left out by their mode.")


@route(router, "GET", "/ledger/return", ReturnOut)
def get_return_on_giving(request: Call) -> Any:
    """Return on giving: hours and favours in; referrals, clients and value back."""
    return queries.returns(list(queries.alliances())).as_dict()


class EnquiryOut(Out):
    """Somebody asked for what we don't offer."""

    id: int
    client: ClientRef | None
    asker: str
    words: str
    category: str
    noted_on: dt.date
    provider: ProviderRef | None
    alliance: AllianceRef | None
    routed_on: dt.date | None
    reason: str = Field(description="Why it was sent to them.")
    client_informed: bool
    answer: str
    answered_on: dt.date | None
    closed_on: dt.date | None


class EnquiryFilters(Paging):
    """Which enquiries."""

    search: Search = ""
    state: Literal["", "open", "sent", "answered", "closed"] = ""
    sort: Literal["", "noted", "-noted", "sent", "-sent"] = ""


class EnquiryIn(In):
    """What was asked for; of somebody new only a name, never an address."""

    words: Words
    client_id: Id | None = None
    asker: Line = ""
    category: Annotated[str, Limits(strip_whitespace=True, max_length=12)] = ""
    on: Day | None = Field(None, description="Today when left out.")
    for_other: bool = Field(
        False, description="The client asked for somebody they know, who is forgotten with it."
    )


class OptionOut(Out):
    """Somebody an enquiry may be sent to."""

    provider: ProviderRef
    alliance: AllianceRef | None
    exclusive: bool
    why: list[str]
    against: list[str]


class RoutingOut(Out):
    """Whom to send it to, best first."""

    options: list[OptionOut]
    must_inform: bool = Field(description="They have to be told that they may go to anybody.")
    because: str


class SendIn(In):
    """To whom."""

    provider_id: Id
    why: Text = ""
    client_informed: bool = False
    on: Day | None = Field(None, description="Today when left out.")


class EnquiryAnswerIn(In):
    """What those said to whom it was sent."""

    answer: Literal["taken", "declined", "wrong_fit"]
    on: Day | None = Field(None, description="Today when left out.")
    why: Text = ""


@route(router, "GET", "/enquiries", Page[EnquiryOut])
def list_enquiries(request: Call, filters: Query[EnquiryFilters]) -> Any:
    """List enquiries for what we don't offer, latest first."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.enquiries(**wanted), filters)


@route(router, "POST", "/enquiries", EnquiryOut, status=201)
def note_enquiry(request: Call, body: EnquiryIn) -> Any:
    """Note an enquiry; a client's is a need of theirs too."""
    made = services.note_enquiry(by=request.auth.by, **body.sent())
    return queries.enquiry_by_id(made.pk)


@route(router, "GET", "/enquiries/{enquiry_id}/options", RoutingOut)
def get_enquiry_options(request: Call, enquiry_id: PathId) -> Any:
    """Whom to send it to: allies first, each with the reasons."""
    return routing_of(queries.enquiry_by_id(enquiry_id))


@route(router, "POST", "/enquiries/{enquiry_id}/send", EnquiryOut)
def send_enquiry(request: Call, enquiry_id: PathId, body: SendIn) -> Any:
    """Send it on; a client's becomes a referral given."""
    services.route_enquiry(by=request.auth.by, enquiry_id=enquiry_id, **body.sent())
    return queries.enquiry_by_id(enquiry_id)


@route(router, "POST", "/enquiries/{enquiry_id}/answer", EnquiryOut)
def answer_enquiry(request: Call, enquiry_id: PathId, body: EnquiryAnswerIn) -> Any:
    """Record what those said to whom it was sent."""
    services.answer_enquiry(by=request.auth.by, enquiry_id=enquiry_id, **body.sent())
    return queries.enquiry_by_id(enquiry_id)
