"""Thank an ally, bring an exchange into balance: decided like a client's moves, within the law."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.rulebook import NEVER
from warmhand.rulebook.allies import (
    ALLY_FACTS,
    ALLY_MOVES,
    ALLY_PROPOSALS,
    THANKED_DAYS,
    AllyFacts,
    AllyMove,
    Reckoning,
    decide_ally,
)

COUNT = Reckoning.COUNT.number
WE, THEY = 1, -1
AGES = st.sampled_from((0, 1, 89, 90, 91, 400, NEVER))
NUMBERS = st.integers(0, 20)


@st.composite
def some_allies(draw) -> AllyFacts:
    values = {
        name: draw(AGES if name.startswith("days_") else NUMBERS)
        for name in ALLY_FACTS
        if name not in ("reckoning", "leaning")
    }
    leaning = draw(st.integers(-1, 1))
    return AllyFacts(reckoning=draw(st.integers(0, 2)), leaning=leaning, **values)


@pytest.mark.parametrize(
    ("values", "move"),
    [
        ({}, AllyMove.WAIT),
        ({"days_since_received": 3}, AllyMove.THANK_ALLY),
        ({"days_since_received": 3, "days_since_thanked": 3}, AllyMove.WAIT),
        ({"days_since_received": 3, "days_since_thanked": 4}, AllyMove.THANK_ALLY),
        ({"given": 5, "leaning": WE}, AllyMove.REBALANCE),
        ({"given": 4}, AllyMove.WAIT),
        ({"received": 5, "given": 1, "leaning": THEY}, AllyMove.REBALANCE),
        ({"received": 5, "given": 2}, AllyMove.WAIT),
        ({"given": 9, "leaning": WE, "days_since_spoke": 90}, AllyMove.WAIT),
        ({"given": 9, "leaning": WE, "days_since_spoke": 91}, AllyMove.REBALANCE),
        ({"given": 9, "leaning": WE, "days_since_received": 1}, AllyMove.THANK_ALLY),
    ],
)
def test_what_is_right_for_an_ally(values, move):
    assert decide_ally(AllyFacts(reckoning=COUNT, **values)).move is move


@given(some_allies())
def test_no_balance_is_told_where_it_may_not_be_counted(facts):
    for reckoning in (Reckoning.OFF, Reckoning.OBSERVE):
        decision = decide_ally(replace(facts, reckoning=reckoning.number))
        assert decision.move is not AllyMove.REBALANCE
        assert AllyMove.REBALANCE not in decision.runners_up
        bare = replace(facts, given=0, received=0, leaning=0)
        blind = decide_ally(replace(bare, reckoning=reckoning.number))
        assert blind == decision, "how much came and went makes no difference"


@given(some_allies())
def test_thanks_come_first_in_every_mode(facts):
    owed = facts.days_since_received < min(facts.days_since_thanked, THANKED_DAYS + 1)
    assert (decide_ally(facts).move is AllyMove.THANK_ALLY) == owed


@given(some_allies())
def test_every_decision_says_why_and_what_to_do(facts):
    decision = decide_ally(facts)
    assert decision.because.endswith(".")
    assert decision.do.endswith(".") or decision.move is AllyMove.WAIT
    assert "{" not in decision.because + decision.do
    assert str(NEVER) not in decision.because + decision.do


def test_what_they_are_owed_is_given_back_where_a_need_fits():
    decision = decide_ally(AllyFacts(reckoning=COUNT, received=8, leaning=THEY, needs_they_fit=1))
    assert decision.because == (
        "They gave us 8 referrals in a year and we gave 0; 1 open need of our clients fits what "
        "they do."
    )
    assert decision.do == "Refer one of those clients to them."


def test_merits_run_down_and_every_move_has_words():
    assert all(a.merit >= b.merit for a, b in pairwise(ALLY_PROPOSALS))
    assert {each.move for each in ALLY_PROPOSALS} == set(AllyMove) == set(ALLY_MOVES)
