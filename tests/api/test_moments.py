"""The moment over HTTP: the verdict, the words, one effect per key, one ask."""

from __future__ import annotations

import json

import pytest

from tests.api.checked import Caller, key_of
from tests.asks.earned import earn
from warmhand.apps.accounts.models import IdempotentAnswer
from warmhand.apps.island.scope import touch, workspace_scope
from warmhand.apps.people.models import ContactPoint
from warmhand.apps.work.models import Case


@pytest.fixture
def ada(closed_world):
    with workspace_scope(closed_world.workspace.pk):
        client = earn(closed_world, source="crm", source_ref="A-7")
        ContactPoint.objects.create(client=client, kind="email", value="ada@kettle.example")
        touch(client_id=client.pk)
    return client


@pytest.fixture
def case(closed_world, ada):
    with workspace_scope(closed_world.workspace.pk):
        return Case.objects.create(
            client=ada, title="Leak", opened_on=closed_world.days_ago(3), source="desk",
            source_ref="77",
        )  # fmt: skip


def states(world) -> list[tuple[str, int]]:
    with workspace_scope(world.workspace.pk):
        return [(case.state, case.reopened_times) for case in Case.objects.order_by("pk")]


def test_confirmed_gives_the_verdict_and_the_words(api, ada, case):
    found = api.post("/moments", {"client": ada.pk, "case": case.pk, "what": "confirmed"}).body
    assert (found["case"]["state"], found["verdict"]["may_ask"]) == ("confirmed", True)
    first, *_ = found["wording"]["steps"]
    assert first["practice"] == "P12"
    assert "we might be able to help" in found["wording"]["text"]


def test_resolved_waits_for_the_client_to_say_so(api, ada, case):
    found = api.post("/moments", {"case": case.pk, "what": "resolved"}).body
    assert found["verdict"]["may_ask"] is False
    assert found["if_confirmed"]["may_ask"] is True
    assert found["wording"]["steps"][0]["practice"] == "P12"


def test_reopened_has_no_words(api, ada, case):
    api.post("/moments", {"case": case.pk, "what": "resolved"})
    found = api.post("/moments", {"case": case.pk, "what": "reopened"}).body
    assert (found["case"]["state"], found["wording"]) == ("open", None)


@pytest.mark.parametrize(
    "client",
    [{"email": "Ada@Kettle.example"}, {"source": "crm", "ref": "A-7"}],
    ids=["address", "another system's name"],
)
def test_a_program_knows_clients_and_cases_by_its_own_names(api, closed_world, ada, case, client):
    body = {"client": client, "case": {"source": "desk", "ref": "77"}, "what": "confirmed"}
    found = api.post("/moments", body).body
    assert (found["case"]["id"], found["verdict"]["client"]["id"]) == (case.pk, ada.pk)
    body["case"] = {"source": "desk", "ref": "78", "title": "Another leak"}
    assert api.post("/moments", body).body["case"]["title"] == "Another leak"
    assert states(closed_world) == [("confirmed", 0), ("confirmed", 0)]


@pytest.mark.parametrize(
    ("client", "status", "code"),
    [
        (999_999, 404, "unknown_client"),
        ({"email": "nobody@kettle.example"}, 404, "unknown_client"),
        ({"source": "crm", "ref": "A"}, 404, "unknown_client"),
        ({"source": "crm"}, 422, "invalid_input"),
        ({}, 422, "invalid_input"),
        (None, 422, "invalid_input"),
        ({"name": "Ada"}, 422, "invalid_input"),
    ],
)
def test_an_unknown_client_is_told(api, closed_world, ada, client, status, code):
    body = {"client": client, "case": {"source": "desk", "ref": "1"}, "what": "resolved"}
    found = api.post("/moments", body)
    assert (found.status, found.code) == (status, code)
    assert states(closed_world) == []


def test_two_clients_of_one_address_are_told_apart(api, closed_world, ada):
    with workspace_scope(closed_world.workspace.pk):
        bo = closed_world.client("Bo")
        ContactPoint.objects.create(client=bo, kind="email", value="ada@kettle.example")
    body = {"client": {"email": "ada@kettle.example"}, "case": {"ref": "1"}, "what": "resolved"}
    found = api.post("/moments", body)
    assert (found.status, found.code) == (409, "several_clients")
    assert {c["id"] for c in found.body["error"]["details"]["candidates"]} == {ada.pk, bo.pk}


def test_the_same_key_and_body_have_one_effect_and_one_answer(api, closed_world, ada):
    body = {"client": ada.pk, "case": {"title": "Leak"}, "what": "resolved"}
    first = api.post("/moments", body, Idempotency_Key="k-1")
    again = api.post("/moments", body, Idempotency_Key="k-1")
    assert (first.status, first.body) == (again.status, again.body)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert states(closed_world) == [("resolved", 0)]
    api.post("/moments", body, Idempotency_Key="k-2")
    assert len(states(closed_world)) == 2


def test_the_same_key_with_another_request_is_refused(api, closed_world, ada):
    body = {"client": ada.pk, "case": {"title": "Leak"}, "what": "resolved"}
    api.post("/moments", body, Idempotency_Key="k-1")
    other = api.post("/moments", body | {"what": "confirmed"}, Idempotency_Key="k-1")
    assert (other.status, other.code) == (409, "key_used_for_other_body")
    assert states(closed_world) == [("resolved", 0)]


