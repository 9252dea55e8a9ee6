"""Rewards: for client to client only, where an owner allows them, always disclosed (P20)."""

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
    Name,
    Out,
    PathId,
    Search,
    Text,
    Whole,
)
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.gratitude import rewards

router = Router(tags=["rewards"])
MOST = 10**12


class RewardOut(Out):
    """Something of value for an introduction to somebody outside the client's company."""

    id: int
    client: ClientRef
    ask_id: int
    referral_id: int | None
    party: str = Field(description="giver (the client) or receiver (the person introduced).")
    form: str = Field(description="in_kind, credit or cash.")
    what: str
    amount: int | None = Field(description="In minor units of the currency: 2500 is 25.00 EUR.")
    currency: str
    disclosure: str
    pack: str = Field(description="The policy pack that asks for the disclosure.")
    promised_on: dt.date
    given_on: dt.date | None
    withdrawn_on: dt.date | None
    state: str = Field(description="promised, given or withdrawn.")


class RewardFilters(Paging):
    """Which rewards."""

    search: Search = ""
    client_id: Whole | None = None
    ask_id: Whole | None = None
    state: Literal["", "promised", "given", "withdrawn"] = ""
    sort: Literal["", "client", "-client", "promised", "-promised", "given", "-given"] = ""


class RewardIn(In):
    """What is promised for an introduction."""

    what: Name
    form: Literal["in_kind", "credit", "cash"] = "in_kind"
    party: Literal["giver", "receiver"] = "giver"
    amount: Annotated[int, Field(ge=1, le=MOST)] | None = Field(
        None, description="In minor units of the currency; needed for credit and cash."
    )
    currency: Annotated[str, Limits(max_length=3)] = Field("", description="Such as EUR.")
    disclosure: Annotated[str, Limits(strip_whitespace=True, min_length=1, max_length=2000)] = (
        Field(description="The line that tells the person introduced of the reward.")
    )
    referral_id: Id | None = Field(None, description="The referral that came of the ask.")


class RewardGiven(In):
    """When it was given."""

    on: Day | None = Field(None, description="Today when left out.")


class RewardWithdrawn(In):
    """Why it won't be given."""

    why: Text


@route(router, "GET", "/rewards", Page[RewardOut])
def list_rewards(request: Call, filters: Query[RewardFilters]) -> Any:
    """List rewards, the latest promise first."""
    return paged(rewards.rewards(**filters.model_dump(exclude={"page", "per_page"})), filters)


@route(router, "POST", "/asks/{ask_id}/rewards", RewardOut, status=201)
def promise_reward(request: Call, ask_id: PathId, body: RewardIn) -> Any:
    """Promise a reward: refused for every kind of ask but client to client."""
    return rewards.promise_reward(by=request.auth.by, ask_id=ask_id, **body.sent())


@route(router, "POST", "/rewards/{reward_id}/give", RewardOut)
def give_reward(request: Call, reward_id: PathId, body: RewardGiven) -> Any:
    """Record that a reward was given."""
    return rewards.give_reward(by=request.auth.by, reward_id=reward_id, **body.sent())


@route(router, "POST", "/rewards/{reward_id}/withdraw", RewardOut)
def withdraw_reward(request: Call, reward_id: PathId, body: RewardWithdrawn) -> Any:
    """Record that a promised reward won't be given."""
    return rewards.withdraw_reward(by=request.auth.by, reward_id=reward_id, **body.sent())
