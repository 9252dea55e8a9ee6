"""The panel inside a helpdesk: signed, framed by its own origins alone, without cookies."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from tests.connections.scenes import SECRET, Scene
from warmhand.apps.accounts.models import Member
from warmhand.apps.asks.models import Ask
from warmhand.apps.connections import panel as panels
from warmhand.apps.connections.models import Connection, PanelKey, Ticket
from warmhand.apps.connections.panel import make_panel_secret, origins_from, signature
from warmhand.apps.connections.vault import seal
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.journal.models import Entry
from warmhand.apps.work.models import Case
from warmhand.problems import Invalid

ORIGINS = ["https://acme.zendesk.com", "https://acme.example:8443"]


@pytest.fixture
def scene(closed_world):
    made = Scene(closed_world, panel_origins=ORIGINS)
    made.tell("resolved")
    return made


@pytest.fixture
def framed():
    """A browser in a frame: no cookies go along."""
    return Client()


def visit_of(answer) -> str:
    return re.search(r'name="visit" value="([^"]+)"', answer.content.decode())[1]


def act(client, scene, name, visit, **fields):
    return client.post(f"/panel/{scene.address}/{name}/", {"visit": visit, **fields})


# Who is let in


def test_a_signed_address_opens_the_panel(scene, framed):
    answer = framed.get(scene.panel_url())
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Ada Kettle" in text
    assert "Confirm, then ask" in text
    assert answer.cookies == {}
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_the_formula_is_the_documented_one():
    said = b"1764144000\nT-17\nada@kettle.example"
    by_hand = hmac.new(b"s3cret", said, hashlib.sha256).hexdigest()
    made = signature("s3cret", ticket="T-17", agent="ada@kettle.example", ts="1764144000")
    assert made == by_hand


@pytest.mark.parametrize(
    "changed",
    [
        {"ticket": "35437"},
        {"ts": "1764144000"},
        {"ts": ""},
        {"ts": "٣"},
        {"ts": "9" * 40},
        {"ts": "-1"},
        {"sig": ""},
        {"sig": "0" * 64},
        {"sig": "ünsigned"},
        {"ticket": ""},
        {"agent": ""},
        {"agent": "x" * 300},
        {"ticket": "35436\n35437"},
    ],
)
def test_what_does_not_fit_is_refused(scene, framed, changed):
    answer = framed.get(scene.panel_url(**changed))
    assert answer.status_code == 403
    assert "panel_refused" in answer.content.decode()
    assert "Ada Kettle" not in answer.content.decode()


def test_the_agent_is_part_of_what_is_signed(scene, framed):
    url = scene.panel_url().replace("agent%40warmhand", "owner%40warmhand")
    assert "owner" in url
    assert framed.get(url).status_code == 403


@pytest.mark.parametrize(("ago", "status"), [(290, 200), (310, 403), (-290, 200), (-310, 403)])
def test_its_time_is_five_minutes_either_way(scene, framed, ago, status):
    assert framed.get(scene.panel_url(ago=ago)).status_code == status


def test_a_line_break_cannot_move_words_from_one_part_to_the_next(scene, framed):
    """Signed by the true secret, but with the ticket's line inside the agent's."""
    assert framed.get(scene.panel_url(agent="a@b.example\nx")).status_code == 403


def test_without_a_secret_a_live_connection_or_the_address_nobody_gets_in(scene, framed):
    assert framed.get(scene.panel_url(secret="another")).status_code == 403
    assert framed.get("/panel/no-such-address/?ticket=1").status_code == 403
    scene.change(active=False)
    assert framed.get(scene.panel_url()).status_code == 403
    scene.change(active=True)
    with workspace_scope(scene.world.workspace.pk):
        PanelKey.objects.all().delete()
    assert framed.get(scene.panel_url()).status_code == 403
    assert framed.get(scene.panel_url(secret="")).status_code == 403


def test_the_secret_before_is_good_for_a_day(scene, framed):
    with workspace_scope(scene.world.workspace.pk):
        new = make_panel_secret(by=scene.world.by, connection=scene.connection)
        entry = Entry.objects.filter(verb="made_panel_secret").get()
        assert new not in f"{entry.sentence}{entry.changes}"
        sealed = PanelKey.objects.get().sealed
        assert new not in sealed
    assert framed.get(scene.panel_url(secret=new)).status_code == 200
    assert framed.get(scene.panel_url()).status_code == 200
    with workspace_scope(scene.world.workspace.pk):
        PanelKey.objects.update(before_until=timezone.now() - dt.timedelta(seconds=1))
    assert framed.get(scene.panel_url()).status_code == 403


def test_an_agent_who_is_no_member_sees_the_verdict_and_nothing_else(scene, framed):
    for agent in ("stranger@elsewhere.example", "outsider@elsewhere.example"):
        answer = framed.get(scene.panel_url(agent=agent))
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Confirm, then ask" in text
        for told in ("Ada", "Labels came out blank", "<form", "visit", "booking page"):
            assert told not in text


def test_a_colleague_who_left_is_no_member(scene, framed):
    visit = visit_of(framed.get(scene.panel_url()))
    with workspace_scope(scene.world.workspace.pk):
        member = Member.objects.get(email="agent@warmhand.example")
        member.left_on = scene.world.today()
        member.save()
    assert "Ada" not in framed.get(scene.panel_url()).content.decode()
    assert act(framed, scene, "says", visit, says="confirmed").status_code == 403
    assert scene.state() == "resolved"


# Who may frame it


def test_only_the_origins_of_the_connection_may_frame_it(scene, framed):
    visit = visit_of(framed.get(scene.panel_url()))
    for answer in (
        framed.get(scene.panel_url()),
        framed.get(scene.panel_url(sig="0")),
        act(framed, scene, "says", visit, says="confirmed"),
        act(framed, scene, "says", "forged", says="confirmed"),
    ):
        assert "X-Frame-Options" not in answer
        policy = answer["Content-Security-Policy"]
        assert f"frame-ancestors {' '.join(ORIGINS)};" in f"{policy};"
        assert "script-src 'self'" in policy
        assert "default-src 'none'" in policy


def test_with_no_origins_nobody_may(scene, framed):
    scene.change(panel_origins=[])
    for url in (scene.panel_url(), "/panel/no-such-address/"):
        answer = framed.get(url)
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_one_connections_origins_are_not_anothers(scene, framed, closed_world):
    other = Scene(
        closed_world, "Bea Salt", "other-address", "77", panel_origins=["https://b.example"]
    )
    policy = framed.get(other.panel_url())["Content-Security-Policy"]
    assert "frame-ancestors https://b.example" in policy
    assert "acme" not in policy


def test_every_other_page_stays_unframed(scene, client):
    client.force_login(
        scene.world.users["agent"], "allauth.account.auth_backends.AuthenticationBackend"
    )
    for url in ("/console/", "/today/", "/accounts/login/"):
        answer = client.get(url)
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://acme.zendesk.com", ["https://acme.zendesk.com"]),
        ("https://ACME.zendesk.com/", ["https://acme.zendesk.com"]),
        (
            "https://a.example:8443\nhttps://b.example",
            ["https://a.example:8443", "https://b.example"],
        ),
        ("https://a.example, https://a.example", ["https://a.example"]),
        ("http://127.0.0.1:9", ["http://127.0.0.1:9"]),
        ("", []),
    ],
)
def test_origins_as_they_are_typed(typed, kept):
    assert origins_from(typed, inside=["127.0.0.1:9"]) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "*",
        "https://*",
        "https://*.zendesk.com",
        "http://acme.zendesk.com",
        "acme.zendesk.com",
        "https://acme.zendesk.com/path",
        "https://acme.zendesk.com?x",
        "https://acme.zendesk.com;script-src",
        "https://acme.zendesk.com;",
        "https://user@acme.zendesk.com",
        "https://'self'",
        "https://",
        "data:",
        "null",
        "https://a.example:99999",
        "https://ácme.example",
    ],
)
def test_what_would_open_more_than_one_origin_is_refused(typed):
    with pytest.raises(Invalid):
        origins_from(typed)


# What is done in it


def test_the_whole_way_to_a_name(scene, framed):
    opened = framed.get(scene.panel_url())
    yes = act(framed, scene, "says", visit_of(opened), says="confirmed")
    assert scene.state() == "confirmed"
    assert "Ask now" in yes.content.decode()
    asked = act(framed, scene, "ask", visit_of(yes))
    assert "whom we might be able to help" in asked.content.decode()
    with workspace_scope(scene.world.workspace.pk):
        ask = Ask.objects.get()
        assert (ask.client_id, ask.case_id) == (scene.client.pk, scene.case.pk)
    empty = act(framed, scene, "answer", visit_of(asked), ask=ask.pk, outcome="name")
    assert empty.status_code == 422
    assert "Whose name did they give?" in empty.content.decode()
    named = act(
        framed, scene, "answer", visit_of(asked), ask=ask.pk, outcome="name", new_person="Zoe"
    )
    assert "Thanks are owed to them" in named.content.decode()
    with workspace_scope(scene.world.workspace.pk):
        via = set(Entry.objects.filter(by_name="Agent Colleague").values_list("via", flat=True))
        assert "panel" in via
        assert Ask.objects.get().outcome == "name"


def test_a_no_reopens_and_asks_for_nothing(scene, framed):
    opened = framed.get(scene.panel_url())
    answer = act(framed, scene, "says", visit_of(opened), says="reopened")
    assert scene.state() == "open"
    text = answer.content.decode()
    assert "Not solved" in text
    assert "show me the words" not in text


def test_opening_it_writes_nothing_and_an_act_is_never_a_get(scene, framed):
    with workspace_scope(scene.world.workspace.pk):
        before = Entry.objects.count()
    visit = visit_of(framed.get(scene.panel_url()))
    for name in ("says", "ask", "answer"):
        url = f"/panel/{scene.address}/{name}/"
        assert framed.get(url, {"visit": visit, "says": "confirmed"}).status_code == 405
    assert framed.post(scene.panel_url(), {"says": "confirmed"}).status_code == 405
    with workspace_scope(scene.world.workspace.pk):
        assert Entry.objects.count() == before
    assert scene.state() == "resolved"


def test_a_visit_ends(scene, framed, monkeypatch):
    visit = visit_of(framed.get(scene.panel_url()))
    monkeypatch.setattr(panels, "VISIT_SECONDS", -1)
    answer = act(framed, scene, "says", visit, says="confirmed")
    assert answer.status_code == 403
    assert "panel_over" in answer.content.decode()
    assert scene.state() == "resolved"


@pytest.mark.parametrize("forged", ["", "x", "e30:1:x"])
def test_a_visit_that_is_not_ours_does_nothing(scene, framed, forged):
    assert act(framed, scene, "says", forged, says="confirmed").status_code == 403
    other = signing.dumps({"t": "35436", "a": "agent@warmhand.example", "m": 1}, salt="another")
    assert act(framed, scene, "says", other, says="confirmed").status_code == 403
    assert scene.state() == "resolved"


def test_a_visit_is_good_at_its_own_panel_alone(scene, framed, closed_world):
    other = Scene(closed_world, "Bea Salt", "other-address")
    other.tell("resolved")
    visit = visit_of(framed.get(scene.panel_url()))
    assert act(framed, other, "says", visit, says="confirmed").status_code == 403
    assert other.state() == "resolved"


def test_an_ask_of_another_ticket_is_not_answered_here(scene, framed, closed_world):
    other = Scene(closed_world, "Bea Salt", "other-address", "77")
    other.tell("confirmed")
    taken = act(framed, other, "ask", visit_of(framed.get(other.panel_url())))
    assert taken.status_code == 200
    with workspace_scope(closed_world.workspace.pk):
        ask = Ask.objects.get()
    visit = visit_of(framed.get(scene.panel_url()))
    for number in (ask.pk, "9" * 30, "x", ""):
        answer = act(framed, scene, "answer", visit, ask=number, outcome="no")
        assert answer.status_code in (404, 409)
    with workspace_scope(closed_world.workspace.pk):
        assert Ask.objects.get().outcome == ""


def test_who_comes_second_learns_who_asked(scene, framed):
    scene.tell("confirmed")
    first = framed.get(scene.panel_url())
    second = framed.get(scene.panel_url(agent="leader@warmhand.example"))
    assert act(framed, scene, "ask", visit_of(first)).status_code == 200
    answer = act(framed, scene, "ask", visit_of(second))
    assert answer.status_code == 409
    assert "Agent Colleague" in answer.content.decode()


def test_a_ticket_nobody_told_of_is_kindly_said_to_be_unknown(scene, framed):
    with workspace_scope(scene.world.workspace.pk):
        Ticket.objects.create(connection=scene.connection, ref="500")
    for ref in ("500", "404"):
        url = scene.panel_url()
        told = {
            "ticket": ref,
            "agent": "agent@warmhand.example",
            "ts": re.search(r"ts=(\d+)", url)[1],
        }
        sig = signature(SECRET, **told)
        answer = framed.get(f"/panel/{scene.address}/", told | {"sig": sig})
        assert answer.status_code == 200
        assert "Nothing on record yet" in answer.content.decode()


def test_a_ticket_of_the_same_number_elsewhere_is_not_shown(scene, framed, closed_world):
    with workspace_scope(closed_world.other.pk):
        connection = Connection.objects.create(peer="zendesk", name="Theirs", address="theirs")
        PanelKey.objects.create(connection=connection, sealed=seal(SECRET))
    url = scene.panel_url().replace("/an-address/", "/theirs/")
    answer = framed.get(url)
    assert answer.status_code == 200
    assert "Ada" not in answer.content.decode()
    assert "no member" in answer.content.decode()


def test_a_removed_case_is_not_shown(scene, framed):
    with workspace_scope(scene.world.workspace.pk):
        Case.objects.filter(pk=scene.case.pk).update(removed_at=timezone.now())
    assert "Nothing on record yet" in framed.get(scene.panel_url()).content.decode()
