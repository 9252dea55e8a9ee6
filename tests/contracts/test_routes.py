"""Every route × every kind of person: who gets in, who doesn't, and nothing crosses.

A route that is missing from `route_table.py` fails here; how to add one stands there.

People: the owner and a colleague of each other role, an outsider (owner of another workspace), a
stranger. Both workspaces are planted with one record of every kind; a mark of one in an answer to
somebody of the other is a leak. A GET that writes fails too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from tests.api.checked import HANDLER, document
from tests.contracts.conftest import OURS, THEIRS
from tests.contracts.planted import Planted
from tests.contracts.route_table import ANYONE, CALLS, OPEN, PAGES, SIGNED_IN, PageRow
from warmhand.apps.accounts.abilities import ROLES, Role

WRITES = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(?!django_session)')
TAKEN = {200, 204, 302, 303, 400, 409, 422}
"""An act sent without its fields: taken or refused for what it says, never for who sends it."""


def every_pattern(patterns: Any = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLPattern):
            yield space + (each.name or str(each.pattern)), each
        else:
            inner = f"{each.namespace}:" if each.namespace else ""
            yield from every_pattern(each.url_patterns, space + inner)


PATTERNS = dict(every_pattern())


def operations() -> dict[str, tuple[str, str, dict[str, Any]]]:
    return {
        operation["operationId"]: (method.upper(), path, operation)
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


def test_every_route_has_a_row():
    api = {name for name in PATTERNS if name.startswith("api:")} - set(OPEN)
    pages = set(PATTERNS) - api - set(OPEN)
    assert pages - {row.name for row in PAGES} == set(), "add them to route_table.PAGES"
    assert {row.name for row in PAGES} - pages == set(), "these routes are gone: remove their rows"
    assert set(operations()) == set(CALLS), "keep route_table.CALLS up to date"


def test_every_api_route_is_in_the_document():
    """The rows of the API are tried out from the document: nothing may hide from it."""
    from warmhand.api.routes import api

    bound = {
        (method, operation.operation_id)
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
        for method in operation.methods
    }
    assert bound == {(method, name) for name, (method, _, _) in operations().items()}


@dataclass
class People:
    """Who comes in, by name; `None` as role means: not of this workspace."""

    clients: dict[str, tuple[Client, str | None]]
    planted: Planted


@pytest.fixture
def people(planted_world):
    world = planted_world.world
    found: dict[str, tuple[Client, str | None]] = {}
    for role, user in world.users.items():
        found[str(role)] = (signed_in(user), str(role))
    found["outsider"] = (signed_in(world.outsider), None)
    found["stranger"] = (browser(), None)
    return People(found, planted_world.planted)


def signed_in(user: Any) -> Client:
    client = browser()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def browser() -> Client:
    """A client over the one set of middleware: loading it looks at every static file."""
    client = Client(raise_request_exception=False)
    client.handler = HANDLER
    return client


def address(row: PageRow, planted: Planted) -> str:
    return reverse(row.name, kwargs=arguments(row, planted)) + row.query


def arguments(row: PageRow, planted: Planted) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in PATTERNS[row.name].pattern.regex.groupindex:
        what = row.stands_for.get(name, name)
        made[name] = what[1:] if what.startswith("=") else planted.of(what)
    return made


def names_a_record(row: PageRow) -> bool:
    names = PATTERNS[row.name].pattern.regex.groupindex
    return any(not row.stands_for.get(name, name).startswith("=") for name in names)


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_page(row: PageRow, people: People):
    for name, (client, role) in people.clients.items():
        for method in ("GET", "POST"):
            if method == "POST" and method not in row.methods:
                continue
            said = f"{name}: {method} {row.name}"
            answer, writes = send(client, method, address(row, people.planted))
            check_page(row, name, role, method, answer, said)
            check_marks(answer, role, said)
            if method == "GET" and row.name.startswith("web:"):  # allauth keeps its own books
                assert not writes, f"{said} writes: {writes}"


def send(client: Client, method: str, to: str) -> tuple[HttpResponseBase, list[str]]:
    """Send a request without fields, and take back what it did."""
    connection.queries_log.clear()
    with transaction.atomic(), CaptureQueriesContext(connection) as caught:
        answer = client.generic(method, to, content_type="application/x-www-form-urlencoded")
        body = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    answer.said = body.decode(errors="replace")
    return answer, [q["sql"] for q in caught.captured_queries if WRITES.match(q["sql"])]


def check_page(
    row: PageRow, name: str, role: str | None, method: str, answer: Any, said: str
) -> None:
    said = f"{said} answered {answer.status_code}"
    if row.gate is ANYONE:
        assert answer.status_code < 500, said
    elif method not in row.methods and answer.status_code == 405:
        return
    elif name == "stranger":
        assert answer.status_code == 302, said
        assert answer.headers["Location"].startswith("/accounts/login/"), said
    elif row.gate is not SIGNED_IN and role and Role(role) not in ROLES[row.gate]:
        assert answer.status_code == 403, said
    elif method not in row.methods:
        raise AssertionError(f"{said}, not 405")
    elif name == "outsider" and names_a_record(row):
        assert answer.status_code == 404, said
    else:
        right = TAKEN if method == "POST" or row.gate is SIGNED_IN else {200}
        assert answer.status_code in right | set(row.ok), said


def check_marks(answer: Any, role: str | None, said: str) -> None:
    """Nothing of the one workspace in an answer to somebody of the other."""
    foreign = THEIRS if role else OURS
    assert foreign not in answer.said, f"{said} leaks"
    assert foreign not in str(answer.headers), f"{said} leaks in its headers"
