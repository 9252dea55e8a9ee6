"""The review pack of a client, as values and as a PDF (P14)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import BaseModel, Field

from warmhand.api.door import route
from warmhand.api.fields import Day, In, PathId
from warmhand.api.keys import Call
from warmhand.apps.reviews.pack import pack_of
from warmhand.printing import Point, State, pack_pdf

router = Router(tags=["review packs"])


class PackFilters(In):
    """Which days, in which language."""

    since: Day | None = Field(None, description="The last review held, else a year, if left out.")
    until: Day | None = Field(None, description="Today when left out.")
    language: Annotated[str, Field(max_length=12)] = Field(
        "",
        description="Such as de; the client's own when left out, English where we have no texts.",
    )


class ObjectionOut(BaseModel):
    """Why there is nothing favourable to show."""

    code: str
    sentence: str
    mend: str
    practice: str


class ScoreOut(BaseModel):
    """A rating."""

    on: dt.date
    score: int


class CountsOut(BaseModel):
    """The figures of a pack."""

    agreed: int
    delivered: int
    due_known: int = Field(description="Delivered, and with a day agreed for it.")
    kept: int = Field(description="Delivered on or before the day agreed.")
    solved: int
    confirmed: int
    median_days: float | None = Field(description="Of the days to solve a case.")
    latest: ScoreOut | None
    favours: int
    referrals: int
    proofs: int = Field(description="Deliveries with something to show.")


class AgreedOut(BaseModel):
    """Something agreed."""

    what: str
    target: str
    agreed: dt.date | None
    due: dt.date | None
    delivered: dt.date | None
    cancelled: dt.date | None
    state: State
    proof: str
    value: str | None = Field(description="A decimal number in units of `currency`.")
    currency: str


class ConcernOut(BaseModel):
    """A case."""

    title: str
    opened: dt.date
    resolved: dt.date | None
    confirmed: dt.date | None
    days: int | None


class SaidOut(BaseModel):
    """The client's own words."""

    words: str
    on: dt.date


class DeedOut(BaseModel):
    """Something done for them unpaid."""

    what: str
    on: dt.date
    referral: bool = Field(description="A referral we gave them; else a favour.")


class ItemOut(BaseModel):
    """An open point or a next step."""

    kind: Point
    what: str
    on: dt.date | None


class PackOut(BaseModel):
    """All that a review pack shows the client, and whether it may be shown."""

    client: str
    company: str
    since: dt.date
    until: dt.date
    today: dt.date
    language: str
    prepared_by: str
    favourable: bool = Field(description="False: show it to nobody, put the objections right.")
    objections: list[ObjectionOut]
    counts: CountsOut
    commitments: list[AgreedOut]
    cases: list[ConcernOut]
    ratings: list[ScoreOut]
    said: SaidOut | None
    deeds: list[DeedOut]
    open_points: list[ItemOut]
    next_steps: list[ItemOut]
    agenda: list[str]


@route(router, "GET", "/clients/{client_id}/review-pack", PackOut)
def get_review_pack(request: Call, client_id: PathId, filters: Query[PackFilters]) -> Any:
    """Get what a review pack shows: agreed and delivered, cases, what comes next."""
    return pack_of(client_id, **filters.model_dump()).as_dict()


@route(router, "GET", "/clients/{client_id}/review-pack.pdf", bytes, media="application/pdf")
def print_review_pack(request: Call, client_id: PathId, filters: Query[PackFilters]) -> Any:
    """Get the review pack as a PDF.

    Where nothing favourable is to show, it is the recovery sheet, which is not for the client.
    """
    return pack_pdf(pack_of(client_id, **filters.model_dump()))
