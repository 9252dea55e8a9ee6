"""Two answers to one ask in the same second: one counts, and thanks are owed once (P21, P26)."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from tests.asks.earned import earn
from tests.world import make_world
from warmhand.apps.asks import services as asks
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.moves.services import answer_ask
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.problems import Problem

WAIT = 2  # seconds until the first goes on without the second, who waits for the lock


def both_answer(monkeypatch) -> tuple[list[str], int, int]:
    world = make_world()
    with workspace_scope(world.workspace.pk):
        ask_id = asks.record_ask(by=world.by, client_id=earn(world).pk).pk
    together, look = threading.Barrier(2), asks._check_outcome

    def look_together(ask, outcome):
        look(ask, outcome)
        with contextlib.suppress(threading.BrokenBarrierError):
            together.wait(WAIT)

    monkeypatch.setattr(asks, "_check_outcome", look_together)

    def answer(_):
        try:
            with workspace_scope(world.workspace.pk):
                answer_ask(by=world.by, ask_id=ask_id, outcome="name", new_person="Bo Oak")
            return "ok"
        except Problem as problem:
            return problem.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(answer, range(2)))
    with workspace_scope(world.workspace.pk):
        return said, ReferralReceived.objects.count(), ThankYou.objects.count()


def test_one_answer_counts_and_the_other_is_told(fresh_database, monkeypatch):
    assert both_answer(monkeypatch) == (["ok", "outcome_known"], 1, 1)


def test_without_the_lock_both_count(fresh_database, monkeypatch):
    """The control: the harm is there to be seen."""
    unlocked = asks.ask_by_id
    monkeypatch.setattr(asks, "ask_by_id", lambda ask_id, *, lock=False: unlocked(ask_id))
    said, referrals, thanks = both_answer(monkeypatch)
    assert (said, referrals, thanks) == (["ok", "ok"], 2, 2)
