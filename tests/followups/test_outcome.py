"""What came of referrals, in states, numbers and one line."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.followups.outcome import (
    Outcome,
    Said,
    Standing,
    State,
    confidence_line,
    standing,
)

TODAY = dt.date(2026, 6, 1)


def said(side: str, business: str = "", happy: bool | None = None, days: int = 10) -> Said:
    return Said(side, TODAY - dt.timedelta(days=days), business, happy)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ([], State.NO_ANSWER),
        ([said("client")], State.NO_ANSWER),
        ([said("client", "not_yet")], State.TALKING),
        ([said("provider", "yes")], State.BUSINESS),
        ([said("client", "yes", True)], State.HAPPY),
        ([said("client", "yes", False)], State.UNHAPPY),
        ([said("provider", "yes", True)], State.BUSINESS),
        ([said("provider", "no")], State.NOTHING),
        ([said("client", "yes"), said("provider", "no")], State.BUSINESS),
        ([said("client", "yes", True), said("client", "no")], State.NOTHING),
        ([said("client", "yes", False), said("client", "yes", True)], State.HAPPY),
        ([said("client", "no"), said("client", "yes")], State.BUSINESS),
    ],
)
def test_the_state_of_a_referral(answers, state):
    assert standing(answers).state is state


def test_both_do_business_by_their_newest_word():
    assert standing([said("client", "yes"), said("provider", "yes")]).both_do_business
    assert not standing([said("client", "yes")]).both_do_business
    back = [said("client", "yes"), said("provider", "yes"), said("provider", "no")]
    assert not standing(back).both_do_business


answers = st.lists(
    st.builds(
        said,
        st.sampled_from(["client", "provider"]),
        st.sampled_from(["", "yes", "not_yet", "no"]),
        st.sampled_from([None, True, False]),
        st.integers(0, 90),
    ),
    max_size=5,
)


@given(st.lists(st.tuples(st.integers(1, 4), answers), max_size=8))
def test_the_numbers_of_a_provider_hold_together(referrals):
    it = Outcome()
    for client_id, told in referrals:
        it.add(client_id, standing(told))
    assert it.sent == len({client for client, _ in referrals})
    assert it.happy <= it.asked <= it.sent
    assert it.did_business <= it.sent
    assert it.good <= it.followed_up <= len(referrals)
    assert 0 < it.score < 1
    assert (it.last_heard is None) == (not any(told for _, told in referrals))


@given(st.integers(0, 20), st.integers(0, 20))
def test_few_cases_draw_the_score_towards_one_half(good, bad):
    it = Outcome(followed_up=good + bad, good=good)
    more = Outcome(followed_up=good + bad + 1, good=good + 1)
    assert more.score > it.score
    assert abs(it.score - 0.5) <= abs((good / (good + bad) if good + bad else 0.5) - 0.5)


def happy(on_days: int, is_happy: bool = True) -> Standing:
    return standing([said("client", "yes", is_happy, on_days)])


def test_the_line_of_confidence():
    it = Outcome()
    assert confidence_line(it, TODAY) == ""
    for client_id in range(4):
        it.add(client_id, happy(21))
    it.add(4, happy(40, is_happy=False))
    it.add(5, standing([said("client", "no", days=50)]))
    assert confidence_line(it, TODAY) == (
        "Of 6 clients sent, 5 did business, 4 of 5 asked were happy; last heard 3 weeks ago."
    )


def test_the_line_where_little_is_known():
    it = Outcome()
    it.add(1, Standing())
    assert confidence_line(it, TODAY) == ("Of 1 client sent, none has told us yet what came of it.")
    it.add(1, happy(0))
    assert confidence_line(it, TODAY) == (
        "Of 1 client sent, 1 did business, 1 of 1 asked was happy; last heard today."
    )
