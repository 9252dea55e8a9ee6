"""Two clients take the same time of one member in the same second: one of them gets it (P14).

Real commits over real connections. The controls take the lock away and see that the database alone
holds, then the constraint too and see that both would get it: the race is there to be lost.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connections

from tests.reviews.stories import at, invited, settle, themself, unrated
from tests.world import World, make_world
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.reviews import services
from warmhand.apps.work.models import Review
from warmhand.apps.work.services import reviews as planning
from warmhand.problems import Problem

Picker = Callable[[], str]
REFUSALS = (psycopg.errors.ExclusionViolation, psycopg.errors.DeadlockDetected)
"""How the database says no: two rows that wait for each other's end are a deadlock to it."""


@pytest.fixture
def world(fresh_database) -> World:
    return make_world()


def pickers(world: World, number: int) -> list[Picker]:
    """So many clients, each invited to the same hour by the same member."""
    with workspace_scope(world.workspace.pk):
        clients = [unrated(world, f"Client {n}") for n in range(number)]
        settle(*clients)
        start = at(world, 5)
        made = [(each, invited(world, each, starts=[start])) for each in clients]

    def picker(client, invitation) -> Picker:
        def pick() -> str:
            try:
                with workspace_scope(world.workspace.pk):
                    services.pick_slot(
                        by=themself(client), invitation_id=invitation.pk, starts_at=start
                    )
                return "taken"
            except Problem as problem:
                return problem.code
            except (IntegrityError, OperationalError) as refused:
                by_the_database = isinstance(refused.__cause__, REFUSALS)
                return "refused by the database" if by_the_database else repr(refused)

        return pick

    return [picker(*each) for each in made]


def all_at_once(picks: list[Picker]) -> list[str]:
    """Everybody presses when everybody is ready."""
    start = threading.Barrier(len(picks))

    def run(pick: Picker) -> str:
        start.wait(timeout=60)
        try:
            return pick()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(picks)) as pool:
        return sorted(pool.map(run, picks))


def meetings(world: World) -> int:
    with workspace_scope(world.workspace.pk):
        return Review.objects.filter(held_on=None).count()


@pytest.mark.parametrize("number", [2, 12])
def test_one_gets_it_the_others_are_told(world, number):
    answers = all_at_once(pickers(world, number))
    assert answers == ["taken"] + ["time_taken"] * (number - 1) or answers == [
        *["time_taken"] * (number - 1),
        "taken",
    ]
    assert meetings(world) == 1


def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have looked before either writes."""
    looked = threading.Barrier(2)
    monkeypatch.setattr(planning, "_free", lambda *_, **__: looked.wait(timeout=30))


def test_the_constraint_holds_alone(world, monkeypatch):
    unlocked(monkeypatch)
    assert all_at_once(pickers(world, 2)) == ["refused by the database", "taken"]
    assert meetings(world) == 1


@contextmanager
def constraint_off(database: str) -> Iterator[None]:
    parameters = connections["owner"].get_connection_params()
    with psycopg.connect(
        **{k: v for k, v in parameters.items() if k in ("host", "port", "user", "password")},
        dbname=database,
        autocommit=True,
    ) as owner:
        owner.execute("ALTER TABLE work_review DROP CONSTRAINT one_review_at_a_time")
    yield


def test_without_lock_and_constraint_both_would_get_it(world, fresh_database, monkeypatch):
    unlocked(monkeypatch)
    with constraint_off(fresh_database):
        assert all_at_once(pickers(world, 2)) == ["taken", "taken"]
    assert meetings(world) == 2
