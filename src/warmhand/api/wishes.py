"""What clients wish: consent to be asked, and not to be asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Query, Router
from pydantic import Field

from warmhand.api.clients import ClientOut
from warmhand.api.door import route
from warmhand.api.fields import Day, In, Line, Out, PathId, Text
from warmhand.api.keys import Call
from warmhand.api.paging import Page, Paging, paged
from warmhand.apps.people import queries, services

router = Router(tags=["wishes of clients"])


class ConsentOut(Out):
    """A yes or no to being asked, as said; the latest one counts."""

    id: int
    given: bool
    on: dt.date
    words: str
    source: str


class ConsentIn(In):
    """What the client said."""

    given: bool = Field(description="true: they agreed; false: they took it back.")
    on: Day | None = Field(None, description="The day they said it; today when left out.")
    words: Text = ""
    source: Line = Field("", max_length=120, description="Where they said it.")


class DoNotAsk(In):
    """They wish not to be asked."""

    until: Day | None = Field(None, description="Left out: for good.")
    why: Text = ""


class MayAskAgain(In):
    """They took the wish back."""

    why: Text = Field(min_length=1, description="How we know that they did.")


@route(router, "GET", "/clients/{client_id}/consents", Page[ConsentOut])
def list_consents(request: Call, client_id: PathId, paging: Query[Paging]) -> Any:
    """List what a client said about being asked, latest first."""
    return paged(queries.client_by_id(client_id).consents.all(), paging)


@route(router, "POST", "/clients/{client_id}/consents", ConsentOut, status=201)
def record_consent(request: Call, client_id: PathId, body: ConsentIn) -> Any:
    """Record that a client gave or withdrew consent; withdrawing stops asks at once."""
    said = body.sent()
    record = services.give_consent if said.pop("given") else services.withdraw_consent
    return record(by=request.auth.by, client_id=client_id, **said)


@route(router, "POST", "/clients/{client_id}/do-not-ask", ClientOut)
def set_do_not_ask(request: Call, client_id: PathId, body: DoNotAsk) -> Any:
    """Record that a client wishes not to be asked."""
    services.set_do_not_ask(by=request.auth.by, client_id=client_id, **body.sent())
    return queries.client_by_id(client_id)


@route(router, "POST", "/clients/{client_id}/do-not-ask/lift", ClientOut)
def lift_do_not_ask(request: Call, client_id: PathId, body: MayAskAgain) -> Any:
    """Record that a client took that wish back."""
    services.lift_do_not_ask(by=request.auth.by, client_id=client_id, **body.sent())
    return queries.client_by_id(client_id)
