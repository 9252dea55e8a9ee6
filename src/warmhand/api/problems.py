"""The one error shape of the API: every refusal and every fault, as JSON, whoever noticed it."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as InputError
from pydantic import BaseModel, Field

from warmhand.problems import Conflict, Invalid, Place, Problem
from warmhand.rulebook import PolicyError

log = logging.getLogger("warmhand.api")
JSON = "application/json"
MIB = 1_048_576

NO_KEY = Problem(
    "no_key",
    "This needs an API key that is valid.",
    lift="Send 'Authorization: Bearer wh_…'; an owner of the workspace makes keys.",
    status=401,
)
UNREADABLE = Problem(
    "bad_request", "This request can't be read.", lift="Send it again as documented.", status=400
)
UNKNOWN_ADDRESS = Problem(
    "not_found", "There is no such address.", lift="See /api/v1/openapi.json.", status=404
)
NOT_THIS_WAY = Problem(
    "method_not_allowed",
    "This address doesn't take this method.",
    lift="The 'Allow' header names those that it takes.",
    status=405,
)
TOO_BIG = Problem(
    "body_too_big",
    "The body is larger than 1 MB.",
    lift="Send less at a time, or use the import.",
    status=413,
)
OUR_FAULT = Problem(
    "our_fault",
    "Something went wrong on our side; nothing was written.",
    lift="Try again; if it stays, tell whoever runs this installation.",
    status=500,
)
BUSY = Problem(
    "busy",
    "The database can't be reached just now; nothing was written.",
    lift="Try again in a minute.",
    status=503,
)


class PlaceOut(BaseModel):
    """Where in the input a problem stands."""

    field: str = Field(description="The field, as a path: 'name', 'client.email', 'query.page'.")
    sentence: str
    row: int | None = Field(description="The line, where there are lines (1 is the first).")


class ErrorIn(BaseModel):
    """What is wrong and what to do next."""

    code: str = Field(description="Stable: programs may rely on it.")
    sentence: str = Field(description="For a person.")
    lift: str = Field(description="What would turn this 'no' into a 'yes'.")
    until: dt.date | None = Field(description="The first day on which it is gone by time alone.")
    places: list[PlaceOut]
    details: dict[str, Any]


class ErrorOut(BaseModel):
    """The one shape of every error."""

    error: ErrorIn


def answer(problem: Problem) -> HttpResponse:
    """A problem as an HTTP answer."""
    made = HttpResponse(json.dumps(problem.as_dict()), status=problem.status, content_type=JSON)
    if problem.status == 401:
        made["WWW-Authenticate"] = "Bearer"
    if problem.status == 503:
        made["Retry-After"] = "60"
    return made


def handle_everything(api: NinjaAPI) -> None:
    """Have every exception of a route answered in the one shape."""
    for kind, made in _HANDLERS.items():
        api.add_exception_handler(kind, _handler(made))


def _handler(made: Callable[[Any], Problem]) -> Any:
    return lambda request, found: answer(made(found))


def _from_validation(found: InputError) -> Problem:
    return Invalid(
        "invalid_input",
        "Some of the input can't be taken as it is.",
        lift="Correct the places named and send it again.",
        places=tuple(_place(each) for each in found.errors),
    )


def _place(error: dict[str, Any]) -> Place:
    source, *path = (str(part) for part in error["loc"])
    in_body = source == "body"  # ninja puts the name of the route's argument first
    field = ".".join(path[1:]) or "body" if in_body else f"{source}.{path[-1]}"
    return Place(field, _sentence(error))


_SENTENCES = {
    "missing": "This is needed.",
    "extra_forbidden": "There is no such field here.",
}


def _sentence(error: dict[str, Any]) -> str:
    said = _SENTENCES.get(error["type"]) or str(error["msg"])
    said = said.removeprefix("Value error, ").removeprefix("Input should be ")
    said = said[:1].upper() + said[1:]
    return said if said.endswith(".") else f"{said}."


def _from_policy(found: PolicyError) -> Problem:
    places = tuple(
        Place(each.field, f"{each.problem} (allowed: {each.allowed})") for each in found.problems
    )
    return Invalid(
        "invalid_input",
        "Some settings or facts can't be taken as they are.",
        lift="Correct the places named and send them again.",
        places=places,
    )


def _from_http(found: HttpError) -> Problem:
    """Ninja wraps what our parser said about the body."""
    if isinstance(found.__cause__, Problem):
        return found.__cause__
    return Problem("bad_request", str(found), lift=UNREADABLE.lift, status=found.status_code)


def _from_integrity(found: IntegrityError) -> Problem:
    log.warning("refused by the database: %s", found)
    return Conflict(
        "conflicting_records",
        "This doesn't fit what is on record: it names something unknown, or is there already.",
        lift="Look the records up again and correct the request.",
    )


def _from_data(found: DataError) -> Problem:
    log.warning("refused by the database: %s", found)
    return Invalid(
        "invalid_input", "A value is outside what can be kept.", lift="Correct it and send again."
    )


def _from_fault(found: Exception) -> Problem:
    log.error("a route failed", exc_info=found)
    return BUSY if isinstance(found, OperationalError | InterfaceError) else OUR_FAULT


_HANDLERS: dict[type[Exception], Callable[[Any], Problem]] = {
    Problem: lambda found: found,
    InputError: _from_validation,
    AuthenticationError: lambda _: NO_KEY,
    HttpError: _from_http,
    Http404: lambda _: UNKNOWN_ADDRESS,
    PolicyError: _from_policy,
    RequestDataTooBig: lambda _: TOO_BIG,
    UnreadablePostError: lambda _: UNREADABLE,
    IntegrityError: _from_integrity,
    DataError: _from_data,
    Exception: _from_fault,  # OperationalError, InterfaceError: the database is away
}
"""Ninja looks up the class of the exception and its parents, nearest first."""

_BY_STATUS = {404: UNKNOWN_ADDRESS, 405: NOT_THIS_WAY, 413: TOO_BIG}


def by_status(status: int) -> Problem:
    """The problem that stands behind an error status somebody else answered with."""
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return OUR_FAULT if status >= 500 else UNREADABLE
