"""Favours: by whom, what came of them, and taking things back."""

from __future__ import annotations

import pytest

from warmhand.apps.giving import queries, services
from warmhand.apps.journal.queries import newest_about
from warmhand.apps.journal.services import undo
from warmhand.problems import NotFound


def test_a_favour_is_done_by_any_of_us_not_only_by_the_writer(world):
    client, agent = world.client(), world.members["agent"]
    done = services.do_favour(
        by=world.by, client_id=client.pk, what="A lift", member_id=agent.pk, outcome="In time."
    )
    mine = services.do_favour(by=world.by, client_id=client.pk, what="Another lift")
    assert (done.member_id, mine.member_id) == (agent.pk, world.by.member_id)
    assert newest_about(done).by_name == world.by.name
    assert list(queries.favours(member_id=agent.pk)) == [done]
    assert list(queries.favours(search="in time")) == [done]
    with pytest.raises(NotFound):
        services.do_favour(by=world.by, client_id=client.pk, what="A lift", member_id=10**9)


def test_a_promise_is_kept_by_whoever_promised_it_or_another(world):
    client, agent = world.client(), world.members["agent"]
    promise = {"by": world.by, "client_id": client.pk, "member_id": agent.pk}
    first = services.promise_favour(**promise, what="Find a notary")
    second = services.promise_favour(**promise, what="Find a mover")
    kept = services.do_favour(by=world.by, client_id=client.pk, favour_id=first.pk, outcome="Good")
    assert (kept.member_id, kept.outcome) == (agent.pk, "Good")
    leader = world.members["leader"]
    kept = services.do_favour(
        by=world.by, client_id=client.pk, favour_id=second.pk, member_id=leader.pk
    )
    assert kept.member_id == leader.pk


def test_what_came_of_it_is_told_later_and_taken_back(world):
    done = services.do_favour(by=world.by, client_id=world.client().pk, what="A lift")
    assert list(queries.favours(state="without_outcome")) == [done]
    services.change_favour(by=world.by, favour_id=done.pk, outcome="They got the contract.")
    assert not queries.favours(state="without_outcome").exists()
    undo(by=world.by, entry_id=newest_about(done).pk)
    done.refresh_from_db()
    assert done.outcome == ""
