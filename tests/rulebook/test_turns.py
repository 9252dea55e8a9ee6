"""One scale for the day: what mends stands first, what gives before what asks (P7, P9, P28)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.rulebook.cases import TODAY
from tests.rulebook.strategies import some_facts, some_policies
from warmhand.rulebook import ASKS, GIVES, MOVES, Move, Turn, decide
from warmhand.rulebook.allies import ALLY_FACTS, AllyFacts, AllyMove, decide_ally

SMALL = st.integers(0, 500)
ALLY_FACTS_OF_ANY = st.builds(AllyFacts, **dict.fromkeys(ALLY_FACTS, SMALL))


def turn_of(decision):
    return MOVES[decision.move].turn


def test_only_recovery_has_the_first_turn():
    assert [move for move, info in MOVES.items() if info.turn is Turn.MEND] == [Move.RECOVER]
    assert all(MOVES[move].turn is Turn.GIVE for move in GIVES)
    assert all(MOVES[move].turn is Turn.ASK for move in ASKS)


def test_the_moves_are_declared_in_the_order_of_their_turns():
    assert all(MOVES[a].turn <= MOVES[b].turn for a, b in pairwise(MOVES))


@given(some_facts(), some_facts(), some_policies(), ALLY_FACTS_OF_ANY)
def test_nothing_has_its_turn_before_an_open_recovery(hurt, other, policy, ally):
    """Whoever else is in the list, client or ally, whatever is known of them."""
    hurt = replace(hurt, lowest_open_score=0)
    decision = decide(hurt, policy, TODAY)
    if decision.move is not Move.RECOVER:
        return
    elses = [turn_of(decide(other, policy, TODAY)), decide_ally(ally).turn]
    assert all(turn_of(decision) <= turn for turn in elses)
    assert decide_ally(ally).turn > Turn.MEND


@given(some_facts(), some_policies(), ALLY_FACTS_OF_ANY)
def test_at_equal_merit_a_giving_move_comes_before_an_asking_one(facts, policy, ally):
    """Across clients and allies: the pair of any client's decision and any ally's."""
    client, theirs = decide(facts, policy, TODAY), decide_ally(ally)
    if theirs.turn is Turn.GIVE and client.move in ASKS:
        assert theirs.turn < turn_of(client)
    if theirs.turn is Turn.ASK and client.move in GIVES:
        assert turn_of(client) < theirs.turn


def test_giving_back_gives_and_a_talk_about_nothing_back_asks():
    owed = AllyFacts(reckoning=2, received=8, given=1, leaning=-1, days_since_thanked=0)
    owing = AllyFacts(reckoning=2, received=1, given=8, leaning=1)
    assert (decide_ally(owed).move, decide_ally(owed).turn) == (AllyMove.REBALANCE, Turn.GIVE)
    assert (decide_ally(owing).move, decide_ally(owing).turn) == (AllyMove.REBALANCE, Turn.ASK)
