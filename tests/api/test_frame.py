"""The door: keys, scopes, the one error shape, and bodies that aren't what they should be."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from tests.api.checked import ROOT, Caller, document, key_of
from warmhand.apps.accounts.models import ApiKey
from warmhand.apps.accounts.services import revoke_api_key
from warmhand.apps.island.scope import workspace_scope

DEEP = b'{"a":' * 200 + b"1" + b"}" * 200
TOO_DEEP_FOR_THE_READER = b"[" * 200_000


def test_a_key_opens_its_workspace(api):
    assert api.get("/journal").status == 200


def test_no_wrong_expired_and_revoked_keys_get_one_answer(closed_world, stranger):
    world = closed_world
    yesterday = world.today() - dt.timedelta(days=1)
    revoked = key_of(world.workspace.pk, world.by)
    with workspace_scope(world.workspace.pk):
        revoke_api_key(by=world.by, key_id=ApiKey.objects.get(prefix=revoked[:8]).pk)
    wrong = ["wh_" + "x" * 43, "", "wh_", "wh_" + "x" * 5000, "wh_ä", revoked]
    callers = [Caller(key_of(world.workspace.pk, world.by, expires_on=yesterday))]
    callers += [stranger, *map(Caller, wrong)]
    answers = [caller.get("/journal") for caller in callers]
    assert {answer.status for answer in answers} == {401}
    assert len({json.dumps(answer.body) for answer in answers}) == 1
    assert answers[0].headers["WWW-Authenticate"] == "Bearer"


def test_a_key_is_good_on_its_last_day(closed_world):
    world = closed_world
    assert (
        Caller(key_of(world.workspace.pk, world.by, expires_on=world.today()))
        .get("/journal")
        .status
        == 200
    )


def test_another_kind_of_authorization_is_no_key(closed_world, stranger):
    secret = key_of(closed_world.workspace.pk, closed_world.by)
    assert stranger.get("/journal", Authorization=f"Basic {secret}").status == 401
    assert stranger.get("/journal", Authorization=f"bearer {secret}").status == 200


def test_the_last_use_of_a_key_is_noted_once_a_day(
    closed_world, api, django_assert_max_num_queries, django_assert_num_queries
):
    api.get("/journal")
    with workspace_scope(closed_world.workspace.pk):
        assert ApiKey.objects.get().last_used_on == closed_world.today()
    with django_assert_max_num_queries(12) as queries:
        api.get("/journal")
    assert not [q for q in queries if q["sql"].startswith("UPDATE")]


def test_an_address_that_is_not_there_is_told_in_the_one_shape(api, stranger):
    for caller in (api, stranger):
        for path in ("/nothing", "/clients/1/nothing", "/", "/journal/"):
            assert caller.get(path).status == 404


@pytest.mark.parametrize("path", ["/api/", "/api/v2/journal", "/api/v1/%00", "/api/v1/..%2f"])
def test_no_html_ever_comes_out_of_api(db, path):
    found = Client(raise_request_exception=False).get(path)
    assert found.status_code in (400, 404)
    assert found["Content-Type"] == "application/json"
    assert found.json()["error"]["code"]


def test_a_wrong_host_is_told_in_the_one_shape(db):
    found = Client().get(ROOT + "/journal", headers={"Host": "evil.example"})
    assert (found.status_code, found["Content-Type"]) == (400, "application/json")


@pytest.mark.parametrize("method", ["DELETE", "PUT", "OPTIONS", "TRACE", "FOO"])
def test_another_method_is_told_with_those_allowed(api, method):
    found = api.call(method, "/journal")
    assert (found.status, found.code) == (405, "method_not_allowed")
    assert "GET" in found.headers["Allow"]


def test_the_document_is_open_and_only_read(db, stranger):
    found = Client().get(ROOT + "/openapi.json")
    assert found.json() == document()
    assert found.json()["openapi"].startswith("3.1")
    assert Client().post(ROOT + "/openapi.json").status_code == 405


def test_every_operation_documents_its_errors_and_its_scope():
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            said = set(operation["responses"])
            needed = {"401", "403", "404", "422", "500"}
            if method != "get":
                needed |= {"400", "409", "413", "415"}
            assert needed <= said, f"{method} {path}"
            assert operation["security"][0]["key"], f"{method} {path}"
            assert operation["summary"], f"{method} {path}"


def test_a_filter_that_is_not_there_is_refused(api):
    found = api.get("/journal?serach=x&page=0&per_page=101")
    assert (found.status, sorted(found.fields)) == (422, ["query.page", "query.per_page"])
    found = api.get("/journal?serach=x")
    assert (found.status, found.fields) == (422, ["query.serach"])
    assert api.get("/journal?page=1&page=2").fields == ["query.page"]
    assert api.get("/journal?page=1.0").fields == ["query.page"]
    assert api.get("/journal?page=" + "9" * 5000).fields == ["query.page"]


def test_a_fault_of_ours_is_told_without_its_secrets(api, monkeypatch, caplog):
    def broken():
        raise RuntimeError("secret 4711")

    monkeypatch.setattr("warmhand.apps.journal.queries.entries", broken)
    found = api.get("/journal")
    assert (found.status, found.code) == (500, "our_fault")
    assert "4711" not in json.dumps(found.body)
    assert "4711" in caplog.text
