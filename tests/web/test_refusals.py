"""Whoever is refused because a budget is spent is told whose ask spent it: on pages and by API."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.api.checked import Caller, key_of
from tests.asks.earned import earn
from warmhand.apps.asks import services
from warmhand.apps.asks.models import Ask
from warmhand.apps.island.scope import touch, workspace_scope
from warmhand.apps.policies.services import save_policy


@pytest.fixture
def ada(closed_world):
    """A client whose budget a leader spent half a year ago."""
    world = closed_world
    with workspace_scope(world.workspace.pk):
        save_policy(by=world.by, values={"asks_per_period": 1}, why="Once.")
        client = earn(world)
        ask = services.record_ask(by=world.actor("leader"), client_id=client.pk)
        services.record_outcome(by=world.by, ask_id=ask.pk, outcome="will_introduce")
        Ask.objects.update(
            asked_on=world.days_ago(200), asked_at=ask.asked_at - dt.timedelta(days=200)
        )
        touch(client_id=client.pk)
    return client


@pytest.fixture
def http(closed_world):
    client = Client()
    client.force_login(
        closed_world.users["agent"], "allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def test_the_console_says_who_and_when(ada, http):
    answer = http.post(f"/console/{ada.pk}/ask/", {"kind": "ask"})
    assert answer.status_code == 409
    assert "Leader Colleague asked Ada Kettle on " in answer.content.decode()


def test_the_form_in_today_says_who_and_when(ada, http):
    answer = http.post(f"/clients/{ada.pk}/moves/ask/do/", {"channel": "spoken", "outcome": ""})
    assert "Leader Colleague asked Ada Kettle on " in answer.content.decode()


def test_the_api_tells_programs_in_the_details(ada, closed_world):
    api = Caller(key_of(closed_world.workspace.pk, closed_world.by))
    found = api.post("/asks", {"client_id": ada.pk})
    assert (found.status, found.code) == (409, "not_earned")
    details = found.body["error"]["details"]
    assert details["by"] == "Leader Colleague"
    there = dt.datetime.fromisoformat(details["at"]).astimezone(ZoneInfo("Europe/Berlin"))
    assert there.date() == closed_world.days_ago(200)
