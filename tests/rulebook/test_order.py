"""Among clients with the same move, the right ones come first, and waiting counts by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.rulebook import FIRST, MOVES, Facts, Move, advance, facts_from, weight

DAY = 20_000


def facts(**values: int) -> Facts:
    return facts_from(values)


def test_every_move_says_who_comes_first():
    assert set(FIRST) == set(MOVES)
    assert all(first.sentence.endswith(".") for first in FIRST.values())


@pytest.mark.parametrize(
    ("move", "earlier", "later"),
    [
        (Move.RECOVER, {"lowest_open_score": 1}, {"lowest_open_score": 4}),
        (Move.THANK, {"days_since_referral": 9}, {"days_since_referral": 2}),
        (
            Move.CONFIRM_RESOLUTION,
            {"days_since_unconfirmed": 0},
            {"days_since_unconfirmed": 30},
        ),
        (Move.KEEP_PROMISE, {"next_due_in": -40}, {"next_due_in": -1}),
        (Move.KEEP_PROMISE, {"favour_due_in": -40}, {"next_due_in": -1}),
        (Move.INVITE_TO_REVIEW, {"delivered_on_time": 3}, {"delivered_on_time": 2, "delivered": 9}),
        (Move.FAVOUR, {"referrals": 1}, {"delivered_on_time": 90, "delivered": 90}),
        (Move.ASK, {"would_introduce": 9}, {"would_introduce": 3, "last_score": 10}),
    ],
)
def test_who_comes_first(move, earlier, later):
    assert weight(move, facts(**earlier), DAY) > weight(move, facts(**later), DAY)


@given(
    move=st.sampled_from(Move),
    age=st.integers(0, 900),
    due=st.integers(-900, -1),
    days=st.integers(0, 400),
)
def test_a_weight_holds_while_nothing_happens(move, age, due, days):
    now = facts(days_since_referral=age, days_since_unconfirmed=age, next_due_in=due)
    assert weight(move, now, DAY) == weight(move, advance(now, days), DAY + days)
