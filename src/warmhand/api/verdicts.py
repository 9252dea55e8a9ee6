"""What may be done now, and why: the verdict of a client, what if, today's moves, the policy."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Query, Router
from pydantic import BaseModel, Field

from warmhand.api.door import route
from warmhand.api.fields import In, PathId, Search, Truth, Whole
from warmhand.api.keys import Call
from warmhand.api.paging import Paging
from warmhand.apps.asks import queries
from warmhand.apps.moves import queries as moves
from warmhand.apps.moves.day import the_day
from warmhand.apps.policies import queries as policies
from warmhand.rulebook import MOVES, RULES, SETTINGS, Move

router = Router(tags=["verdicts"])
FactValue = Annotated[int, Field(ge=-99_999, le=99_999)]
SettingValue = bool | Annotated[int, Field(ge=0, le=100_000)] | Annotated[str, Field(max_length=40)]


class LiftOut(BaseModel):
    """Who or what lifts a reason."""

    by: str = Field(description="time, client, us or never.")
    sentence: str


class ReasonOut(BaseModel):
    """One objection to asking."""

    code: str
    sentence: str
    practice: str = Field(description="The number of the practice it comes from.")
    lift: LiftOut
    until: dt.date | None = Field(description="The first day on which it is gone by time alone.")


class AlternativeOut(BaseModel):
    """Another move that is possible."""

    move: Move
    sentence: str


class DecisionOut(BaseModel):
    """The move that is right now, and what stands against asking."""

    move: Move
    because: str
    may_ask: bool
    reasons: list[ReasonOut] = Field(description="In the order in which they can be changed.")
    runners_up: list[AlternativeOut]
    overridden: list[str]
    review_on: dt.date | None = Field(description="The day on which time alone may change this.")


class MendOut(BaseModel):
    """What would earn the ask."""

    code: str
    by: str
    sentence: str


class ExplainedOut(DecisionOut):
    """A decision with its evidence."""

    why: str
    evidence: list[str]
    to_earn: list[MendOut]
    earliest: dt.date | None = Field(description="The first day on which an ask may be right.")
    earliest_if_mended: dt.date | None


class WhoOut(BaseModel):
    """A client, where they work and who keeps them."""

    id: int
    name: str
    company: str | None
    keeper: str | None


class VerdictOut(ExplainedOut):
    """The verdict about one client, with the facts and the policy behind it."""

    client: WhoOut
    today: dt.date
    policy_version: int
    facts: dict[str, int]


@route(router, "GET", "/clients/{client_id}/verdict", VerdictOut)
def get_verdict(request: Call, client_id: PathId) -> Any:
    """Get the verdict: may we ask this client now, what is right instead, and why."""
    return queries.verdict_of(client_id, on=request.auth.today).as_dict()


class WhatIfIn(In):
    """Facts and settings to suppose; nothing is written."""

    facts: dict[str, FactValue] = Field(default_factory=dict)
    policy: dict[str, SettingValue] = Field(default_factory=dict)


class WhatIfOut(BaseModel):
    """Two decisions side by side."""

    before: DecisionOut
    after: DecisionOut
    gone: list[str] = Field(description="Codes that would be gone.")
    new: list[str] = Field(description="Codes that would come.")
    differs: bool = Field(description="Whether the move or the right to ask would change.")


@route(router, "POST", "/clients/{client_id}/what-if", WhatIfOut, scope="read")
def what_if(request: Call, client_id: PathId, body: WhatIfIn) -> Any:
    """See what would change with other facts or settings; nothing is written."""
    return queries.what_if_of(client_id, facts=body.facts, policy=body.policy).as_dict()


class MoveOut(ExplainedOut):
    """A move that is proposed for a client."""

    client: WhoOut
    title: str


class AllyOut(BaseModel):
    """An organisation that we have an alliance with."""

    id: int
    name: str
    keeper: str | None


class AllyMoveOut(BaseModel):
    """A move proposed for an ally, and why."""

    ally: AllyOut
    title: str
    move: str = Field(description="thank_ally or rebalance.")
    because: str
    do: str = Field(description="What exactly to do.")
    runners_up: list[str]


class AllyAmongOut(AllyMoveOut):
    """A move for an ally where it stands among those for clients."""

    after: int = Field(description="So many of the page's items stand before it.")


class TodayOut(BaseModel):
    """One page of today's moves, best first."""

    today: dt.date
    items: list[MoveOut]
    total: int
    page: int
    pages: int
    by_move: dict[str, int] = Field(description="How many there are of each move.")
    allies: list[AllyAmongOut] = Field(
        description="Moves for allies among the page's items; none in a list narrowed to clients."
    )


class TodayFilters(Paging):
    """Which moves."""

    member_id: Whole | None = None
    team: Search = ""
    company_id: Whole | None = None
    move: Literal[("", *(move.value for move in MOVES))] = ""  # type: ignore[valid-type]
    code: Literal[("", *RULES)] = ""  # type: ignore[valid-type]
    search: Search = ""
    with_waiting: Truth = Field(False, description="Also those for whom nothing is to be done.")


@route(router, "GET", "/today", TodayOut)
def list_today(request: Call, filters: Query[TodayFilters]) -> Any:
    """List today's moves, best first."""
    wanted = moves.TodayFilter(**filters.model_dump(exclude={"page", "per_page"}))
    return the_day(wanted, page=filters.page, per_page=filters.per_page).as_dict()


class SettingOut(BaseModel):
    """A setting of the rules."""

    name: str
    title: str
    sentence: str
    value: bool | int | str
    default: bool | int | str
    unit: str
    allowed: str
    basis: str = Field(description="What the default rests on.")


class PolicyOut(BaseModel):
    """The rule settings in force."""

    version: int = Field(description="0: nobody has changed the defaults.")
    settings: list[SettingOut]


@route(router, "GET", "/policy", PolicyOut)
def get_policy(request: Call) -> Any:
    """Get the rule settings in force."""
    known = policies.current()
    values = known.policy.to_values()
    settings = [
        {
            "name": name,
            "title": info.title,
            "sentence": info.sentence,
            "value": values[name],
            "default": info.default,
            "unit": info.unit,
            "allowed": info.allowed,
            "basis": info.basis,
        }
        for name, info in SETTINGS.items()
    ]
    return {"version": known.number, "settings": settings}


class PolicyIn(In):
    """Proposed settings; what isn't named keeps its default."""

    values: dict[str, SettingValue]


class ShiftOut(BaseModel):
    """How many clients would go from one move to another."""

    from_: str = Field(alias="from")
    to: str
    clients: int


class EffectOut(BaseModel):
    """What proposed settings would change."""

    clients: int
    changed: int
    shifts: list[ShiftOut]


@route(router, "POST", "/policy/effect", EffectOut, scope="read")
def policy_effect(request: Call, body: PolicyIn) -> Any:
    """See how many clients' moves other settings would change; nothing is written."""
    return queries.policy_effect(body.values).as_dict()
