"""3,000 machines open every link of introductions and send every form: nobody has said yes.

They fetch, press and post at once what they find on the page, with every answer ticked (safety.md,
fault 17). What each does is drawn from a seed that is printed. The control takes the three seconds
away and sees consents.
"""

from __future__ import annotations

import datetime as dt
import random
import re

import pytest
from django.test.client import ClientHandler

from tests.introductions import stories
from tests.introductions.stories import client_page
from tests.public_visitor import Visitor
from tests.stopped_clock import Clock
from tests.stopped_clock import time as time
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.introductions import queries
from warmhand.apps.introductions.models import Candidate, Introduction
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging import stamps
from warmhand.apps.messaging.models import LinkOutcome, PublicLink
from warmhand.apps.messaging.services import address_of

TRIES = 3_000
SITE = ClientHandler(enforce_csrf_checks=True)
"""The site that all of them call. Each machine is a client of its own, without cookies; the site
isn't built anew for each, as it isn't outside."""
RADIO = re.compile(r'type="radio" name="(\w+)" value="(\w+)"')
TICK = re.compile(r'type="checkbox" name="(\w+)" value="(\w+)"')
HREF = re.compile(r'href="(\?[^"]*|/p/[^"]*)"')


@pytest.fixture
def pages(closed_world, time) -> list[str]:
    """A client asked, somebody not ours asked, a provider with a brief, a consent that stands."""
    world = closed_world
    with workspace_scope(world.workspace.pk):
        found = [client_page(world, stories.begun(world, stories.providers(2)))]
        other = stories.reachable(world, "Otto", "otto@kettle.example")
        it = stories.begun(world, stories.providers(2), client=other, relation="my sister")
        found.append(client_page(world, it))
        third = stories.reachable(world, "Third", "third@kettle.example")
        candidate = stories.asked(world, stories.providers(2), client=third)
        found.append(client_page(world, candidate.introduction))
        link = PublicLink.objects.get(purpose="brief", object_id=candidate.pk)
        found.append(address_of(link, "/p/brief/{token}/"))
    return found


def machine(path: str) -> Visitor:
    it = Visitor(path)
    it.client.handler = SITE
    return it


class Seen:
    """What a machine found on a page, fetched once: its forms, its stamp, its links."""

    def __init__(self, path: str) -> None:
        self.it = machine(path)
        self.page = self.it.looks().content.decode()

    def sends(self, drawn: random.Random, *, blind: bool) -> None:
        answers: dict[str, object] = {}
        for name, value in RADIO.findall(self.page):
            if name not in answers or drawn.random() < 0.5:
                answers[name] = value
        for name, value in TICK.findall(self.page):
            answers.setdefault(name, [])
            answers[name].append(value)  # type: ignore[attr-defined]
        if 'value="back"' in self.page:
            answers["answer"] = "back"
        answers |= {"name": "Scanner", "phone": "+49301", "words": "ok"}
        if blind:
            self.it.client.post(self.it.path, answers)
        else:
            self.it.sends(**answers)


def scanned(pages: list[str], clock: Clock, seed: int, tries: int) -> None:
    print(f"seed {seed}")
    drawn = random.Random(seed)
    for _ in range(tries):
        path, way = drawn.choice(pages), drawn.randrange(6)
        if way == 0:
            machine(path).client.head(path)
        elif way == 1:
            machine(path).client.options(path)
        elif way == 2:
            machine(path).client.get(path, {"answer": "yes", "tells": "phone", "sure": "yes"})
        elif way == 3:
            seen = Seen(path)
            for link in HREF.findall(seen.page):
                seen.it.client.get(link if link.startswith("/") else path + link)
        else:
            seen = Seen(path)
            clock.passes(seconds=drawn.choice((0, 0.5, 2.9)))
            seen.sends(drawn, blind=way == 4)


def decided(world) -> int:
    with workspace_scope(world.workspace.pk):
        answers = Candidate.objects.filter(state__in=("accepted", "declined", "withdrawn"))
        moved = Introduction.objects.exclude(state__in=("asked", "seeking"))
        new = Introduction.objects.filter(consent_via="link")
        given = ReferralGiven.objects.count() + LinkOutcome.objects.count()
        return answers.count() + moved.count() + new.count() + given


@pytest.mark.slow
def test_three_thousand_machines_decide_nothing_and_a_person_still_can(closed_world, pages, time):
    scanned(pages, time, seed=random.randrange(10**6), tries=TRIES)
    assert decided(closed_world) == 0
    person = Visitor(pages[0])
    person.looks()
    time.passes(seconds=4)
    assert person.sends(answer="yes", tells=["phone"]).status_code == 302
    with workspace_scope(closed_world.workspace.pk):
        assert queries.introductions(state="seeking").count() == 2


def test_without_the_three_seconds_they_would(closed_world, pages, time, monkeypatch):
    monkeypatch.setattr(stamps, "QUICKEST", dt.timedelta())
    scanned(pages, time, seed=1, tries=200)
    with workspace_scope(closed_world.workspace.pk):
        assert LinkOutcome.objects.exists()
    assert decided(closed_world) > 1
