"""Giving: favours, needs, referrals to somebody good, offers to pass on."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Query, Router
from pydantic import Field, model_validator
from pydantic import StringConstraints as Limits

from warmhand.api.door import route
from warmhand.api.fields import (
    ClientRef,
    Day,
    Id,
    In,
    MemberRef,
    Name,
    Out,
    PathId,
    Search,
    Text,
    Title,
    Truth,
    Whole,
    left_out,
)
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.api.quality import Plain, QualityOut
from warmhand.apps.giving import queries, services
from warmhand.apps.giving.coverage import CoverageFilter, coverage
from warmhand.apps.giving.unpaid import has_price, price_fields, sentence_for
from warmhand.apps.introductions import queries as introduced
from warmhand.apps.introductions import services as introductions
from warmhand.apps.offers import queries as offers
from warmhand.apps.offers import services as offer_services
from warmhand.matching.quality import DONE
from warmhand.problems import Place

router = Router(tags=["giving"])
Kind = Literal["professional", "personal"]
Words = Annotated[str, Limits(strip_whitespace=True, min_length=1, max_length=10_000)]
Minutes = Annotated[int, Field(ge=0, le=100_000)]


class FavourOut(Out):
    """Something done, or promised, that we can't be paid for."""

    id: int
    client: ClientRef
    member: MemberRef | None
    what: str
    kind: str
    promised_on: dt.date | None
    due_on: dt.date | None
    done_on: dt.date | None
    minutes: int | None
    outcome: str = Field(description="What came of it.")
    need_id: int | None = Field(description="The need of theirs that it serves.")


class FavourFilters(Paging):
    """Which favours."""

    search: Search = ""
    client_id: Whole | None = None
    state: Literal["", "promised", "overdue", "done", "without_outcome"] = ""
    kind: Literal["", "professional", "personal"] = ""
    member_id: Whole | None = None
    sort: Literal["", "client", "-client", "due", "-due", "done", "-done", "what", "-what"] = ""


class Unpaid(In):
    """What is sent about a favour: a field that would be its price has a refusal of its own."""

    @model_validator(mode="before")
    @classmethod
    def _no_price(cls, sent: Any) -> Any:
        unknown = [name for name in sent if name not in cls.model_fields] if sent else []
        priced = list(price_fields(map(str, unknown)))
        if priced:
            raise has_price(Place(name, sentence_for(name)) for name in priced)
        return sent


By = Annotated[
    Id | None, Field(description="Who did it or promised it; left out: the key's maker.")
]
CameOfIt = Annotated[Text, Field(description="What came of it.")]
ForNeed = Annotated[Id | None, Field(description="The need of theirs that it serves.")]


class FavourIn(Unpaid):
    """A favour that was done on the spot."""

    client_id: Id
    what: Title
    kind: Kind = "professional"
    on: Day | None = Field(None, description="The day it was done; today when left out.")
    minutes: Minutes | None = None
    outcome: CameOfIt = ""
    member_id: By = None
    need_id: ForNeed = None


class PromiseIn(Unpaid):
    """A favour that was promised."""

    client_id: Id
    what: Title
    kind: Kind = "professional"
    due_on: Day | None = None
    on: Day | None = Field(None, description="The day it was promised; today when left out.")
    member_id: By = None
    need_id: ForNeed = None


class Done(Unpaid):
    """When, how long it took, and what came of it."""

    on: Day | None = Field(None, description="Today when left out.")
    minutes: Minutes | None = None
    outcome: CameOfIt = ""
    member_id: By = None


class FavourChange(Unpaid):
    """What changes; what is left out stays as it is."""

    what: Title = left_out()
    kind: Kind = left_out()
    promised_on: Day | None = left_out()
    due_on: Day | None = left_out()
    done_on: Day | None = left_out()
    minutes: Minutes | None = left_out()
    outcome: CameOfIt = left_out()
    member_id: Id | None = left_out()


