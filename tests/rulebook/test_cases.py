"""Every code and every move has its case, and its other side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rulebook.cases import (
    EARNED,
    JUST_NOT,
    MOVES,
    ONLY,
    TODAY,
    policy_for,
    with_,
)
from warmhand.rulebook import NEVER, RULES, Facts, Move, Policy, decide


def test_the_cases_are_whole():
    assert set(ONLY) == set(RULES)
    assert set(MOVES) == set(Move)


def test_an_earned_client_may_be_asked():
    decision = decide(EARNED, Policy(), TODAY)
    assert decision.may_ask
    assert decision.move is Move.ASK


@pytest.mark.parametrize("code", ONLY)
def test_each_code_can_stand_alone(code):
    decision = decide(with_(ONLY[code]), policy_for(code), TODAY)
    assert decision.codes == (code,)
    assert not decision.may_ask


@pytest.mark.parametrize("code", JUST_NOT)
def test_beyond_its_edge_a_rule_is_silent(code):
    assert decide(with_(JUST_NOT[code]), policy_for(code), TODAY).may_ask


@pytest.mark.parametrize("move", MOVES)
def test_each_move_comes_up(move):
    assert decide(with_(MOVES[move]), Policy(), TODAY).move is move


@pytest.mark.parametrize(
    ("changes", "policy", "move"),
    [
        ({"offers_active": 1, "would_introduce": 8}, {}, Move.ASK),
        ({"offers_active": 1, "would_introduce": 7}, {}, Move.OFFER),
        ({"offers_active": 1, "referrals": 1}, {}, Move.ASK),
        ({"offers_active": 1, "days_since_review": 90, "last_review_score": 8}, {}, Move.ASK),
        ({"offers_active": 1, "days_since_review": 91, "last_review_score": 8}, {}, Move.OFFER),
        ({"offers_active": 1, "days_since_pass": 90}, {}, Move.ASK),
        ({"offers_active": 1}, {"h1_move": "ask"}, Move.ASK),
        ({"offers_active": 1, "referrals": 1}, {"h1_move": "offer"}, Move.OFFER),
        ({"offers_active": 1, "needs": 1}, {"h1_move": "need_prompt"}, Move.GIVE_REFERRAL),
        ({"offers_active": 1, "days_since_confirmed": 7}, {}, Move.OFFER),
        ({"offers_active": 1, "days_since_confirmed": 7}, {"h2_resolved_moment": True}, Move.ASK),
        ({"asks": 1, "days_since_ask_1": 3, "offers_active": 1}, {}, Move.OFFER),
        ({"days_since_ask_1": 3, "days_since_favour": 91}, {}, Move.FAVOUR),
        ({"days_since_ask_1": 3, "days_since_favour": 91, "open_cases": 1}, {}, Move.WAIT),
        ({"do_not_ask": 1, "offers_active": 1, "days_since_favour": 91}, {}, Move.FAVOUR),
        ({"consent": 0, "offers_active": 1, "days_since_favour": 91}, {}, Move.WAIT),
        ({"consent": 0, "thanks_owed": 1}, {}, Move.THANK),
        ({"consent": -1, "offers_active": 1}, {"require_recorded_consent": True}, Move.WAIT),
        ({"last_score": 5, "days_since_review": 20}, {}, Move.WAIT),
        ({"days_since_rating": NEVER, "busy_starts_in": -1, "busy_days_left": 3}, {}, Move.WAIT),
    ],
)
def test_the_most_comfortable_move_that_works(changes, policy, move):
    assert decide(with_(changes), Policy(**policy), TODAY).move is move


def test_a_new_client_proves_by_three_parts_instead_of_time():
    assert decide(with_({"tenure": 3}), Policy(), TODAY).may_ask
    unproven = decide(with_({"tenure": 3, "days_since_proof": NEVER}), Policy(), TODAY)
    assert set(unproven.codes) == {"too_new", "nothing_to_show"}


def test_an_unknown_start_is_not_new():
    facts = with_({"tenure": NEVER})
    assert decide(facts, policy_for("too_new"), TODAY).may_ask


def test_the_second_busy_time_counts_too():
    ahead = {"busy_starts_in": -9, "busy_days_left": 0}
    following = {"next_busy_starts_in": 0, "next_busy_days_left": 4}
    decision = decide(with_({**ahead, **following}), Policy(), TODAY)
    assert decision.codes == ("busy_time",)
    assert "4 days" in decision.reasons[0].sentence


def test_a_stranger_gets_a_favour_and_every_missing_part():
    decision = decide(Facts(), Policy(), TODAY)
    assert decision.move is Move.FAVOUR
    assert {"nothing_agreed", "nothing_delivered", "happiness_unknown"} <= set(decision.codes)


def test_an_override_ends_on_its_day():
    asked = replace(EARNED, days_since_ask_1=3)
    lifted = decide(replace(asked, override_asked_recently=1), Policy(), TODAY)
    assert lifted.may_ask
    assert lifted.overridden == ("asked_recently",)
    assert lifted.review_on is not None
    assert (lifted.review_on - TODAY).days == 1
    assert not decide(replace(asked, override_asked_recently=0), Policy(), TODAY).may_ask
