"""Thousands of made-up calls against the served API: no fault of ours, no undocumented answer.

Every operation is called with bodies and addresses as its schema allows and, in a second run, as
it does not, by three keys (every scope, reading only, another workspace's) and by none. Half of
the calls name records that exist. `WARMHAND_EXAMPLES` says how many calls each gets: few at each
landing, a thousand before a release (safety.md, fault 15). A failure prints how to repeat it.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as openapi

from tests.api.checked import document, key_of
from tests.contracts.planted import Planted, plant
from tests.contracts.route_table import CALLS
from tests.databases import copied_database, current_name, speaking_to
from tests.e2e.site import serving
from tests.world import make_world
from warmhand.api.keys import Caller
from warmhand.apps.island.actor import Actor

EXAMPLES = int(os.environ.get("WARMHAND_EXAMPLES", "4"))
MOMENT = dt.date(2026, 1, 1)
MARK = "zanzibar-ours"
ANY_ANSWER = [
    not_a_server_error,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
    openapi.status_code_conformance,
]


@dataclass(frozen=True)
class Served:
    schema: Any
    planted: Planted
    keys: dict[str, str]


@pytest.fixture(scope="module")
def served(django_db_setup, django_db_blocker) -> Iterator[Served]:
    """The API behind a real server, over a database of its own, planted."""
    name = f"{current_name()}_schema"
    with django_db_blocker.unblock(), copied_database(name), speaking_to(name):
        world = make_world()
        planted = plant(world.workspace.pk, MARK)
        keys = {
            "every scope": key_of(world.workspace.pk, world.by),
            "reading only": key_of(world.workspace.pk, world.by, "read"),
            "elsewhere": key_of(world.other.pk, Actor(None, "Outsider", "web")),
        }
        with serving() as url:
            schema = schemathesis.openapi.from_dict(document())
            schema.config.update(base_url=url)
            yield Served(schema, planted, keys)


def operation_of(served: Served, name: str) -> Any:
    return served.schema.find_operation_by_id(name)


def with_records(case: Any, planted: Planted) -> None:
    """Have the call name records that are there."""
    for parameter in case.path_parameters or {}:
        case.path_parameters[parameter] = planted.of(parameter)
    for held in (case.query, case.body):
        if isinstance(held, dict):
            for field in [f for f in held if f.endswith("_id")]:
                held[field] = planted.of(field)


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def try_out(served: Served, name: str, mode: GenerationMode, check: Any) -> None:
    strategy = operation_of(served, name).as_strategy(generation_mode=mode)

    @given(case=strategy, real=st.booleans())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=EXAMPLES < 50,  # the same calls at each landing; others before a release
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def run(case: Any, real: bool) -> None:
        if real:
            with_records(case, served.planted)
        check(case)

    run()


@pytest.mark.parametrize("name", CALLS)
def test_calls_as_documented(served: Served, name: str):
    def check(case: Any) -> None:
        for who, secret in served.keys.items():
            answer = case.call_and_validate(headers=bearer(secret), checks=ANY_ANSWER)
            if who == "elsewhere":
                assert MARK not in answer.text, case.as_curl_command()

    try_out(served, name, GenerationMode.POSITIVE, check)


def takes_nothing(name: str) -> bool:
    operation = next(
        operation
        for methods in document()["paths"].values()
        for operation in methods.values()
        if operation["operationId"] == name
    )
    return not operation["parameters"] and "requestBody" not in operation


@pytest.mark.parametrize("name", [name for name in CALLS if not takes_nothing(name)])
def test_calls_that_break_the_schema(served: Served, name: str):
    def check(case: Any) -> None:
        headers = bearer(served.keys["every scope"])
        case.call_and_validate(headers=headers, checks=ANY_ANSWER)

    try_out(served, name, GenerationMode.NEGATIVE, check)


@pytest.mark.parametrize("name", CALLS)
def test_nobody_is_let_in_without_a_key(served: Served, name: str):
    case = operation_of(served, name).Case(path_parameters=_path(served, name))
    case.call_and_validate(
        headers=bearer(served.keys["every scope"]), checks=[openapi.ignored_auth]
    )
    for headers in ({}, bearer("wh_" + "x" * 43)):
        assert case.call(headers=headers).status_code == 401


def _path(served: Served, name: str) -> dict[str, int]:
    operation = operation_of(served, name)
    return {p.name: served.planted.of(p.name) for p in operation.path_parameters}


def test_a_fault_would_be_found(served: Served, monkeypatch):
    """The control: these checks can see what they are for."""

    def broken() -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("warmhand.apps.journal.queries.entries", broken)
    with pytest.raises(FailureGroup, match="Server error"):
        test_calls_as_documented(served, "list_journal")


def test_an_open_door_would_be_found(served: Served, monkeypatch):
    """The control: a route that lets everybody in."""
    known = Caller(served.planted["workspace"], Actor(None, "x", "api"), frozenset(), MOMENT)
    monkeypatch.setattr("warmhand.api.keys.Key.__call__", lambda key, request: known)
    with pytest.raises(FailureGroup, match="API accepts requests without authentication"):
        test_nobody_is_let_in_without_a_key(served, "list_journal")
