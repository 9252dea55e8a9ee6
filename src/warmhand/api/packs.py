"""The legal packs of this version, and what follows from them for our own trade."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Query, Router
from pydantic import BaseModel, Field

from warmhand.api.door import route
from warmhand.api.fields import Truth
from warmhand.api.keys import Call
from warmhand.apps.policies.law import law_today, packs_for

router = Router(tags=["legal packs"])


class LegalPackOut(BaseModel):
    """A rule of law as data. Not legal advice."""

    id: str
    version: int
    title: str
    jurisdiction: list[str] = Field(description="ISO 3166 codes; '*' is everywhere.")
    sector: list[str]
    about: list[Literal["reciprocity", "outcome", "rewards", "messages", "data"]]
    reciprocity_mode: Literal["count", "observe", "off"]
    exclusive_allowed: bool
    outcome_visibility: Literal["with_consent", "never"]
    rewards_allowed: bool
    consent_needed: list[str]
    hides: list[str] = Field(description="What of an exchange isn't shown because of it.")
    why: str = Field(description="The rule in a sentence.")
    does: str = Field(description="What is hidden, forbidden or done because of it.")
    source_url: str
    confidence: str
    unconfirmed: str
    reviewed_on: dt.date
    review_by: dt.date = Field(description="Past it, the pack isn't trusted with what it allows.")


class LawOut(BaseModel):
    """What follows for our own trade and place today."""

    sector: str
    place: str
    mode: Literal["count", "observe", "off"]
    targets_allowed: bool
    exclusive_allowed: bool
    outcome_visibility: Literal["with_consent", "never"]
    rewards_allowed: bool
    sentences: list[str]
    because: str = Field(description="The pack that decides on the mode.")
    why: str


class LegalPacksOut(BaseModel):
    """The packs, and what follows from them."""

    ours: LawOut
    items: list[LegalPackOut]


class LegalPackFilters(BaseModel):
    """Which packs."""

    ours: Truth = Field(False, description="Only those that hold for our own trade and place.")


@route(router, "GET", "/packs", LegalPacksOut)
def list_packs(request: Call, filters: Query[LegalPackFilters]) -> Any:
    """List the legal packs, and what they let our own trade do."""
    items = [pack.as_dict() for pack in packs_for(ours=filters.ours)]
    return {"ours": law_today().as_dict(), "items": items}
