"""300 machines open a client's page and press what they find: nothing is decided (fault 17).

What each does is drawn from a seed that is printed. The control lets the same machines in by taking
the three seconds away.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest

from tests.followups.story import followed_up, make_story
from tests.public_visitor import ALL, Visitor, invited, questioned
from tests.stopped_clock import Clock
from tests.stopped_clock import time as time
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging import stamps
from warmhand.apps.messaging.models import LinkOutcome, PublicLink
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Rating, Survey

MACHINES = 300
GUESSES = ALL | {"solved": "yes", "words": "ok", "how": "happy", "may_tell": "on"}
DEFAULTS = {"words": ""}


def heads(it: Visitor, clock: Clock) -> None:
    it.client.head(it.path)


def gets(it: Visitor, clock: Clock) -> None:
    it.looks()


def gets_with_answers(it: Visitor, clock: Clock) -> None:
    it.looks("?" + "&".join(f"{name}={value}" for name, value in GUESSES.items()))


def asks_what_it_may(it: Visitor, clock: Clock) -> None:
    it.client.options(it.path)


def posts_blindly(it: Visitor, clock: Clock) -> None:
    it.client.post(it.path, GUESSES)


def sends_the_form_as_it_is(it: Visitor, clock: Clock) -> None:
    it.looks()
    clock.passes(seconds=30)  # a patient one
    it.sends(**DEFAULTS)


def fills_in_at_once(it: Visitor, clock: Clock) -> None:
    it.looks()
    clock.passes(seconds=1)
    it.sends(**GUESSES)


WAYS: list[Callable[[Visitor, Clock], None]] = [
    heads,
    gets,
    gets_with_answers,
    asks_what_it_may,
    posts_blindly,
    sends_the_form_as_it_is,
    fills_in_at_once,
]


@pytest.fixture
def pages(closed_world, time) -> list[str]:
    with workspace_scope(closed_world.workspace.pk):
        client = closed_world.client()
        case = work.open_case(by=closed_world.by, client_id=client.pk, title="The parcel")
        work.resolve_case(by=closed_world.by, case_id=case.pk)
        story = make_story(closed_world)
        followed = followed_up(story, story.sent(10))
    return [invited(closed_world, client), questioned(closed_world, case), followed]


def let_in(pages: list[str], clock: Clock, seed: int) -> None:
    print(f"seed {seed}")
    drawn = random.Random(seed)
    for _ in range(MACHINES):
        drawn.choice(WAYS)(Visitor(drawn.choice(pages)), clock)


def decided(world) -> int:
    with workspace_scope(world.workspace.pk):
        found = LinkOutcome.objects.count() + Rating.objects.count()
        found += FollowUp.objects.filter(answered_on__isnull=False).count()
        return found + Survey.objects.filter(answered_on__isnull=False).count()


def test_machines_decide_nothing_and_burn_no_link(closed_world, pages, time):
    let_in(pages, time, seed=random.randrange(10**6))
    assert decided(closed_world) == 0
    with workspace_scope(closed_world.workspace.pk):
        assert PublicLink.objects.filter(ended_at=None, answered_at=None).count() == 3
    for path in pages:
        person = Visitor(path)
        person.looks()
        time.passes(seconds=4)
        assert person.sends(**GUESSES).status_code == 302


def test_without_the_three_seconds_they_would(closed_world, pages, time, monkeypatch):
    monkeypatch.setattr(stamps, "QUICKEST", dt.timedelta())
    let_in(pages, time, seed=1)
    assert decided(closed_world) > 0
