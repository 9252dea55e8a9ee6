"""Given and received: what is uneven, why, and what sending elsewhere would change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from warmhand.matching.reciprocity import (
    FEWEST,
    MOST_RATIO,
    Facts,
    Flow,
    Giving,
    Other,
    Pair,
    Tilt,
    Trend,
    balance,
    explain_pair,
    findings,
    instead,
    tilt,
    trend,
)

flows = st.builds(
    Flow,
    st.integers(0, 40),
    st.dictionaries(st.sampled_from(["EUR", "USD", "points"]), st.integers(0, 10**7), max_size=3),
)
small = st.integers(0, 6)
facts_of = st.builds(
    Facts, flows, flows, flows, flows, small, small, small, small, st.booleans(), small, small,
    small, small, small, small, st.none() | small, small, small, small, small,
)  # fmt: skip
others = st.lists(
    st.builds(Other, st.text(max_size=4), st.just("X"), st.booleans(), small, small), max_size=5
)
some_others = st.lists(
    st.builds(Other, st.text(max_size=4), st.just("X"), st.booleans(), small, small),
    min_size=1,
    max_size=5,
)
sent_much = st.builds(Flow, st.integers(20, 40))
sent_little = st.builds(Flow, st.integers(0, 4))


@given(flows, flows)
def test_a_balance_turned_round_is_the_same_with_the_other_sign(one, other):
    there, back = balance(one, other), balance(other, one)
    assert there.number == -back.number
    assert there.value == {unit: -value for unit, value in back.value.items()}


@given(flows, flows, flows)
def test_flows_add_up_in_any_order(one, two, three):
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)


@given(flows, flows)
def test_which_way_it_leans_turns_with_the_sides(one, other):
    turned = {Tilt.WE_GIVE: Tilt.THEY_GIVE, Tilt.THEY_GIVE: Tilt.WE_GIVE}
    assert tilt(other, one) is turned.get(tilt(one, other), tilt(one, other))


@pytest.mark.parametrize(
    ("given_", "received", "expected"),
    [
        (FEWEST - 1, 0, Tilt.FEW),
        (FEWEST, 0, Tilt.WE_GIVE),
        (MOST_RATIO * 2, 2, Tilt.EVEN),
        (MOST_RATIO * 2 + 1, 2, Tilt.WE_GIVE),
        (1, FEWEST, Tilt.THEY_GIVE),
    ],
)
def test_the_edges_of_uneven(given_, received, expected):
    assert tilt(Flow(given_), Flow(received)) is expected


def test_even_in_number_and_uneven_in_value():
    assert tilt(Flow(5, {"EUR": 400}), Flow(5, {"EUR": 100})) is Tilt.WE_GIVE
    assert tilt(Flow(5, {"EUR": 300}), Flow(5, {"EUR": 100})) is Tilt.EVEN
    # Two units that say opposite things say nothing; one that only one side has is no comparison.
    assert tilt(Flow(5, {"EUR": 4, "USD": 1}), Flow(5, {"EUR": 1, "USD": 4})) is Tilt.EVEN
    assert tilt(Flow(5, {"EUR": 400}), Flow(5)) is Tilt.EVEN


@given(facts_of)
def test_findings_come_with_an_imbalance_and_only_then(facts):
    found = findings(facts)
    uneven = tilt(facts.given, facts.received) in (Tilt.WE_GIVE, Tilt.THEY_GIVE)
    assert bool(found) == uneven
    for each in found:
        assert each.sentence
        assert each.do
    if tilt(facts.given, facts.received) is Tilt.THEY_GIVE:
        assert [each.code for each in found] == ["we_owe"]


@given(facts_of)
def test_each_reason_needs_its_record(facts):
    codes = {each.code for each in findings(facts)}
    evidence = {
        "wrong_fit": facts.wrong_fit,
        "nothing_came": facts.nothing,
        "unhappy": facts.unhappy,
        "silent": facts.silent,
        "slow": facts.slow,
        "declined": facts.declined,
        "no_outcome": facts.no_outcome,
        "capacity": facts.full,
        "never_asked": not facts.asked,
        "other_ways": facts.other_ways,
    }
    if tilt(facts.given, facts.received) is Tilt.WE_GIVE:
        assert codes == ({code for code, there in evidence.items() if there} or {"unexplained"})


@given(st.builds(replace, facts_of, given=sent_much, received=sent_little), some_others)
def test_sending_elsewhere_moves_the_whole_difference_and_no_more(facts, known):
    found = instead(facts, known)
    assert found is not None
    assert tilt(facts.given, facts.received) is Tilt.WE_GIVE
    here = facts.given.number - facts.received.number
    assert found.stays == here
    assert found.else_becomes - found.stays == found.other_becomes - found.other_now
    assert found.other_becomes - found.other_now == found.next_ones == facts.given.number
    if any(each.ally for each in known):
        assert found.other.ally
        owed = min(each.given - each.received for each in known if each.ally)
        assert found.other_now == owed


def test_nothing_is_sent_elsewhere_while_it_is_even():
    assert instead(Facts(Flow(6), Flow(6)), [Other("1", "X", True)]) is None
    assert instead(Facts(Flow(9), Flow(0)), []) is None


def test_the_trend_against_the_year_before():
    assert trend(Facts(Flow(4), Flow(2))) is Trend.UNKNOWN
    assert trend(Facts(Flow(4), Flow(2), Flow(9), Flow(0))) is Trend.CLOSING
    assert trend(Facts(Flow(9), Flow(0), Flow(4), Flow(2))) is Trend.WIDENING
    assert trend(Facts(Flow(4), Flow(2), Flow(1), Flow(3))) is Trend.STEADY


def test_return_is_told_only_with_enough_cases():
    few = Giving(30, 1, Flow(FEWEST - 2), Flow(3))
    assert (few.enough, few.back_of_ten) == (False, None)
    more = few + Giving(given=Flow(6), received=Flow(2), became_clients=1)
    assert (more.cases, more.back_of_ten, more.became_clients) == (10, 5, 1)


pairs = st.builds(
    Pair, st.integers(1, 5), small, st.integers(-20, 20), st.integers(-20, 20), small, small,
    st.integers(0, 400),
)  # fmt: skip


@given(pairs)
def test_every_uneven_pair_of_a_network_is_explained_and_no_even_one(pair):
    assume(pair.given >= pair.received)
    assert bool(explain_pair(pair)) != pair.even


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "The last gift was on the last day of the record."),
        (1, "The last gift was 1 day before the record ends."),
        (30, "The last gift was 30 days before the record ends."),
    ],
)
def test_how_long_ago_a_pair_s_last_gift_was_is_said_as_people_say_it(days, said):
    found = explain_pair(Pair(2, 0, 5700, 0, 0, 0, last_days=days))
    assert [each.sentence for each in found if each.code == "recent"] == [said]


def test_values_of_a_pair_are_grouped():
    (found,) = explain_pair(Pair(1, 1, 12_000, 900, 0, 0, last_days=400))
    assert found.sentence == "As often both ways, but worth 12,000 against 900."
