"""The strip on the console: what has just been told of, for whom, cheaply."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.connections.scenes import Scene
from warmhand.apps.asks import services as asks
from warmhand.apps.connections import arrivals
from warmhand.apps.connections.models import TicketVerdict
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.work.models import Case

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def agent(closed_world, client):
    client.force_login(closed_world.users["agent"], BACKEND)
    return client


@pytest.fixture
def scene(closed_world):
    return Scene(closed_world)


def strip(client, since=""):
    return client.get("/console/arrivals/", {"since": since} if since else {})


def mark(answer) -> str:
    return answer.content.decode().split('data-mark="')[1].split('"')[0]


def test_a_solved_ticket_is_shown_with_its_verdict_and_first_reason(agent, scene):
    empty = strip(agent)
    assert "Just solved" not in empty.content.decode()
    assert strip(agent, mark(empty)).status_code == 204
    scene.tell("resolved")
    answer = strip(agent, mark(empty))
    text = answer.content.decode()
    assert answer.status_code == 200
    for told in ("Ada Kettle", "Confirm, then ask", "Labels came out blank", "35436"):
        assert told in text
    assert f"/console/{scene.client.pk}/?case={scene.case.pk}" in text
    assert strip(agent, mark(answer)).status_code == 204


def test_a_ticket_is_there_once_at_its_newest_turn(agent, scene):
    scene.tell("resolved")
    scene.tell("confirmed")
    text = strip(agent).content.decode()
    assert text.count("Ada Kettle &amp; Co") + text.count("Ada Kettle</") >= 1
    assert "Ask now" in text
    assert "Confirm, then ask" not in text
    scene.tell("reopened")
    assert "Ada Kettle" not in strip(agent).content.decode()


def test_who_was_asked_since_waits_for_nobody(agent, scene):
    scene.tell("confirmed")
    with workspace_scope(scene.world.workspace.pk):
        asks.record_ask(by=scene.world.by, client_id=scene.client.pk)
    assert "Ada Kettle" not in strip(agent).content.decode()


def test_only_of_the_last_hours(agent, scene):
    scene.tell("resolved")
    with workspace_scope(scene.world.workspace.pk):
        old = timezone.now() - dt.timedelta(hours=arrivals.HOURS, minutes=1)
        TicketVerdict.objects.update(at=old)
    assert "Ada Kettle" not in strip(agent).content.decode()


def test_ones_own_come_first_then_the_newest(agent, scene, closed_world):
    scene.tell("resolved")
    later = Scene(closed_world, "Bea Salt", "second", "77")
    later.tell("resolved")
    text = strip(agent).content.decode()
    assert text.index("Bea Salt") < text.index("Ada Kettle")
    with workspace_scope(closed_world.workspace.pk):
        Case.objects.filter(pk=scene.case.pk).update(member=closed_world.members["agent"])
    text = strip(agent).content.decode()
    assert text.index("Ada Kettle") < text.index("Bea Salt")
    assert "yours" in text


def test_put_aside_is_for_oneself_and_can_be_brought_back(agent, scene, closed_world, client):
    scene.tell("resolved")
    with workspace_scope(closed_world.workspace.pk):
        verdict = TicketVerdict.objects.get()
    answer = agent.post(f"/console/arrivals/{verdict.pk}/aside/")
    text = answer.content.decode()
    assert "Just solved" not in text
    assert "Put aside: Ada Kettle" in text
    assert "Just solved" not in strip(agent).content.decode()
    with workspace_scope(closed_world.workspace.pk):
        others = arrivals.arrivals(closed_world.members["leader"].pk)
    assert [each.pk for each in others] == [verdict.pk]
    agent.post(f"/console/arrivals/{verdict.pk}/back/")
    assert "Just solved" in strip(agent).content.decode()
    agent.post(f"/console/arrivals/{verdict.pk}/aside/")
    scene.tell("confirmed")
    assert "Ask now" in strip(agent).content.decode()


def test_nothing_of_another_workspace(closed_world, client, scene):
    scene.tell("resolved")
    client.force_login(closed_world.outsider, BACKEND)
    assert "Ada Kettle" not in strip(client).content.decode()
    with workspace_scope(closed_world.workspace.pk):
        verdict = TicketVerdict.objects.get()
    assert client.post(f"/console/arrivals/{verdict.pk}/aside/").status_code == 404


def test_a_look_costs_one_read_behind_the_gate(agent, scene):
    scene.tell("resolved")
    since = mark(strip(agent))
    with CaptureQueriesContext(connection) as caught:
        assert strip(agent, since).status_code == 204
    ours = [q["sql"] for q in caught.captured_queries if "connections_" in q["sql"]]
    assert len(ours) == 1, ours
    # session, user, membership (bound, read), workspace (bound): the gate's own
    assert len(caught) <= 9, [q["sql"][:90] for q in caught.captured_queries]
    print(len(caught), [q["sql"][:60] for q in caught.captured_queries])


def test_the_console_asks_for_it_and_has_no_inline_script(agent):
    text = agent.get("/console/").content.decode()
    assert 'hx-get="/console/arrivals/"' in text
    assert 'aria-live="polite"' in text
