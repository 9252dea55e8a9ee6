"""Facts a few days later are the facts of today, moved on; and no verdict is missed between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.population import TODAY, population
from warmhand.engine.rows import Population
from warmhand.rulebook import Policy, advance, decide

BUSY = ("busy_starts_in", "busy_days_left", "next_busy_starts_in", "next_busy_days_left")
CLIENTS = 300


@pytest.fixture(scope="module")
def people():
    return Population(population(CLIENTS, seed=3))


def without_busy(facts):
    return replace(facts, **dict.fromkeys(BUSY, 0))


@given(client=st.integers(1, CLIENTS), days=st.integers(0, 500))
@settings(max_examples=120)
def test_facts_move_exactly(people, client, days):
    moved = advance(people.facts(client, TODAY), days)
    fresh = people.facts(client, TODAY + timedelta(days=days))
    assert without_busy(moved) == without_busy(fresh)


@given(client=st.integers(1, CLIENTS), steps=st.integers(1, 6), share=st.floats(0, 1))
@settings(max_examples=120)
def test_fresh_facts_change_no_verdict_before_the_review_day(people, client, steps, share):
    """From review day to review day, with facts read anew on any day between."""
    day = TODAY
    for _ in range(steps):
        decision = decide(people.facts(client, day, 1), Policy(), day)
        if decision.review_on is None:
            return
        between = day + timedelta(days=int(share * ((decision.review_on - day).days - 1)))
        later = decide(people.facts(client, between, 1), Policy(), between)
        assert (later.move, set(later.codes), later.overridden) == (
            decision.move,
            set(decision.codes),
            decision.overridden,
        )
        day = decision.review_on
