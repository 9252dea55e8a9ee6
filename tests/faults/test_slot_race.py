"""Two clients take the same time of one member in the same second: one of them gets it (P14).
A pick of another time and a move of the meeting, at once: each waits for the other, in one order.

Real commits over real connections. The controls take the lock away and see that the database alone
holds, then the constraint too and see that both would get it: the race is there to be lost.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connections

from tests.reviews.stories import at, invited, settle, themself, unrated
from tests.world import World, make_world
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.reviews import services
from warmhand.apps.reviews.models import ReviewInvitation
from warmhand.apps.reviews.services import answers
from warmhand.apps.reviews.services import meeting as meeting_services
from warmhand.apps.work.models import Review
from warmhand.apps.work.queries import review_by_id
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
    said = all_at_once(pickers(world, number))
    assert said == ["taken"] + ["time_taken"] * (number - 1) or said == [
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


def owner_of(database: str) -> psycopg.Connection:
    parameters = connections["owner"].get_connection_params()
    return psycopg.connect(
        **{k: v for k, v in parameters.items() if k in ("host", "port", "user", "password")},
        dbname=database,
        autocommit=True,
    )


@contextmanager
def constraint_off(database: str) -> Iterator[None]:
    with owner_of(database) as owner:
        owner.execute("ALTER TABLE work_review DROP CONSTRAINT one_review_at_a_time")
    yield


def test_without_lock_and_constraint_both_would_get_it(world, fresh_database, monkeypatch):
    unlocked(monkeypatch)
    with constraint_off(fresh_database):
        assert all_at_once(pickers(world, 2)) == ["taken", "taken"]
    assert meetings(world) == 2


SECONDS = 60
_WAITS = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"


class PickAndMove:
    """A client takes the other time of a meeting they have, and a member moves that meeting.

    The pick stands still when it holds the invitation, until `pick_on` is set.
    """

    def __init__(self, world: World, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world, self.database = world, database
        self.pick_holds, self.pick_on = threading.Event(), threading.Event()
        with workspace_scope(world.workspace.pk):
            client = unrated(world, "Ada")
            settle(client)
            self.starts = [at(world, 5), at(world, 6), at(world, 20)]
            self.invitation = invited(world, client, starts=self.starts[:2]).pk
            self.by = themself(client)
            self._pick(self.starts[0])
            self.review = Review.objects.get(held_on=None).pk
        proposed = answers._proposed

        def stands_still(*args):
            self.pick_holds.set()
            assert self.pick_on.wait(SECONDS)
            return proposed(*args)

        monkeypatch.setattr(answers, "_proposed", stands_still)

    def _pick(self, start) -> None:
        services.pick_slot(by=self.by, invitation_id=self.invitation, starts_at=start)

    def pick(self) -> str:
        return self._done(lambda: self._pick(self.starts[1]))

    def move(self) -> str:
        moved = {"by": self.world.by, "review_id": self.review, "starts_at": self.starts[2]}
        return self._done(lambda: services.move_review(**moved))

    def _done(self, act: Callable[[], object]) -> str:
        try:
            with workspace_scope(self.world.workspace.pk):
                act()
            return "done"
        except OperationalError as refused:
            deadlock = isinstance(refused.__cause__, psycopg.errors.DeadlockDetected)
            return "deadlock" if deadlock else repr(refused)
        finally:
            connections.close_all()

    def until_one_waits(self, *acts: Future[str]) -> None:
        """Asks the database until somebody waits for a row there, or an act is over by itself."""
        with owner_of(self.database) as owner:
            while not owner.execute(_WAITS, [self.database]).fetchone():
                over = [act.result() for act in acts if act.done()]
                assert not over, f"nobody waited: {over}"

    def meeting(self) -> tuple[object, str]:
        with workspace_scope(self.world.workspace.pk):
            made = ReviewInvitation.objects.get(pk=self.invitation)
            return Review.objects.get(pk=self.review).starts_at, made.state


def test_a_pick_and_a_move_of_one_meeting_wait_in_one_order(world, fresh_database, monkeypatch):
    both = PickAndMove(world, fresh_database, monkeypatch)
    with ThreadPoolExecutor(2) as pool:
        pick = pool.submit(both.pick)
        assert both.pick_holds.wait(SECONDS)
        move = pool.submit(both.move)
        both.until_one_waits(pick, move)  # the move, for the invitation
        both.pick_on.set()
        assert [pick.result(SECONDS), move.result(SECONDS)] == ["done", "done"]
    assert both.meeting() == (both.starts[2], "picked")


def test_the_control_the_review_first_would_be_a_deadlock(world, fresh_database, monkeypatch):
    """Whoever moves takes the review, then the invitation: each holds what the other wants."""
    both = PickAndMove(world, fresh_database, monkeypatch)
    move_holds, move_on = threading.Event(), threading.Event()
    invitation_of = meeting_services.invitation_of_review

    def review_first(review_id: int, *, lock: bool = False):
        review_by_id(review_id, lock=True)
        move_holds.set()
        assert move_on.wait(SECONDS)
        return invitation_of(review_id, lock=lock)

    monkeypatch.setattr(meeting_services, "invitation_of_review", review_first)
    with ThreadPoolExecutor(2) as pool:
        pick = pool.submit(both.pick)
        assert both.pick_holds.wait(SECONDS)
        move = pool.submit(both.move)
        assert move_holds.wait(SECONDS)
        both.pick_on.set()
        both.until_one_waits(pick, move)  # the pick, for the review
        move_on.set()
        assert sorted([pick.result(SECONDS), move.result(SECONDS)]) == ["deadlock", "done"]