def test_a_refusal_is_not_kept_and_leaves_nothing(api, closed_world, ada):
    body = {"client": ada.pk, "case": {"title": "Leak"}, "what": "resolved", "on": "2199-01-01"}
    assert api.post("/moments", body, Idempotency_Key="k-1").status == 422
    assert states(closed_world) == []
    with workspace_scope(closed_world.workspace.pk):
        assert IdempotentAnswer.objects.count() == 0
    del body["on"]
    assert api.post("/moments", body, Idempotency_Key="k-1").status == 200


def test_a_fault_after_the_effect_leaves_neither(api, closed_world, ada, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the power went")

    body = {"client": ada.pk, "case": {"title": "Leak"}, "what": "resolved"}
    with monkeypatch.context() as patch:
        patch.setattr(IdempotentAnswer.objects, "create", broken, raising=False)
        patch.setattr("warmhand.apps.accounts.idempotency.IdempotentAnswer.save", broken)
        assert api.post("/moments", body, Idempotency_Key="k-1").status == 500
    assert states(closed_world) == []
    assert api.post("/moments", body, Idempotency_Key="k-1").status == 200
    assert states(closed_world) == [("resolved", 0)]


def test_keys_of_two_workspaces_do_not_meet(api, elsewhere, closed_world, ada):
    body = {"client": ada.pk, "case": {"title": "Leak"}, "what": "resolved"}
    api.post("/moments", body, Idempotency_Key="k-1")
    found = elsewhere.post("/moments", body, Idempotency_Key="k-1")
    assert (found.status, found.code) == (404, "unknown_client")


@pytest.mark.parametrize("key", ["x" * 201, "ä"])
def test_a_key_that_cannot_be_kept_is_refused(api, ada, key):
    body = {"client": ada.pk, "case": {"title": "Leak"}, "what": "resolved"}
    found = api.post("/moments", body, Idempotency_Key=key)
    assert (found.status, found.fields) == (422, ["header.Idempotency-Key"])


def test_a_key_for_moments_alone_may_do_nothing_else(closed_world, ada):
    agent = Caller(key_of(closed_world.workspace.pk, closed_world.by, "moments"))
    body = {"client": ada.pk, "case": {"title": "Leak"}, "what": "resolved"}
    assert agent.post("/moments", body).status == 200
    assert agent.get("/clients").status == 403


def test_an_ask_is_recorded_once_and_goes_to_its_outcome(api, ada, case):
    api.post("/moments", {"case": case.pk, "what": "confirmed"})
    ask = api.post("/asks", {"client_id": ada.pk, "case_id": case.pk}).body
    second = api.post("/asks", {"client_id": ada.pk})
    assert (second.status, second.code) == (409, "asked_already")
    assert second.body["error"]["details"]["ask"] == ask["id"]
    path = f"/asks/{ask['id']}/outcome"
    assert api.post(path, {"outcome": "name"}).fields == ["new_person"]
    ended = api.post(path, {"outcome": "name", "new_person": "Bo", "trust_confirmed": True})
    assert (ended.body["outcome"], ended.body["trust_confirmed"]) == ("name", True)
    assert api.get("/referrals").body["items"][0]["ask_id"] == ask["id"]
    assert api.get("/thank-yous?state=owed").body["total"] == 1


def test_an_ask_that_is_not_earned_says_what_would_earn_it(api, closed_world, ada):
    api.post("/ratings", {"client_id": ada.pk, "score": 1})
    found = api.post("/asks", {"client_id": ada.pk})
    assert (found.status, found.code) == (409, "not_earned")
    reasons = found.body["error"]["details"]["reasons"]
    assert reasons[0].keys() >= {"code", "sentence", "practice", "lift", "until"}
    assert "unhappy" in json.dumps(reasons)


def test_a_case_of_another_client_is_no_reason_to_ask(api, closed_world, ada):
    with workspace_scope(closed_world.workspace.pk):
        bo = closed_world.client("Bo")
        other = Case.objects.create(client=bo, title="Bo's", opened_on=closed_world.today())
    found = api.post("/asks", {"client_id": ada.pk, "case_id": other.pk})
    assert (found.status, found.fields) == (422, ["case_id"])


def test_the_words_come_in_the_channel_and_language_that_is_asked_for(api, ada, case):
    sent = {"client": ada.pk, "case": case.pk, "what": "confirmed"}
    words = api.post("/moments", {**sent, "channel": "email", "language": "de"}).body["wording"]
    assert words["variant"] == "ask.case.email.neutral"
    assert "helfen" in words["text"]
    assert words["subject"]


def test_anybodys_own_words_are_checked(api):
    found = api.post("/wording/check", {"text": "Can you give me some referrals?"}).body
    assert found["kind"] == "intro"
    assert "bare_referrals" in {each["code"] for each in found["breaches"]}
    assert found["reason"] is None
    german = api.post("/wording/check", {"text": "Kennen Sie noch jemanden?"}).body
    assert (german["breaches"], german["reason"]["code"]) == ([], "other_language")
    wrong = api.post("/wording/check", {"text": "x", "context": {"colour": "red"}})
    assert wrong.body["error"]["places"][0]["field"].endswith("colour")
