"""Introductions inside a client's company: their plans and steps (P19)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Query, Router
from pydantic import Field

from warmhand.api.door import route
from warmhand.api.fields import ClientRef, Day, In, Line, Many, Out, PathId, Whole, left_out
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.asks import plans

router = Router(tags=["asks"])


class TaskOut(Out):
    """One step of a plan."""

    id: int
    step: str = Field(description="Which of the proposed steps; empty for one of your own.")
    what: str
    due_on: dt.date
    done_on: dt.date | None


class PlanOut(Out):
    """How an introduction inside the client's company is prepared."""

    id: int
    client: ClientRef
    ask_id: int
    champion: str = Field(description="Who speaks for us inside; empty: the client.")
    department: str
    meeting: str = Field(description="lunch or call.")
    meeting_on: dt.date | None
    tasks: Many[TaskOut]


class PlanFilters(Paging):
    """Which plans."""

    client_id: Whole | None = None
    ask_id: Whole | None = None


class PlanChange(In):
    """What changes; what is left out stays."""

    champion: Line = left_out()
    department: Line = left_out()
    meeting: Literal["lunch", "call"] = left_out()
    meeting_on: Day | None = Field(None, description="Outside their busy times.")


class StepDone(In):
    """When a step was done."""

    on: Day | None = Field(None, description="Today when left out.")


@route(router, "GET", "/coworker-plans", Page[PlanOut])
def list_coworker_plans(request: Call, filters: Query[PlanFilters]) -> Any:
    """List plans for introductions inside a client's company, newest first."""
    return paged(plans.plans(**filters.model_dump(exclude={"page", "per_page"})), filters)


@route(router, "PATCH", "/coworker-plans/{plan_id}", PlanOut)
def change_coworker_plan(request: Call, plan_id: PathId, body: PlanChange) -> Any:
    """Change a plan: the steps still to be done take their words and days from it anew."""
    return plans.change_plan(by=request.auth.by, plan_id=plan_id, **body.sent())


@route(router, "POST", "/coworker-tasks/{task_id}/done", TaskOut)
def do_coworker_task(request: Call, task_id: PathId, body: StepDone) -> Any:
    """Record that a step was done."""
    return plans.do_task(by=request.auth.by, task_id=task_id, **body.sent())
