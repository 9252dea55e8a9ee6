"""The first good day and the times proposed on it: properties of plain functions (P15)."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.reviews.good_day import (
    DAY,
    WEEKEND,
    Busy,
    Span,
    first_good_day,
    good_days,
)
from warmhand.apps.reviews.slots import CLOSES, OPENS, Slot, propose_slots

ZONES = (
    "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC",
    "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Kiritimati",
)  # fmt: skip
moments = st.datetimes(
    dt.datetime(2025, 1, 1), dt.datetime(2028, 12, 31), timezones=st.just(dt.UTC)
)
zones = st.sampled_from(ZONES).map(ZoneInfo)


@st.composite
def busy_times(draw, now: dt.datetime) -> list[Busy]:
    found = []
    for _ in range(draw(st.integers(0, 5))):
        start = now.date() + DAY * draw(st.integers(-20, 60))
        kind = draw(st.sampled_from(list(Span)))
        found.append(Busy(start, start + DAY * draw(st.integers(0, 30)), kind, "Fair"))
    return found


@st.composite
def cases(draw):
    now = draw(moments)
    return now, draw(zones), draw(busy_times(now)), draw(st.integers(0, 5))


@given(cases())
def test_the_first_good_day_is_free_and_nothing_earlier_is(case):
    now, zone, busy, notice = case
    found = first_good_day(busy, now=now, zone=zone, notice_days=notice)
    start = now.astimezone(zone).date() + DAY * notice

    def good(day: dt.date) -> bool:
        return day.weekday() not in WEEKEND and not any(
            each.starts_on <= day <= each.ends_on for each in busy
        )

    assert found.on >= start
    assert good(found.on)
    earlier = [start + DAY * n for n in range((found.on - start).days)]
    assert not any(good(day) for day in earlier)


@given(cases())
def test_why_names_a_busy_time_just_when_it_is_the_first_working_day_after_one(case):
    now, zone, busy, notice = case
    found = first_good_day(busy, now=now, zone=zone, notice_days=notice)
    before = found.on - DAY
    while before.weekday() in WEEKEND:
        before -= DAY
    follows = [each for each in busy if each.starts_on <= before <= each.ends_on]
    assert (found.after is not None) == bool(follows)
    if found.after is not None:
        assert found.after.ends_on == max(each.ends_on for each in follows)
        assert f"{found.after.ends_on:%-d %B}" in found.why


@given(cases())
def test_good_days_go_on_in_order_and_are_all_good(case):
    now, zone, busy, notice = case
    days = [day.on for day in islice(good_days(busy, now=now, zone=zone, notice_days=notice), 20)]
    assert days == sorted(set(days))
    for day in days:
        assert day.weekday() not in WEEKEND
        assert not any(each.covers(day) for each in busy)


def test_the_day_is_that_of_the_client():
    """At eleven in the evening in London it is tomorrow in Auckland, and still today in Lima."""
    now = dt.datetime(2026, 6, 8, 22, 0, tzinfo=dt.UTC)  # a Monday
    days = {
        name: first_good_day([], now=now, zone=ZoneInfo(name), notice_days=1).on
        for name in ("Pacific/Auckland", "Europe/London", "America/Lima")
    }
    assert days == {
        "Pacific/Auckland": dt.date(2026, 6, 10),
        "Europe/London": dt.date(2026, 6, 9),
        "America/Lima": dt.date(2026, 6, 9),
    }


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Span.QUARTER_END, "first working day after their quarter end on 31 March"),
        (Span.BUSY, "first working day after their busy time 'Fair', which ends on 31 March"),
        (Span.PROJECT, "first working day after the end of their project 'Fair' on 31 March"),
    ],
)
def test_it_says_why(kind, said):
    busy = [Busy(dt.date(2026, 3, 22), dt.date(2026, 3, 31), kind, "Fair")]
    now = dt.datetime(2026, 3, 25, 9, tzinfo=dt.UTC)
    found = first_good_day(busy, now=now, zone=ZoneInfo("UTC"))
    assert (found.on, found.why) == (dt.date(2026, 4, 1), said)


def test_a_busy_time_that_ended_long_ago_is_no_reason():
    busy = [Busy(dt.date(2026, 3, 2), dt.date(2026, 3, 6))]
    now = dt.datetime(2026, 3, 25, 9, tzinfo=dt.UTC)
    found = first_good_day(busy, now=now, zone=ZoneInfo("UTC"))
    assert found.why == "first working day with nothing against it"


def test_another_weekend_and_none_at_all():
    now = dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC)  # a Wednesday
    zone = ZoneInfo("Asia/Dubai")
    assert first_good_day([], now=now, zone=zone, weekend={4, 5}).on == dt.date(2026, 6, 14)
    with pytest.raises(ValueError, match="working day"):
        first_good_day([], now=now, zone=zone, weekend=range(7))


@st.composite
def slot_cases(draw):
    now, zone, busy, notice = draw(cases())
    here = draw(zones)
    taken = []
    for _ in range(draw(st.integers(0, 8))):
        start = now + dt.timedelta(hours=draw(st.integers(0, 24 * 20)))
        taken.append(Slot(start, start + dt.timedelta(minutes=draw(st.integers(15, 600)))))
    kind = draw(st.sampled_from(["lunch", "call", "visit"]))
    return now, zone, here, busy, notice, taken, kind, draw(st.sampled_from([30, 45, 60, 90]))


@given(slot_cases())
def test_proposed_times_are_free_working_hours_on_good_days(case):
    now, there, here, busy, notice, taken, kind, minutes = case
    days = good_days(busy, now=now, zone=there, notice_days=notice)
    found = propose_slots(days, kind=kind, minutes=minutes, there=there, here=here, taken=taken)
    assert len(found) == 3
    local = [(s.starts_at.astimezone(there), s.ends_at.astimezone(there)) for s in found]
    assert len({start.date() for start, _ in local}) == 3
    for slot, (start, end) in zip(found, local, strict=True):
        assert start.weekday() not in WEEKEND
        assert not any(each.covers(start.date()) for each in busy)
        assert OPENS <= start.time() < end.time() <= CLOSES
        assert slot.ends_at - slot.starts_at == dt.timedelta(minutes=minutes)
        assert not any(slot.overlaps(each) for each in taken)
        if kind == "lunch":
            assert dt.time(12) <= start.time() <= dt.time(13)


@given(slot_cases())
def test_working_hours_of_both_where_they_meet(case):
    now, there, here, busy, notice, _, _, minutes = case
    days = list(islice(good_days(busy, now=now, zone=there, notice_days=notice), 60))
    found = propose_slots(days, kind="call", minutes=minutes, there=there, here=here)

    def in_hours(start: dt.datetime) -> bool:
        a, b = (at.astimezone(here) for at in (start, start + dt.timedelta(minutes=minutes)))
        return a.date() == b.date() and a.time() >= OPENS and b.time() <= CLOSES

    def meets(day: dt.date) -> bool:
        first = dt.datetime.combine(day, OPENS, tzinfo=there).astimezone(dt.UTC)
        starts = [first + dt.timedelta(minutes=30 * n) for n in range(17)]
        latest = dt.datetime.combine(day, CLOSES, tzinfo=there)
        ends = dt.timedelta(minutes=minutes)
        return any(in_hours(at) for at in starts if at + ends <= latest)

    if all(meets(day.on) for day in days):
        assert all(in_hours(slot.starts_at) for slot in found)
    if there == here:
        assert all(in_hours(slot.starts_at) for slot in found)


def test_berlin_and_new_york_meet_in_the_afternoon():
    now = dt.datetime(2026, 6, 8, 9, tzinfo=dt.UTC)
    berlin, york = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
    found = propose_slots(
        good_days([], now=now, zone=york), kind="call", minutes=60, there=york, here=berlin
    )
    assert {slot.starts_at.astimezone(york).hour for slot in found} <= {9, 10}