@route(router, "GET", "/favours", Page[FavourOut])
def list_favours(request: Call, filters: Query[FavourFilters]) -> Any:
    """List favours, latest done first."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.favours(**wanted), filters)


@route(router, "POST", "/favours", FavourOut, status=201)
def do_favour(request: Call, body: FavourIn) -> Any:
    """Record a favour that was done."""
    made = services.do_favour(by=request.auth.by, **body.sent())
    return queries.favour_by_id(made.pk)


@route(router, "POST", "/favours/promises", FavourOut, status=201)
def promise_favour(request: Call, body: PromiseIn) -> Any:
    """Record a favour that was promised; an overdue promise stops asks."""
    made = services.promise_favour(by=request.auth.by, **body.sent())
    return queries.favour_by_id(made.pk)


@route(router, "POST", "/favours/{favour_id}/done", FavourOut)
def keep_favour(request: Call, favour_id: PathId, body: Done) -> Any:
    """Record that a promised favour was done."""
    client_id = queries.favour_by_id(favour_id).client_id
    return services.do_favour(
        by=request.auth.by, client_id=client_id, favour_id=favour_id, **body.sent()
    )


class CoveredOut(Out):
    """So many of so many clients have had a favour."""

    value: str = Field(description="The sector, team, tenure or member's number; `-` for none.")
    title: str
    clients: int
    covered: int
    percent: int | None


class CoveredSpanOut(Out):
    """A period of the trend: after `since`, up to and with `until`."""

    since: dt.date
    until: dt.date
    share: CoveredOut


class CoverageOut(Out):
    """The share of clients with a favour done in the period, in all and by segment."""

    period: int = Field(description="Days; the policy's rhythm of favours unless named.")
    since: dt.date
    until: dt.date
    overall: CoveredOut
    by: dict[str, list[CoveredOut]] = Field(description="By member, team, sector and tenure.")
    trend: list[CoveredSpanOut] = Field(description="The last periods, oldest first.")


class CoverageFilters(In):
    """Which clients; `-` stands for none."""

    search: Search = ""
    team: Search = ""
    member: Search = ""
    sector: Search = ""
    tenure: Literal["", "new", "known", "old", "-"] = ""
    period: Annotated[Whole, Field(ge=0, le=3650)] = 0


@route(router, "GET", "/favours/coverage", CoverageOut)
def favour_coverage(request: Call, filters: Query[CoverageFilters]) -> Any:
    """Tell for how many clients a favour was done, by segment and over time."""
    return coverage(CoverageFilter(**filters.model_dump()))


@route(router, "PATCH", "/favours/{favour_id}", FavourOut)
def change_favour(request: Call, favour_id: PathId, body: FavourChange) -> Any:
    """Correct a favour, or say what came of it."""
    services.change_favour(by=request.auth.by, favour_id=favour_id, **body.sent())
    return queries.favour_by_id(favour_id)


Urgency = Literal["now", "soon", "some_day"]
MayPassOn = Annotated[
    bool | None,
    Field(description="The client's yes or no to our telling others; null: not asked yet."),
]
Category = Annotated[str, Limits(strip_whitespace=True, max_length=12)]
ForOther = Annotated[
    bool,
    Field(
        description="Told for somebody they know, who is forgotten a month after the last thing "
        "that happened: no address and no number."
    ),
]


class NeedOut(Out):
    """Something a client needs, in their own words."""

    id: int
    client: ClientRef
    words: str
    category: str = Field(description="A code of the scheme of categories (NAICS 2022), or ''.")
    urgency: str
    may_pass_on: MayPassOn
    asked_on: dt.date | None = Field(description="When they were asked whether we may.")
    noted_on: dt.date
    met_on: dt.date | None
    for_us: bool = Field(description="We offer it ourselves.")
    for_other: ForOther


NeedOrder = Literal[
    "", "client", "-client", "noted", "-noted", "met", "-met",
    "waiting", "-waiting", "urgency", "-urgency",
]  # fmt: skip


class NeedFilters(Paging):
    """Which needs."""

    search: Search = ""
    client_id: Whole | None = None
    state: Literal["", "open", "met"] = ""
    for_us: Truth | None = None
    urgency: Literal["", "now", "soon", "some_day"] = ""
    consent: Literal["", "allowed", "refused", "not_asked"] = ""
    category: Annotated[str, Field(max_length=12)] = ""
    sort: NeedOrder = ""


class NeedIn(In):
    """What they need."""

    client_id: Id
    words: Words
    for_us: bool = False
    on: Day | None = Field(None, description="Today when left out.")
    urgency: Urgency = "soon"
    category: Category = ""
    may_pass_on: MayPassOn = None
    asked_on: Day | None = Field(None, description="The day of the note when left out.")
    for_other: ForOther = False


class NeedChange(In):
    """What changes; what is left out stays as it is."""

    words: Words = left_out()
    noted_on: Day = left_out()
    for_us: bool = left_out()
    urgency: Urgency = left_out()
    category: Category = left_out()
    for_other: ForOther = left_out()


class PassingOn(In):
    """What the client said to our telling others."""

    may_pass_on: bool
    on: Day | None = Field(None, description="Today when left out.")
    why: Text = Field("", description="In their words.")


class Met(In):
    """When, and how."""

    on: Day | None = Field(None, description="Today when left out.")
    why: Text = Field("", description="How it was met.")


@route(router, "GET", "/needs", Page[NeedOut])
def list_needs(request: Call, filters: Query[NeedFilters]) -> Any:
    """List needs, latest noted first."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    return paged(queries.needs(**wanted), filters)


@route(router, "POST", "/needs", NeedOut, status=201)
def note_need(request: Call, body: NeedIn) -> Any:
    """Note what a client needs."""
    return services.note_need(by=request.auth.by, **body.sent())


