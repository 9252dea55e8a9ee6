"""Favours as a goal: what came of them and the time they took weigh, their number doesn't (P35)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.matching.favour_worth import (
    TIME,
    TIME_ALONE,
    Did,
    favours_hundredths,
    favours_worth,
    tells,
)

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 9))
ONE = st.builds(
    Did,
    client=st.integers(1, 4),
    on=DAYS,
    told=st.booleans(),
    minutes=st.integers(0, 90),
    need=st.none() | st.integers(1, 3),
)
MANY = st.lists(ONE, max_size=25)
WORTHLESS = st.builds(
    Did, client=st.integers(1, 400), on=DAYS, minutes=st.integers(0, TIME - 1), need=st.none()
)
"""No time was spent, and nothing is told of what came of it."""
DAY = dt.date(2026, 1, 5)


@given(MANY, st.lists(WORTHLESS, min_size=1, max_size=60))
def test_worthless_favours_never_raise_anybody(before, rubbish):
    assert favours_worth([*before, *rubbish]) == favours_worth(before)


def test_the_control_a_plain_count_would_be_raised():
    rubbish = [Did(client, DAY) for client in range(50)]
    assert len(rubbish) > favours_worth(rubbish) == 0


@given(MANY, ONE)
def test_one_more_never_lowers_what_counts(before, another):
    assert favours_worth([*before, another]) >= favours_worth(before)


@given(MANY, ONE)
def test_telling_what_came_of_it_and_time_never_cost_anything(before, one):
    for better in (replace(one, told=True), replace(one, minutes=one.minutes + TIME)):
        assert favours_worth([*before, better]) >= favours_worth([*before, one])


@given(MANY, ONE, st.integers(2, 30))
def test_splitting_a_favour_brings_nothing(before, one, pieces):
    assert favours_worth([*before, *[one] * pieces]) == favours_worth([*before, one])


NEEDS = st.lists(st.none() | st.integers(1, 9), min_size=1, max_size=8)


@given(ONE, NEEDS)
def test_neither_does_noting_it_with_other_needs_and_without(one, needs):
    pieces = [replace(one, need=need) for need in needs]
    assert favours_hundredths(pieces) == favours_hundredths([one])


@given(MANY, ONE, NEEDS)
def test_whatever_the_pieces_are_noted_with_they_count_as_one_at_most(before, one, needs):
    pieces = [replace(one, need=need) for need in needs]
    split = favours_hundredths([*before, *pieces])
    assert split <= favours_hundredths(before) + one.worth


@given(MANY.filter(lambda many: len(many) <= 9))
def test_it_is_the_most_of_any_choice_without_a_day_or_a_need_twice(done):
    told = [each for each in done if each.told]

    def apart(chosen):
        days = {(each.client, each.on) for each in chosen}
        needs = [each.need for each in chosen if each.need is not None]
        return len(days) == len(chosen) and len(set(needs)) == len(needs)

    chosen = [c for size in range(len(told) + 1) for c in combinations(told, size) if apart(c)]
    assert favours_hundredths(told) == max(sum(each.worth for each in c) for c in chosen)


@given(st.lists(st.builds(Did, st.integers(1, 99), DAYS, minutes=st.integers(0, 9999))))
def test_time_alone_never_makes_one_favour_that_came_to_something(untold):
    assert favours_worth(untold) == 0 < favours_worth([Did(1, DAY, told=True, minutes=TIME)])
    assert TIME_ALONE * 3 < 100


def test_those_that_came_to_something_count_each():
    told = [Did(client, DAY, told=True, minutes=30) for client in range(5)]
    assert favours_worth(told) == 5
    assert favours_worth([replace(each, minutes=0) for each in told]) == 3
    assert favours_worth([replace(each, need=7) for each in told]) == 1
    one = told[0]
    assert favours_worth([one, replace(one, need=7), replace(one, need=8)]) == 1


@pytest.mark.parametrize(
    ("outcome", "says"),
    [("", False), ("ok", False), ("- - -", False), ("done done done", False), ("She signed", False),
     ("She caught the train", True), ("Sie hat unterschrieben", True)],
)  # fmt: skip
def test_a_word_or_a_dash_tells_nothing(outcome, says):
    assert tells(outcome) is says
