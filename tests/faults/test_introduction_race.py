"""Two answers to one brief at once, a withdrawal against an acceptance: one final state.

Real commits over real connections, many rounds. After a withdrawal no page shows a detail, whoever
was first. The control takes the lock away and sees both answers taken.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, OperationalError, connections

from tests.introductions import stories
from tests.introductions.stories import CLIENT, PROVIDER
from tests.world import World, make_world
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.introductions import facts, queries, services
from warmhand.apps.introductions.services import answers as answering
from warmhand.apps.introductions.services import common
from warmhand.apps.island.scope import workspace_scope
from warmhand.problems import Problem

ROUNDS = 6


@pytest.fixture
def world(fresh_database) -> World:
    return make_world()


def brief(world: World, n: int):
    with workspace_scope(world.workspace.pk):
        client = stories.reachable(world, f"Client {n}", f"c{n}@kettle.example")
        return stories.asked(world, stories.providers(2), client=client)


def at_once(world: World, *acts: Callable[[], object]) -> list[str]:
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        start.wait(timeout=60)
        try:
            with workspace_scope(world.workspace.pk):
                act()
            return "taken"
        except Problem as problem:
            return problem.code
        except (IntegrityError, OperationalError):
            return "refused by the database"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_answers_one_counts(world):
    for n in range(ROUNDS):
        it = brief(world, n)
        yes = lambda: services.accept(by=PROVIDER, candidate_id=it.pk)  # noqa: B023, E731
        no = lambda: services.decline(by=PROVIDER, candidate_id=it.pk, why="x")  # noqa: B023, E731
        answers = at_once(world, yes, no, yes)
        assert answers.count("taken") == 1, answers
        with workspace_scope(world.workspace.pk):
            found = queries.introduction_by_id(it.introduction_id)
            given = ReferralGiven.objects.filter(client=found.client_id).count()
        assert (found.state, given) in (("connected", 1), ("seeking", 0))


def test_after_a_withdrawal_nothing_is_shown_whoever_was_first(world):
    for n in range(ROUNDS):
        it = brief(world, n)
        of = it.introduction_id
        yes = lambda: services.accept(by=PROVIDER, candidate_id=it.pk)  # noqa: B023, E731
        back = lambda: services.take_back(by=CLIENT, introduction_id=of)  # noqa: B023, E731
        _, withdrawn = at_once(world, yes, back)
        assert withdrawn == "taken"
        with workspace_scope(world.workspace.pk):
            found = queries.introduction_by_id(of)
            [first, _] = queries.candidates_of(of)
            assert (found.state, first.state, first.must_be_told) == (
                "withdrawn", "withdrawn", True,
            )  # fmt: skip
            assert facts.told(found, accepted=True) == {}
            assert (found.phone, found.email) == ("", "")


def test_the_clock_against_an_acceptance(world, monkeypatch):
    from warmhand.apps.messaging import clock

    it = brief(world, 0)
    later = it.answer_by
    monkeypatch.setattr(clock, "now", lambda: later)
    at_once(world, lambda: services.accept(by=PROVIDER, candidate_id=it.pk), services.move_on)
    with workspace_scope(world.workspace.pk):
        found = queries.introduction_by_id(it.introduction_id)
        states = [each.state for each in queries.candidates_of(found.pk)]
    assert (found.state, states) in (
        ("connected", ["accepted", "waiting"]),
        ("seeking", ["silent", "turn"]),
    )


def test_without_the_lock_two_answers_would_be_taken(world, monkeypatch):
    """The control: both have looked before either writes, and nobody waits."""
    it = brief(world, 0)
    looked = threading.Barrier(2)
    read = answering.candidate_by_id

    def unlocked(number: int, *, lock: bool = False):
        found = read(number)
        if lock:
            looked.wait(timeout=30)
        return found

    monkeypatch.setattr(answering, "candidate_by_id", unlocked)
    monkeypatch.setattr(
        common, "introduction_by_id", lambda n, lock=False: queries.introduction_by_id(n)
    )
    yes = lambda: services.accept(by=PROVIDER, candidate_id=it.pk)  # noqa: E731
    assert at_once(world, yes, yes) == ["taken", "taken"]
    with workspace_scope(world.workspace.pk):
        assert ReferralGiven.objects.count() == 2