@route(router, "PATCH", "/needs/{need_id}", NeedOut)
def change_need(request: Call, need_id: PathId, body: NeedChange) -> Any:
    """Correct a need."""
    return services.change_need(by=request.auth.by, need_id=need_id, **body.sent())


@route(router, "POST", "/needs/{need_id}/passing-on", NeedOut)
def answer_passing_on(request: Call, need_id: PathId, body: PassingOn) -> Any:
    """Record whether the client lets us tell others of a need: their yes, or their no."""
    return services.answer_passing_on(by=request.auth.by, need_id=need_id, **body.sent())


@route(router, "POST", "/needs/{need_id}/meet", NeedOut)
def meet_need(request: Call, need_id: PathId, body: Met) -> Any:
    """Record that a need is met, by whomever."""
    return services.meet_need(by=request.auth.by, need_id=need_id, **body.sent())


class GivenOut(Out):
    """Somebody we sent a client to, and why they can be confident."""

    id: int
    client: ClientRef
    member: MemberRef | None
    need_id: int | None
    provider: str
    provider_id: int | None = Field(description="The provider of the directory.")
    given_on: dt.date
    why_confident: str
    quality: Plain = Field(description="As it was on the day it was given.")


class GivenFilters(Paging):
    """Which referrals given."""

    search: Search = ""
    client_id: Whole | None = None
    sort: Literal["", "client", "-client", "given", "-given", "provider", "-provider"] = ""


PartDone = Literal["consent", "direct_contact", "expected_call", "connected", "context"]
"""As `matching.quality.DONE` names them; a test compares."""


class ReferralWords(In):
    """What makes a referral good: why one can be confident, the need, what was done."""

    why_confident: Text = ""
    need_id: Id | None = Field(None, description="A need of theirs on record.")
    need_words: Text = Field("", description="Or a need that isn't: it is noted with the referral.")
    done: Annotated[list[PartDone], Field(max_length=len(DONE))] = []
    on: Day | None = Field(None, description="Today when left out.")


class GivenIn(ReferralWords):
    """Whom we sent them to."""

    client_id: Id
    provider: Name = Field(description="One that stands in the directory once is found by it.")


@route(router, "GET", "/referrals-given", Page[GivenOut])
def list_referrals_given(request: Call, filters: Query[GivenFilters]) -> Any:
    """List referrals given, latest first, each with its quality."""
    wanted = filters.model_dump(exclude={"page", "per_page"})
    found = paged(queries.referrals_given(**wanted), filters)
    return found | {"items": _with_quality(found["items"])}


@route(router, "POST", "/referrals-given", GivenOut, status=201)
def give_referral(request: Call, body: GivenIn) -> Any:
    """Record that we sent a client to somebody good; the answer says how good it was."""
    made = introductions.record_referral(by=request.auth.by, **body.sent())
    [shown] = _with_quality([queries.referral_given_by_id(made.pk)])
    return shown


@route(router, "POST", "/referrals-given/quality", QualityOut, scope="read")
def reckon_referral_quality(request: Call, body: ReferralWords) -> Any:
    """Tell how good a referral with these words would be, and what would raise it; keeps none."""
    sent = body.sent()
    sent.pop("on", None)
    return introduced.quality_of_given(**sent).as_dict()


def _with_quality(rows: list[Any]) -> list[dict[str, Any]]:
    """Each referral as the answer has it; the qualities of all at once."""
    found = introduced.qualities(rows)
    return [
        {
            "id": each.pk,
            "client": each.client,
            "member": each.member,
            "need_id": each.need_id,
            "provider": each.provider,
            "provider_id": each.listed_id,
            "given_on": each.given_on,
            "why_confident": each.why_confident,
            "quality": found[each.pk],
        }
        for each in rows
    ]


class OfferOut(Out):
    """Something valuable to pass on."""

    id: int
    title: str
    how_to_pass_on: str
    active: bool


class OfferFilters(Paging):
    """Which offers."""

    search: Search = ""
    active: Truth | None = None


class PassOut(Out):
    """An offer put into a client's hands."""

    id: int
    client: ClientRef
    offer: OfferOut
    given_on: dt.date


class PassIn(In):
    """Which offer, for whom."""

    client_id: Id
    offer_id: Id
    on: Day | None = Field(None, description="Today when left out.")


@route(router, "GET", "/offers", Page[OfferOut])
def list_offers(request: Call, filters: Query[OfferFilters]) -> Any:
    """List offers that clients can pass on."""
    return paged(offers.offers(search=filters.search, active=filters.active), filters)


@route(router, "POST", "/passes", PassOut, status=201)
def pass_offer(request: Call, body: PassIn) -> Any:
    """Record that an offer was put into a client's hands."""
    return offer_services.pass_offer(by=request.auth.by, **body.sent())
