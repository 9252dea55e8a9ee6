"""How asks are answered: shares with their cases."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router
from pydantic import BaseModel, Field

from warmhand.api.door import route
from warmhand.api.fields import Day, In, Search, Whole
from warmhand.api.keys import Call
from warmhand.apps.asks.acceptance import AcceptanceFilter, acceptance

router = Router(tags=["asks"])


class ShareOut(BaseModel):
    """So many of so many asks were accepted."""

    value: str
    title: str
    cases: int
    accepted: int = Field(description="Gave a name, will introduce, or passed on an offer.")
    percent: int | None
    low: int | None = Field(description="Of Wilson's 95 % interval, in per cent.")
    high: int | None
    enough: bool = Field(description="Whether there are enough cases to say anything.")


class AcceptanceOut(BaseModel):
    """Shares by kind, channel, moment and wording."""

    overall: ShareOut
    by: dict[str, list[ShareOut]] = Field(description="kind, channel, moment and variant.")
    last: ShareOut
    stop_and_diagnose: bool = Field(description="Fewer than half of the last ten were accepted.")
    waiting: int = Field(description="Asks without an answer yet: no cases.")
    not_asked: int = Field(description="Not asked after all: no cases.")
    fewest: int = Field(description="So many cases are needed to say anything.")


class AcceptanceFilters(In):
    """Which asks: made in a period, by a team or a member."""

    since: Day | None = None
    until: Day | None = None
    team: Search = ""
    member_id: Whole | None = None


@route(router, "GET", "/acceptance", AcceptanceOut)
def get_acceptance(request: Call, filters: Query[AcceptanceFilters]) -> Any:
    """Get how asks are answered, by kind, channel, moment and wording."""
    return acceptance(AcceptanceFilter(**filters.model_dump())).as_dict()
