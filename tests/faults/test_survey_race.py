"""One answer per invitation, though the page is open on twenty devices and all press Send at once.

Real commits over real connections. The control takes the lock and the constraint away and shows
that two answers would be taken.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connections

from tests.public_visitor import Visitor, invited
from tests.stopped_clock import time as time
from tests.world import World, make_world
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging.models import LinkOutcome, PublicLink
from warmhand.apps.messaging.services import Proof, links, take_outcome
from warmhand.apps.work.models import Rating, Survey
from warmhand.problems import Conflict

DEVICES = 20


@pytest.fixture
def world(fresh_database) -> World:
    return make_world()


@pytest.fixture
def path(world, time) -> str:
    with workspace_scope(world.workspace.pk):
        client = world.client()
    return invited(world, client)


def all_at_once(acts: list[Callable[[], str]]) -> Counter[str]:
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], str]) -> str:
        start.wait(timeout=60)
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))


def test_one_of_twenty_answers_counts_and_all_others_are_shown_it(world, path, time):
    visitors = [Visitor(path) for _ in range(DEVICES)]
    for visitor in visitors:
        visitor.looks()
    time.passes(seconds=4)

    def press(visitor: Visitor, score: int) -> Callable[[], str]:
        return lambda: str(visitor.sends(satisfied=score).status_code)

    answers = all_at_once([press(visitor, n % 11) for n, visitor in enumerate(visitors)])
    assert answers == {"302": 1, "409": DEVICES - 1}
    with workspace_scope(world.workspace.pk):
        [outcome] = LinkOutcome.objects.all()
        survey, rating = Survey.objects.get(), Rating.objects.get()
    assert outcome.edition == 1
    assert survey.satisfied == rating.score == outcome.said["satisfied"]


def taker(world: World) -> Callable[[], str]:
    with workspace_scope(world.workspace.pk):
        link_id = PublicLink.objects.get().pk

    def take() -> str:
        try:
            with workspace_scope(world.workspace.pk):
                take_outcome(link_id=link_id, edition=0, proof=Proof("", "", "x"))
            return "taken"
        except Conflict as refused:
            return refused.code

    return take


def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have looked before either writes."""
    looked = threading.Barrier(2)

    def unlocked(link_id: int) -> PublicLink:
        found = PublicLink.objects.get(pk=link_id)
        looked.wait(timeout=30)
        return found

    monkeypatch.setattr(links, "_locked", unlocked)


def test_the_constraint_holds_alone(world, path, monkeypatch):
    take = taker(world)
    without_lock(monkeypatch)
    assert all_at_once([take, take]) == {"taken": 1, "answered_meanwhile": 1}


def test_without_the_guards_two_would_be_taken(world, path, fresh_database, monkeypatch):
    take = taker(world)
    parameters = connections["owner"].get_connection_params()
    known = {k: v for k, v in parameters.items() if k in ("host", "port", "user", "password")}
    with psycopg.connect(**known, dbname=fresh_database, autocommit=True) as owner:
        owner.execute("ALTER TABLE messaging_linkoutcome DROP CONSTRAINT one_outcome_per_edition")
    without_lock(monkeypatch)
    assert all_at_once([take, take]) == {"taken": 2}
    with workspace_scope(world.workspace.pk):
        assert LinkOutcome.objects.filter(edition=1).count() == 2
