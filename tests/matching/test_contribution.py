"""Quality times outcome: rubbish brings nothing, and nothing permitted is deducted (P35)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from warmhand.matching.contribution import (
    CARE,
    FULL,
    OPEN,
    OPEN_COUNT,
    UNHEARD,
    WEIGHTS,
    Around,
    CameOf,
    Given,
    hints,
    points,
    score,
)

ONE = st.builds(Given, quality=st.integers(0, 100), came_of=st.sampled_from(CameOf))
MANY = st.lists(ONE, max_size=30)
LOW = st.integers(0, 40)
MOST_UNHEARD = OPEN_COUNT * FULL * WEIGHTS[CameOf.NO_ANSWER] // 100
"""So many points are all that silence can bring: 6 of the 10 of a single referral done well."""


WORTHLESS = st.builds(Given, st.integers(0, 100), st.just(CameOf.UNHAPPY)) | st.builds(
    Given, st.integers(0, CARE - 1), st.sampled_from(sorted(OPEN))
)
"""An unhappy client; or given without care, and nothing good has come of it."""


@given(MANY, st.lists(WORTHLESS, min_size=1, max_size=60))
def test_adding_worthless_ones_never_raises_the_standing(before, rubbish):
    """P35: however many, and whoever sends them."""
    with_them = score([*before, *rubbish])
    assert with_them.points == points(before)
    assert with_them.good == score(before).good
    assert with_them.happy == score(before).happy


@given(MANY, st.lists(st.builds(Given, st.integers(0, 100), st.sampled_from(sorted(OPEN)))))
def test_numbers_without_a_good_end_never_reach_one_done_well(before, more):
    most = OPEN_COUNT * FULL * WEIGHTS[CameOf.TALKING] // 100
    assert points([*before, *more]) - points(before) <= most + 1
    assert points(more) <= most < points([Given(100, CameOf.HAPPY)])


def test_the_control_a_count_without_the_best_few_would_be_raised():
    """Control: many that came to nothing, added up as they are, would outweigh one done well."""
    many = [Given(60, CameOf.NOTHING)] * 50
    added_up = sum(each.worth for each in many) * FULL // 10_000
    assert added_up > points([Given(100, CameOf.HAPPY)]) > points(many)


@given(MANY, st.integers(0, 100), st.sampled_from((CameOf.DECLINED, CameOf.NOTHING)))
def test_asking_how_it_went_never_costs_anything(before, quality, came):
    assert points([*before, Given(quality, came)]) == points([*before, Given(quality)])


@given(MANY, LOW, st.integers(1, 50))
def test_rubbish_with_an_unhappy_client_never_raises_the_score(before, quality, times):
    rubbish = [Given(quality, CameOf.UNHAPPY)] * times
    assert points([*before, *rubbish]) == points(before)


@given(MANY, st.integers(0, 60), st.integers(1, 500))
def test_any_number_of_average_ones_without_an_outcome_brings_little(before, quality, times):
    """Not better than none by more than a third of one referral done well: 3 × 60 % × 20 %."""
    average = [Given(quality)] * times
    assert points([*before, *average]) - points(before) <= 4 < FULL / 2


@given(MANY, st.lists(st.builds(Given, quality=st.integers(0, 100)), max_size=60))
def test_numbers_alone_never_reach_one_referral_done_well(before, silent):
    assert points(silent) <= MOST_UNHEARD < points([Given(100, CameOf.HAPPY)])
    assert points([*before, *silent]) - points(before) <= MOST_UNHEARD + 1


@given(MANY, ONE)
def test_giving_once_more_never_lowers_the_score(before, another):
    assert points([*before, another]) >= points(before)


@given(MANY, st.integers(0, 100))
def test_a_declining_provider_takes_nothing_from_the_giver(before, quality):
    asked = points([*before, Given(quality)])
    assert points([*before, Given(quality, CameOf.DECLINED)]) == asked


@given(MANY, st.integers(0, 100), ONE)
def test_a_substitute_is_never_deducted(before, quality, substitute):
    declined = [*before, Given(quality, CameOf.DECLINED)]
    assert points([*declined, substitute]) >= points(declined)


@given(MANY, ONE, st.integers(0, 100))
def test_better_quality_never_counts_less(before, one, quality):
    better = Given(max(one.quality, quality), one.came_of)
    assert points([*before, better]) >= points([*before, one])


def test_hearing_of_it_pays():
    silent = [Given(90)] * 10
    heard = [Given(90, CameOf.HAPPY)] * 10
    assert points(silent) == 5
    assert points(heard) == 90


def test_no_weight_is_a_deduction_and_silence_is_among_the_least():
    assert set(WEIGHTS) == set(CameOf)
    assert all(0 <= weight <= 100 for weight in WEIGHTS.values())
    for state in UNHEARD:
        assert WEIGHTS[state] < WEIGHTS[CameOf.BUSINESS]


def test_the_control_sees_a_score_that_counts_heads():
    """Control: a score by number alone breaks the first promise."""
    heads = [Given(5, CameOf.UNHAPPY)] * 40
    assert len(heads) > points(heads) == 0


@given(MANY)
def test_the_parts_add_up_to_the_whole(given_):
    found = score(given_)
    assert found.given == len(given_)
    assert found.happy + found.unhappy <= found.answered <= found.heard <= found.given
    assert (found.happy_percent is None) == (found.answered < 5)
    assert all(line.endswith(".") for line in found.lines)


@given(
    MANY,
    st.builds(
        Around,
        needs_served=st.integers(0, 3),
        needs_open=st.integers(0, 3),
        unheard_old=st.integers(0, 3),
        untold=st.integers(0, 3),
        without_favour=st.integers(0, 3),
        missing=st.none()
        | st.dictionaries(st.sampled_from(("Say why", "Ask first")), st.integers(0, 9)),
    ),
)
def test_hints_help_and_never_reproach(given_, around):
    found = hints(score(given_), around)
    assert len(found) <= 3
    for each in found:
        assert each.sentence.endswith((".", "?"))
        assert not {"must", "only", "failed", "bad", "worst", "behind"} & set(each.sentence.split())


def test_somebody_who_gave_nothing_is_told_where_to_begin():
    assert [each.code for each in hints(score([]), Around())] == ["listen"]
