"""The page of the way back: what is switched on, what is missing, what is never shown."""

from __future__ import annotations

import re

import pytest

from tests.connections.scenes import Scene
from warmhand.apps.connections.models import Connection, PanelKey, TicketVerdict
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.journal.models import Entry

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GOOD = {
    "write_notes": "on",
    "api_base": "https://ours.zendesk.com",
    "api_user": "agent@ours.example",
    "api_token": "k3y-of-theirs",
}


@pytest.fixture
def scene(closed_world):
    return Scene(closed_world)


@pytest.fixture
def owner(closed_world, client):
    client.force_login(closed_world.users["owner"], BACKEND)
    return client


def url(scene, act=""):
    return f"/connections/{scene.connection.pk}/back/{act}"


def kept(scene):
    with workspace_scope(scene.world.workspace.pk):
        return Connection.objects.get(pk=scene.connection.pk)


def test_notes_are_switched_on_with_all_they_need(owner, scene):
    answer = owner.post(url(scene, "notes/"), GOOD, follow=True)
    assert answer.status_code == 200
    found = kept(scene)
    assert (found.write_notes, found.api_base) == (True, "https://ours.zendesk.com")
    assert found.api_token == "k3y-of-theirs"
    text = owner.get(url(scene)).content.decode()
    assert "k3y-of-theirs" not in text
    assert "One is kept." in text
    with workspace_scope(scene.world.workspace.pk):
        told = [f"{e.sentence}{e.changes}" for e in Entry.objects.all()]
    assert "k3y-of-theirs" not in "".join(told)
    assert any("Put in a new token" in each for each in told)


def test_the_token_stays_where_the_field_is_left_empty(owner, scene):
    owner.post(url(scene, "notes/"), GOOD)
    owner.post(url(scene, "notes/"), GOOD | {"api_token": "", "api_user": "other@ours.example"})
    found = kept(scene)
    assert (found.api_token, found.api_user) == ("k3y-of-theirs", "other@ours.example")


def test_where_the_verdict_goes_is_taken_back_unless_a_token_was_put_in(owner, scene):
    first = owner.post(url(scene, "notes/"), GOOD, follow=True).content.decode()
    assert "/undo/" not in first.partition("Saved.")[2].partition("</li>")[0]
    changed = GOOD | {"api_token": "", "api_user": "other@ours.example"}
    page = owner.post(url(scene, "notes/"), changed, follow=True).content.decode()
    entry = re.search(r"/journal/(\d+)/undo/", page)[1]
    owner.post(f"/journal/{entry}/undo/", {"next": url(scene)})
    found = kept(scene)
    assert (found.api_user, found.api_token) == (GOOD["api_user"], "k3y-of-theirs")


def test_who_may_frame_the_panel_is_taken_back(owner, scene):
    page = owner.post(
        url(scene, "panel/"), {"panel_origins": "https://ours.zendesk.com"}, follow=True
    ).content.decode()
    assert kept(scene).panel_origins
    entry = re.search(r"/journal/(\d+)/undo/", page)[1]
    owner.post(f"/journal/{entry}/undo/", {"next": url(scene)})
    assert not kept(scene).panel_origins


@pytest.mark.parametrize("missing", ["api_base", "api_user", "api_token"])
def test_notes_are_not_switched_on_while_something_is_missing(owner, scene, missing):
    answer = owner.post(url(scene, "notes/"), GOOD | {missing: ""})
    assert answer.status_code == 422
    assert "Before notes can be written, give:" in answer.content.decode()
    assert not kept(scene).write_notes


@pytest.mark.parametrize(
    "base",
    ["http://ours.zendesk.com", "https://ours.zendesk.com/api/v2", "ours", "https://a@b.example"],
)
def test_an_address_that_is_no_origin_is_refused(owner, scene, base):
    answer = owner.post(url(scene, "notes/"), GOOD | {"api_base": base})
    assert answer.status_code == 422
    assert kept(scene).api_base == ""


def test_a_host_in_our_own_network_takes_the_operators_word(owner, scene, settings):
    inside = GOOD | {"api_base": "http://desk.internal:3000"}
    settings.PRIVATE_HELPDESKS = frozenset()
    assert owner.post(url(scene, "notes/"), inside).status_code == 422
    settings.PRIVATE_HELPDESKS = frozenset({"desk.internal:3000"})
    assert owner.post(url(scene, "notes/"), inside).status_code == 302


def test_who_may_frame_it_is_a_list_of_origins(owner, scene):
    owner.post(url(scene, "panel/"), {"panel_origins": "https://ours.zendesk.com\n"})
    assert kept(scene).panel_origins == ["https://ours.zendesk.com"]
    answer = owner.post(url(scene, "panel/"), {"panel_origins": "https://*.zendesk.com"})
    assert answer.status_code == 422
    # the page comes from a template: the sentence's quotes are escaped there
    assert "an origin: write it like https://ours.zendesk.com" in answer.content.decode()
    assert kept(scene).panel_origins == ["https://ours.zendesk.com"]


def test_the_panels_secret_is_shown_once(owner, scene):
    with workspace_scope(scene.world.workspace.pk):
        PanelKey.objects.all().delete()
    assert "nobody can open the panel" in owner.get(url(scene)).content.decode()
    text = owner.post(url(scene, "secret/")).content.decode()
    secret = re.search(r'id="secret" value="([^"]+)"', text)[1]
    assert len(secret) > 40
    assert secret not in owner.get(url(scene)).content.decode()
    assert owner.get(scene.panel_url(secret=secret)).status_code == 200


def test_a_note_given_up_says_why_and_is_tried_again(owner, scene):
    scene.tell("resolved")
    with workspace_scope(scene.world.workspace.pk):
        TicketVerdict.objects.update(note="given_up", why="It doesn't know the token (401).")
        verdict = TicketVerdict.objects.get()
    text = owner.get(url(scene)).content.decode()
    assert "know the token (401)" in text
    assert "Try again" in text
    answer = owner.post(f"/connections/notes/{verdict.pk}/again/", follow=True)
    assert "It is being written again" in answer.content.decode()
    with workspace_scope(scene.world.workspace.pk):
        assert TicketVerdict.objects.get().note == "waiting"


def test_a_system_without_notes_is_offered_the_panel_alone(owner, scene):
    scene.change(peer="plain")
    text = owner.get(url(scene)).content.decode()
    assert "takes no notes; use the panel" in text
    assert "Private notes" not in text
    assert owner.post(url(scene, "notes/"), GOOD).status_code == 422


def test_a_peers_own_address_need_not_be_typed(owner, scene):
    scene.change(peer="intercom")
    sent = GOOD | {"api_base": "", "api_user": "991"}
    assert owner.post(url(scene, "notes/"), sent).status_code == 302
    assert kept(scene).api_base == "https://api.intercom.io"
