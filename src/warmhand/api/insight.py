"""What our giving is worth, per member and team; what to do next with allies."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router
from pydantic import BaseModel, Field

from warmhand.api.door import route
from warmhand.api.fields import In, Search
from warmhand.api.keys import Call
from warmhand.api.verdicts import AllyMoveOut
from warmhand.apps.insight.queries import team_giving
from warmhand.apps.moves.allies import ally_moves

router = Router(tags=["giving"])


class GoalOut(BaseModel):
    """A target, and how far along somebody is."""

    measure: str = Field(description="points, favours or coverage (in per cent).")
    amount: int
    value: int
    every: str = Field(description="month or quarter.")
    until: str = Field(description="The last day of the period that runs.")
    reached: bool


class GivingMonthOut(BaseModel):
    """What was given in one month."""

    month: str = Field(description="YYYY-MM.")
    completed: bool
    points: int
    given: int
    favours: int


class GivingFiguresOut(BaseModel):
    """What somebody gave, or a team together; points are quality times what came of it."""

    points: int
    given: int
    quality: int | None = Field(description="On average, 0 to 100; null where nothing was given.")
    heard: int = Field(description="Referrals of which at least one side told us something.")
    happy: int
    unhappy: int
    ended: int = Field(description="Referrals whose end is known.")
    happy_percent: int | None = Field(description="Null where fewer than five ends are known.")
    favours: int
    favours_counted: int = Field(
        description="Of these, so many count as a goal: by what came of them and the time spent."
    )
    clients: int
    covered: int = Field(description="Clients in care with a recent favour.")
    came_back: int | None = Field(description="Null where it may not be told.")
    months: list[GivingMonthOut]
    goals: list[GoalOut]


class GiverOut(GivingFiguresOut):
    """One member."""

    member_id: int
    name: str
    team: str
    would_help: list[str]


class TeamGivingOut(BaseModel):
    """A team's giving, people by name; without a team, everybody's."""

    team: str
    since: str = Field(description="The first day of the six completed months.")
    targets_allowed: bool
    total: GivingFiguresOut
    people: list[GiverOut]


class GivingFilters(In):
    """Whose giving."""

    team: Search = ""


@route(router, "GET", "/giving", TeamGivingOut)
def get_giving(request: Call, filters: Query[GivingFilters]) -> Any:
    """Get what was given, per member and in all, since six completed months began."""
    return team_giving(filters.team).as_dict()


class AllyMovesOut(BaseModel):
    """Moves for allies, by their turn, then by name."""

    items: list[AllyMoveOut]


@route(router, "GET", "/today/allies", AllyMovesOut)
def list_ally_moves(request: Call) -> Any:
    """List the moves proposed for allies today; no balance where it may not be counted."""
    return {"items": [item.as_dict() for item in ally_moves()]}
