"""Mails of introductions, handed to a real SMTP server: the brief, and that a consent is gone."""

from __future__ import annotations

import re

import pytest

from tests.introductions import stories
from tests.letterbox import letterbox as letterbox
from tests.letterbox import link_in
from tests.public_visitor import Visitor
from tests.stopped_clock import time as time
from warmhand.apps.directory.models import Provider
from warmhand.apps.directory.queries import language_of_provider
from warmhand.apps.introductions import queries, services
from warmhand.apps.introductions.models import Candidate
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging.models import Message
from warmhand.jobs.mail import send_once

SECRETS = ("Ada", "Kettle", stories.NEED, stories.PHONE, stories.EMAIL, "Third floor")


def hears(world, **values) -> list[Provider]:
    """Two who agreed to mails from us."""
    return stories.providers(2, hears_from_us_since=world.days_ago(9), **values)


def send_what_waits(world, *, last: bool = True) -> None:
    with workspace_scope(world.workspace.pk):
        waiting = list(Message.objects.filter(state="waiting").order_by("pk"))
    for message in waiting:
        send_once(workspace_id=world.workspace.pk, message_id=message.pk, last=last)


def asked_by_mail(world, letterbox, **values) -> Candidate:
    with workspace_scope(world.workspace.pk):
        it = stories.agreed(world, hears(world, **values))
    send_what_waits(world)
    with workspace_scope(world.workspace.pk):
        return stories.standing(it)


def withdrawn(world, candidate) -> None:
    with workspace_scope(world.workspace.pk):
        services.take_back(by=stories.CLIENT, introduction_id=candidate.introduction_id)


def again(world, candidate) -> Candidate:
    with workspace_scope(world.workspace.pk):
        return queries.candidate_by_id(candidate.pk)


def body(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def test_a_withdrawal_reaches_who_holds_the_brief_and_then_they_know(closed_world, letterbox, time):
    world = closed_world
    candidate = asked_by_mail(world, letterbox)
    [brief] = letterbox.mails
    path = link_in(body(brief), "/p/brief/")
    assert stories.NEED in Visitor(path).looks().content.decode()
    withdrawn(world, candidate)
    assert again(world, candidate).must_be_told, "written isn't told: it waits for the server"
    send_what_waits(world)
    [_, gone] = letterbox.mails
    assert (gone["to"], gone["reply-to"]) == ("mover1@move.example", "owner@warmhand.example")
    told = again(world, candidate)
    assert (told.must_be_told, told.told_via) == (False, "mail")
    for secret in SECRETS:
        assert secret not in letterbox.raw[1].decode()
    # the link in it leads to the page that has nothing to tell any more
    page = Visitor(link_in(body(gone), "/p/brief/")).looks().content.decode()
    for secret in SECRETS:
        assert secret not in page


def test_it_reaches_everyone_who_held_it_and_nobody_else(closed_world, letterbox, time):
    """The first was silent and has read it, the second holds it, a third was never asked."""
    world = closed_world
    with workspace_scope(world.workspace.pk):
        listed = stories.providers(3, hears_from_us_since=world.days_ago(9))
        it = stories.agreed(world, listed)
        time.passes(days=6)
        services.move_on()
        assert stories.states(it) == ["silent", "asked", "waiting"]
    send_what_waits(world)
    letterbox.mails.clear()
    withdrawn(world, queries_first(world, it))
    send_what_waits(world)
    reached = sorted(mail["to"] for mail in letterbox.mails)
    assert reached == ["mover1@move.example", "mover2@move.example"]
    with workspace_scope(world.workspace.pk):
        assert not queries.to_tell().exists()


def queries_first(world, it) -> Candidate:
    with workspace_scope(world.workspace.pk):
        return queries.candidates_of(it.pk)[0]


def test_where_the_server_refuses_it_a_member_has_to_tell_them(closed_world, letterbox, time):
    world = closed_world
    candidate = asked_by_mail(world, letterbox)
    withdrawn(world, candidate)
    letterbox.answer = "550 no such person"
    send_what_waits(world)
    assert len(letterbox.mails) == 1, "only the brief arrived"
    assert again(world, candidate).must_be_told
    with workspace_scope(world.workspace.pk):
        it = queries.introduction_by_id(candidate.introduction_id)
        coming = queries.next_of(it, queries.candidates_of(it.pk))
    assert coming.sentence == "Tell Mover 1 that the consent was taken back."


def test_who_agreed_to_no_mails_gets_none_and_stays_a_task(closed_world, letterbox, time):
    world = closed_world
    with workspace_scope(world.workspace.pk):
        candidate = stories.asked(world)
    withdrawn(world, candidate)
    send_what_waits(world)
    assert letterbox.mails == []
    assert again(world, candidate).must_be_told


def test_a_provider_stops_mails_on_a_page_in_their_language_that_names_no_client(
    closed_world, letterbox, time
):
    world = closed_world
    asked_by_mail(world, letterbox, languages=["de"])
    [mail] = letterbox.mails
    path = re.search(r"https?://[^/]+(/p/stop/[^>]+)", mail["list-unsubscribe"])[1]
    visitor = Visitor(path, **{"accept-language": "fr"})
    page = visitor.looks().content.decode()
    assert '<html lang="de"' in page
    for secret in SECRETS:
        assert secret not in page
    time.passes(seconds=4)
    assert visitor.sends(act="stop").status_code == 302
    assert '<html lang="de"' in visitor.looks().content.decode()
    with workspace_scope(world.workspace.pk):
        from warmhand.apps.journal.models import Entry

        stopped = Entry.objects.get(verb="stopped")
        assert (stopped.by_name, "Ada" in stopped.sentence) == ("Mover 1", False)


@pytest.mark.parametrize(
    ("theirs", "ours", "spoken"),
    [
        ([], "fr", "fr"),
        (["de"], "en", "de"),
        (["de", "en"], "en", "de"),
        (["pl", "de"], "en", "de"),
        (["pl"], "en", "en"),
        (["de-AT"], "en", "de"),
    ],
)
def test_one_rule_for_the_language_of_a_provider(theirs, ours, spoken):
    assert language_of_provider(Provider(languages=theirs), ours) == spoken


def test_of_somebody_outside_the_directory_no_language_is_known():
    assert language_of_provider(None, "nl") == "nl"
