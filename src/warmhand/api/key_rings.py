"""Key rings: whom a client knows; noted here, named in no ask before it is earned (P1)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Query, Router
from pydantic import Field

from warmhand.api.door import route
from warmhand.api.fields import Day, In, Line, Name, Out, PathId, Search, Text, left_out
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.people import queries, services

router = Router(tags=["key rings"])
Closeness = Annotated[int, Field(ge=1, le=5, description="1 (hardly) to 5 (very well).")]
Source = Literal["typed", "linkedin", "review", "note"]


class KeyOut(Out):
    """Somebody a client could introduce us to."""

    id: int
    client_id: int
    name: str
    company_name: str
    position: str
    inside: bool = Field(description="Works at the client's own company.")
    relation: str
    closeness: int | None
    notes: str
    connected_on: dt.date | None
    source: str = Field(description="typed, linkedin, review or note.")
    confirmed_on: dt.date | None = Field(description="The day it was last told or corrected.")
    declined_on: dt.date | None = Field(description="The day they said no to contact.")
    named_on: dt.date | None = Field(description="The day they were last held up in an ask.")


class KeyFilters(Paging):
    """Which keys."""

    search: Search = ""


class KeyIn(In):
    """A key: name and work; addresses and numbers of third persons are refused."""

    name: Name
    company_name: Line = ""
    position: Line = ""
    inside: bool = Field(False, description="Also found by the name of the company.")
    relation: Line = ""
    closeness: Closeness | None = None
    notes: Text = ""
    connected_on: Day | None = None
    source: Source = "typed"


class KeyChange(In):
    """What is to change; what is left out stays. Any change counts as confirmed today."""

    name: Name = left_out()
    company_name: Line = left_out()
    position: Line = left_out()
    inside: bool = left_out()
    relation: Line = left_out()
    closeness: Closeness | None = left_out()
    notes: Text = left_out()
    connected_on: Day | None = left_out()


@route(router, "GET", "/clients/{client_id}/keys", Page[KeyOut])
def list_keys(request: Call, client_id: PathId, filters: Query[KeyFilters]) -> Any:
    """List the keys of a client, whom they know best first: for your own records, not for asks."""
    queries.client_by_id(client_id)
    return paged(queries.keys_of(client_id, search=filters.search), filters)


@route(router, "POST", "/clients/{client_id}/keys", KeyOut, status=201)
def add_key(request: Call, client_id: PathId, body: KeyIn) -> Any:
    """Note somebody whom a client knows."""
    return services.add_key(by=request.auth.by, client_id=client_id, **body.sent())


@route(router, "PATCH", "/keys/{ring_key_id}", KeyOut)
def change_key(request: Call, ring_key_id: PathId, body: KeyChange) -> Any:
    """Change what is known of a key."""
    return services.change_key(by=request.auth.by, key_id=ring_key_id, **body.sent())
