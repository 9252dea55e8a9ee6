"""Every API operation × {every scope, all but the one needed, another workspace's key, none}.

Taken from the document and tried with the planted records of one workspace, in the address, in the
filters and in the body. The expected scope of each operation stands in `route_table.CALLS`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.api.checked import ROOT, Answer, Caller
from tests.contracts.bodies import body_of
from tests.contracts.conftest import OURS
from tests.contracts.planted import Planted
from tests.contracts.route_table import CALLS
from tests.contracts.test_routes import WRITES, operations
from warmhand.apps.accounts.services import KEY_SCOPES

TAKEN = {200, 201, 409, 422}
"""A call with the smallest body: taken, or refused by the state of the planted records."""


@dataclass
class Callers:
    planted: Planted
    ours: Caller
    theirs: Caller
    lacking: dict[str, Caller]
    stranger: Caller


@pytest.fixture
def callers(planted_world):
    keys = planted_world.keys
    lacking = {scope: Caller(keys[f"without {scope}"]) for scope in KEY_SCOPES}
    ours, theirs = Caller(keys["ours"]), Caller(keys["theirs"])
    for caller in (ours, theirs):
        caller.get("/journal")  # the day's use of the key is noted
    return Callers(planted_world.planted, ours, theirs, lacking, Caller(None))


def address(path: str, operation: dict[str, Any], planted: Planted, *, filters: bool) -> str:
    query = []
    for parameter in operation["parameters"]:
        name = parameter["name"]
        if parameter["in"] == "path":
            path = path.replace(f"{{{name}}}", str(planted.of(name)))
        elif filters and name.endswith("_id"):
            query.append(f"{name}={planted.of(name)}")
        elif filters and name == "search":
            query.append(f"search={OURS}")
    return path.removeprefix(ROOT) + (f"?{'&'.join(query)}" if query else "")


def send(caller: Caller, name: str, planted: Planted, *, all_fields: bool = False) -> Answer:
    method, path, operation = operations()[name]
    to = address(path, operation, planted, filters=all_fields)
    body = body_of(operation, planted, full=all_fields)
    raw = None if body is None else json.dumps(body).encode()
    with transaction.atomic():
        answer = caller.call(method, to, raw)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("name", CALLS)
def test_call(name: str, callers: Callers):
    check_scopes(name, callers)
    for all_fields in (False, True):
        check_nothing_crosses(name, callers, all_fields)
    if operations()[name][0] == "GET":
        check_it_only_reads(name, callers)


def check_scopes(name: str, callers: Callers) -> None:
    scope = CALLS[name]
    own = send(callers.ours, name, callers.planted)
    assert own.status in TAKEN, own.body
    lacking = send(callers.lacking[scope], name, callers.planted)
    assert (lacking.status, lacking.body["error"]["details"]["needs"]) == (403, scope)
    assert send(callers.stranger, name, callers.planted).status == 401


def held(body: dict[str, Any]) -> Any:
    """What a list holds, or how many cases its figures rest on."""
    return body["items"] if "items" in body else body["overall"]["cases"]


def check_nothing_crosses(name: str, callers: Callers, all_fields: bool) -> None:
    """Another workspace's records in the address, the filters and the body: like absent ones."""
    answer = send(callers.theirs, name, callers.planted, all_fields=all_fields)
    said = f"{name} answered {answer.status}: {answer.body}"
    assert OURS not in json.dumps(answer.body), said
    method, path, operation = operations()[name]
    body = body_of(operation, callers.planted, full=all_fields) or {}
    if "{" in path or any(key.endswith("_id") or key == "client" for key in body):
        assert answer.status == 404, said
        absent = Planted(dict.fromkeys(callers.planted, 2**40))
        missing = send(callers.theirs, name, absent, all_fields=all_fields)
        assert (missing.status, missing.body) == (answer.status, answer.body), said
    elif method == "GET" and "_id=" in address(
        path, operation, callers.planted, filters=all_fields
    ):
        assert not held(answer.body), said


def check_it_only_reads(name: str, callers: Callers) -> None:
    _, path, operation = operations()[name]
    to = address(path, operation, callers.planted, filters=False)
    with CaptureQueriesContext(connection) as caught:
        assert callers.ours.get(to).status == 200
    assert not [q["sql"] for q in caught.captured_queries if WRITES.match(q["sql"])]
    assert len(caught) <= 20, "a list asks once for all, not once for each"


def test_the_planted_records_are_shown_to_their_own(callers: Callers):
    """The control of the test above: the marks are there to be found."""
    lists = [name for name in CALLS if name.startswith("list_")]
    shown = [n for n in lists if OURS in json.dumps(send(callers.ours, n, callers.planted).body)]
    # nothing is to be done today, and nobody is due: a meeting with the planted client is planned
    # nor is an ally to be thanked, and its follow-up has been answered
    # and the packs of the law are the same for everybody
    silent = {"list_today", "list_reviews_due", "list_ally_moves", "list_follow_ups_due"}
    silent |= {"list_packs"}
    assert set(lists) - set(shown) <= silent
