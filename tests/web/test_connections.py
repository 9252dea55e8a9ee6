"""Helpdesks in the browser: set up, secret shown once, tried, paused; whose is it; replayed."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.connections.conftest import BEGIN, Desk, plain, work_off
from tests.connections.signers import SIGNERS
from warmhand.apps.connections.models import Alias, Connection, Delivery
from warmhand.apps.people.models import Client, ContactPoint
from warmhand.apps.work.models import Case

pytestmark = pytest.mark.django_db
OURS = ("plain", "freshdesk", "helpscout")


@pytest.fixture
def owner(as_member):
    return as_member("owner")


def made(owner, peer, name="Support"):
    answer = owner.post(f"/connections/new/{peer}/", {"name": name})
    assert answer.status_code == 200
    return answer.content.decode()


def shown_secret(page):
    found = re.search(r'id="secret" value="([^"]+)"', page)
    return found.group(1) if found else ""


@pytest.fixture
def page_of(owner, inside):
    def page(query=""):
        with inside():
            pk = Connection.objects.get().pk
        return owner.get(f"/connections/{pk}/{query}").content.decode()

    return page


def test_the_empty_list_teaches_and_names_every_helpdesk(owner):
    page = owner.get("/connections/").content.decode()
    assert "No helpdesk connected yet" in page
    for peer in SIGNERS:
        assert f"/connections/new/{peer}/" in page


@pytest.mark.parametrize("peer", sorted(SIGNERS))
def test_a_secret_of_ours_is_shown_once_one_of_theirs_is_pasted(owner, inside, page_of, peer):
    secret = shown_secret(made(owner, peer))
    assert bool(secret) == (peer in OURS)
    with inside():
        connection = Connection.objects.get()
    assert len(connection.address) >= 22  # 128 bits and more
    again = page_of()
    assert connection.address in again
    assert "not against the live product" in again
    if secret:
        assert secret not in again
        assert secret not in owner.get("/journal/").content.decode()
        assert secret not in connection.sealed_secret
    else:
        assert "No secret yet" in again


def test_pasting_their_secret(owner, inside, page_of):
    made(owner, "zendesk")
    with inside():
        pk = Connection.objects.get().pk
    short = owner.post(f"/connections/{pk}/secret/", {"secret": "abc"})
    assert short.status_code == 422
    assert owner.post(f"/connections/{pk}/secret/", {"secret": "abcdefghij"}).status_code == 302
    page = page_of()
    assert "Never heard" in page
    assert "abcdefghij" not in page


def test_rotating_shows_the_new_one_once_and_both_fit(owner, inside, page_of, closed_world):
    first = shown_secret(made(owner, "plain"))
    with inside():
        connection = Connection.objects.get()
    second = shown_secret(owner.post(f"/connections/{connection.pk}/secret/").content.decode())
    assert second not in ("", first)
    assert "Two secrets fit until" in page_of()
    desk = Desk.__new__(Desk)
    desk.world, desk.peer, desk.address = closed_world, "plain", connection.address
    desk.connection = connection
    desk.send({}, id_="a", secret=first)
    desk.send({}, id_="b", secret=second)
    with inside():
        assert Delivery.objects.count() == 2


@pytest.mark.parametrize("peer", sorted(SIGNERS))
def test_the_test_button_shows_what_would_happen_and_changes_nothing(
    owner, inside, closed_world, peer
):
    made(owner, peer)
    with inside():
        ada = closed_world.client("Ada Kettle")
        ContactPoint.objects.create(client=ada, kind="email", value="ada@kettle.example")
        pk = Connection.objects.get().pk
    if peer not in OURS:
        refused = owner.post(f"/connections/{pk}/test/")
        assert refused.url == f"/connections/{pk}/"
        owner.post(f"/connections/{pk}/secret/", {"secret": "whsec_" + "QUJD" * 8})
    answer = owner.post(f"/connections/{pk}/test/", {"email": "ada@kettle.example"})
    page = owner.get(answer.url).content.decode()
    if peer == "hubspot":  # it never says whose a ticket is
        assert "say whose it is" in page
    else:
        assert "This would have happened" in page
        assert "Once the client confirms" in page
    with inside():
        assert not Case.objects.exists()
        assert not Alias.objects.exists()
        assert Connection.objects.get().last_seen_at is None
        assert Client.objects.count() == 1


def test_a_person_unknown_is_found_and_linked(owner, inside, closed_world, page_of):
    desk = Desk(closed_world)
    desk.tell(plain("case.resolved", BEGIN))
    with inside():
        ada = closed_world.client("Ada Kettle")
        delivery = Delivery.objects.get()
    assert "isn&#x27;t linked to a client yet" in page_of("?state=needs_you")
    page = owner.get(f"/connections/deliveries/{delivery.pk}/?q=kettle").content.decode()
    assert "Ada Kettle" in page
    linked = owner.post(
        f"/connections/deliveries/{delivery.pk}/sender/", {"act": "link", "client": ada.pk}
    )
    assert linked.status_code == 302
    assert work_off(closed_world) == 1
    with inside():
        assert Case.objects.get().client_id == ada.pk
    assert "What it became" in owner.get(linked.url).content.decode()


def test_or_added_or_nobody(owner, inside, closed_world):
    desk = Desk(closed_world)
    first = desk.tell(plain("case.resolved", BEGIN), id_="a")
    second = desk.tell(plain("case.resolved", BEGIN, ticket="T2", email="x@y.example"), id_="b")
    address = "/connections/deliveries/{}/sender/"
    assert owner.post(address.format(first.pk), {"act": "add", "name": ""}).status_code == 422
    added = owner.post(address.format(first.pk), {"act": "add", "name": "Ada Kettle"})
    assert added.status_code == 302
    owner.post(address.format(second.pk), {"act": "nobody"})
    assert work_off(closed_world) == 2
    with inside():
        assert Case.objects.get().client.name == "Ada Kettle"
        assert ContactPoint.objects.get().value == "ada@kettle.example"
        assert Delivery.objects.get(pk=second.pk).state == "nothing"


def test_the_body_is_shown_with_addresses_shortened(owner, closed_world):
    desk = Desk(closed_world)
    delivery = desk.tell(plain("case.resolved", BEGIN))
    page = owner.get(f"/connections/deliveries/{delivery.pk}/").content.decode()
    assert "•••@kettle.example" in page
    body = page[page.index("What it said") :]
    assert "ada@kettle.example" not in body


def test_replayed_after_a_setting_was_changed(owner, inside, closed_world):
    desk = Desk(closed_world, "zendesk")
    body = {"ticket_id": 7, "ticket_status": "Gelöst", "updated_at": "2026-03-02T09:00Z",
            "requester_email": "ada@kettle.example"}  # fmt: skip
    with inside():
        ada = closed_world.client("Ada Kettle")
        ContactPoint.objects.create(client=ada, kind="email", value="ada@kettle.example")
    delivery = desk.tell(body)
    assert delivery.state == "parked"
    settings = f"/connections/{desk.connection.pk}/settings/"
    assert "Words for solved" in owner.get(settings).content.decode()
    owner.post(settings, {"name": "Zendesk", "solved_words": "Gelöst"})
    owner.post(f"/connections/deliveries/{delivery.pk}/replay/")
    work_off(closed_world)
    with inside():
        assert Case.objects.get().state == "resolved"


def test_what_was_refused_says_why(owner, closed_world, page_of):
    from warmhand.problems import Problem

    desk = Desk(closed_world)
    with pytest.raises(Problem):
        desk.send({}, secret="whsec_" + "QUJD" * 8)
    page = page_of()
    assert "Refused" in page
    assert "compare the secret" in page


def test_paused_and_resumed_with_what_came_meanwhile(owner, inside, closed_world, page_of):
    desk = Desk(closed_world)
    pause = f"/connections/{desk.connection.pk}/pause/"
    owner.post(pause)
    assert "Paused" in page_of()
    desk.send(plain("case.resolved", BEGIN))
    assert work_off(closed_world) == 0
    owner.post(pause)
    assert work_off(closed_world) == 1


def test_removed_and_brought_back(owner, inside, closed_world):
    desk = Desk(closed_world)
    owner.post(f"/connections/{desk.connection.pk}/remove/")
    assert owner.get(f"/connections/{desk.connection.pk}/").status_code == 404
    with inside():
        from warmhand.apps.journal.models import Entry

        entry = Entry.objects.latest("pk")
    owner.post(reverse("web:undo", args=[entry.pk]))
    assert owner.get(f"/connections/{desk.connection.pk}/").status_code == 200
    assert desk.send({}).duplicate is False


def test_an_agent_sees_no_line_and_no_page(as_member):
    agent = as_member("agent")
    assert agent.get("/connections/").status_code == 403
    assert "/connections/" not in agent.get("/today/").content.decode()


def test_a_list_of_many_takes_few_queries(
    owner, closed_world, inside, django_assert_max_num_queries
):
    desk = Desk(closed_world)
    for n in range(30):
        desk.send({"n": n}, id_=f"m{n}")
    with django_assert_max_num_queries(12):
        owner.get(f"/connections/{desk.connection.pk}/")
