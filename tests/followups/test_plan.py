"""Which question is due on which day: properties over days, settings and answers."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from warmhand.apps.followups.plan import LAPSE_DAYS, Heard, is_over, next_round, rounds

DAY = dt.date(2026, 3, 1)
AFTER = (7, 30, 90)
afters = st.tuples(st.integers(2, 20), st.integers(21, 59), st.integers(60, 365))
offsets = st.integers(-10, 500)


def ago(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


def heard(number: int, day: int, business: str = "yes", no_more: bool = False) -> Heard:
    return Heard(number, ago(day), business, no_more)


neutral = st.lists(
    st.builds(heard, st.integers(0, 3), st.integers(0, 400), st.sampled_from(["yes", "not_yet"])),
    max_size=4,
).map(lambda each: sorted(each, key=lambda it: it.on))


@given(afters, neutral, offsets)
@example(AFTER, [], 7)
@example(AFTER, [], 6)
@example(AFTER, [heard(1, 8)], 29)
def test_what_is_named_is_a_round_that_nobody_has_answered(after, own, today):
    found = next_round(DAY, after, own, [], ago(today))
    if found is None:
        return
    assert found in rounds(DAY, after)
    assert all(found.number > each.round and found.due_on > each.on for each in own)


@given(afters, neutral, offsets)
def test_of_several_that_have_come_only_the_last_is_asked(after, own, today):
    found = next_round(DAY, after, own, [], ago(today))
    later = [] if found is None else [r for r in rounds(DAY, after) if r.number > found.number]
    assert all(each.due_on > ago(today) for each in later)


@given(afters, neutral)
def test_day_by_day_the_question_only_moves_on(after, own):
    """Nothing is asked twice, and what is over stays over while nobody says anything new."""
    before = 0
    for today in range(after[2] + LAPSE_DAYS + 3):
        found = next_round(DAY, after, own, [], ago(today))
        number = found.number if found else 4
        assert number >= before
        before = number
    assert before == 4, "it ends by itself"


@given(afters, offsets)
def test_with_nobody_heard_each_round_comes_on_its_own_day(after, today):
    found = next_round(DAY, after, [], [], ago(today))
    if today > after[2] + LAPSE_DAYS:
        assert found is None
        return
    come = [days for days in after if days <= today]
    wanted = come[-1] if come else after[0]
    assert found is not None
    assert found.due_on == ago(wanted)


@given(afters, afters, st.integers(1, 3), offsets)
def test_a_changed_setting_asks_no_answered_round_again(after, other, number, today):
    own = [heard(number, after[number - 1])]
    found = next_round(DAY, other, own, [], ago(today))
    assert found is None or found.number > number


@given(afters, neutral, st.sampled_from(["no", "stop"]), offsets)
def test_a_way_out_ends_it_for_good(after, own, way, today):
    last = max((each.on for each in own), default=DAY)
    out = Heard(0, last, "no" if way == "no" else "", way == "stop")
    assert next_round(DAY, after, [*own, out], [], ago(today)) is None


def test_the_others_no_ends_it_unless_this_side_says_otherwise():
    no, yes, not_yet = heard(1, 8, "no"), heard(1, 8), heard(1, 8, "not_yet")
    assert is_over([], [no])
    assert is_over([not_yet], [no])
    assert not is_over([yes], [no])
    assert not is_over([], [yes])
    assert not is_over([], [heard(1, 8, "", no_more=True)]), "their wish is theirs alone"


def test_a_no_taken_back_counts_no_longer():
    assert not is_over([heard(1, 8, "no"), heard(0, 12, "yes")], [])
    assert is_over([heard(1, 8, "yes"), heard(0, 12, "no")], [])
    assert not is_over([heard(1, 8, "no"), heard(0, 8, "yes")], []), "of one day, the later told"
