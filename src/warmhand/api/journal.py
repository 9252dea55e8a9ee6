"""What happened, when, by whom and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Query, Router
from pydantic import Field

from warmhand.api.door import route
from warmhand.api.fields import Out, Whole
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.journal import queries

router = Router(tags=["journal"])


class EntryOut(Out):
    """One thing that was done."""

    id: int
    at: dt.datetime
    by_member_id: int | None = Field(description="Null: a program, or a colleague since removed.")
    by_name: str
    via: str = Field(description="web, api, cli, job, import or example.")
    verb: str
    object_type: str
    object_id: int | None
    client_id: int | None
    company_id: int | None
    sentence: str
    why: str
    changes: dict[str, Any] = Field(description="Per field: what it was and what it became.")


class Filters(Paging):
    """Which entries."""

    client_id: Whole | None = None


@route(router, "GET", "/journal", Page[EntryOut])
def list_journal(request: Call, filters: Query[Filters]) -> Any:
    """List what happened, newest first."""
    found = queries.entries()
    if filters.client_id is not None:
        found = queries.timeline_of(filters.client_id)
    return paged(found, filters)
