"""P28: with equal merit a giving move stands before an asking one; in a client and among them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given

from tests.rulebook.cases import EARNED, TODAY, with_
from tests.rulebook.strategies import some_facts, some_policies
from warmhand.rulebook import ASKS, GIVES, NEVER, PROPOSALS, Merit, Move, Policy, decide
from warmhand.rulebook.compiled import verdict_function

FACTS = some_facts()
POLICIES = some_policies()
NEED = {"needs": 1, "needs_served": 1, "needs_to_pass_on": 1}


def held(facts, policy):
    """The proposals that hold, first come first, straight from the compiled rulebook."""
    return [PROPOSALS[place] for place in verdict_function(policy)(facts)[2]]


def asked_too_early(proposals):
    """Pairs of one merit in which the asking move stands before the giving one."""
    return [
        (ask, gift)
        for place, ask in enumerate(proposals)
        if ask.move in ASKS
        for gift in proposals[place + 1 :]
        if gift.move in GIVES and gift.merit == ask.merit
    ]


@given(FACTS, POLICIES)
@example(with_(NEED), Policy())
@example(with_(NEED), Policy(h1_move="ask"))
def test_with_equal_merit_giving_comes_before_asking(facts, policy):
    assert not asked_too_early(held(facts, policy))


@given(FACTS, POLICIES)
def test_the_move_is_one_of_the_highest_merit(facts, policy):
    merits = [each.merit for each in held(facts, policy)]
    assert all(before >= after for before, after in pairwise(merits))
    assert held(facts, policy)[0].move is decide(facts, policy, TODAY).move


def test_the_control_sees_an_ask_that_pushes_forward():
    """Control: the very pair turned round is noticed."""
    both = [each for each in held(with_(NEED), Policy()) if each.merit is Merit.RIPE]
    assert {each.move for each in both} >= {Move.GIVE_REFERRAL, Move.ASK}
    assert not asked_too_early(both)
    assert asked_too_early(both[::-1])


@given(FACTS, POLICIES)
def test_a_need_for_now_that_somebody_fits_comes_before_any_ask(facts, policy):
    """Said without merits: nobody is asked for anything while we could serve what presses them."""
    pressed = replace(facts, needs=1, needs_urgent=1, needs_served=1, needs_urgent_served=1)
    possible = decide(pressed, policy, TODAY)
    assert possible.move not in ASKS or pressed.consent == 0
    if possible.may_ask:
        assert possible.move is Move.GIVE_REFERRAL
        assert set(ASKS) & {each.move for each in possible.runners_up}


@pytest.mark.parametrize("h1", ["mixed", "ask", "offer", "need_prompt"])
def test_a_ripe_need_is_met_before_the_earned_ask(h1):
    decision = decide(with_({**NEED, "offers_active": 1}), Policy(h1_move=h1), TODAY)
    assert decision.move is Move.GIVE_REFERRAL
    assert decision.may_ask


@pytest.mark.parametrize(
    ("changes", "move"),
    [
        ({"needs": 1}, Move.ASK),
        ({**NEED, "days_since_given": 90, "given": 1}, Move.ASK),
        ({**NEED, "days_since_given": 91, "given": 1}, Move.GIVE_REFERRAL),
        (
            {**NEED, "needs_urgent": 1, "needs_urgent_served": 1, "days_since_given": 3},
            Move.GIVE_REFERRAL,
        ),
        ({"needs": 1, "needs_urgent": 1, "days_since_favour": 90}, Move.ASK),
        ({"needs": 1, "needs_urgent": 1, "days_since_favour": 91}, Move.FAVOUR),
        ({"days_since_favour": 91}, Move.ASK),
        ({"needs": 1, "days_since_ask_1": 3, "offers_active": 1}, Move.GIVE_REFERRAL),
    ],
)
def test_what_is_wanting_makes_a_gift_wait_for_its_turn(changes, move):
    """Lower merit is no equal: a need for which nobody is known, or a gift only just given."""
    assert decide(with_(changes), Policy(), TODAY).move is move


def test_a_need_that_must_not_be_passed_on_is_still_a_need():
    """Their no holds for others' ears; they may take a card and call themselves (P32)."""
    decision = decide(with_({"needs": 1}), Policy(), TODAY)
    assert Move.GIVE_REFERRAL in {each.move for each in decision.runners_up}


def test_the_earned_client_has_nothing_given_for_granted():
    assert EARNED.needs == 0
    assert EARNED.days_since_given == NEVER
