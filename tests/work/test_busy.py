"""Busy times of a company never touch, whatever is set, corrected, removed or undone (P15)."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmhand.apps.journal import services as journal
from warmhand.apps.journal.models import Entry
from warmhand.apps.work import queries, services
from warmhand.apps.work.models import BusyTime
from warmhand.apps.work.services.busy import quarter_ends
from warmhand.problems import Conflict, Invalid

START = dt.date(2026, 1, 1)
DAY = dt.timedelta(days=1)

steps = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.integers(0, 60), st.integers(0, 12)),
        st.tuples(st.just("remove"), st.integers(0, 9), st.just(0)),
        st.tuples(st.just("undo"), st.integers(0, 9), st.just(0)),
    ),
    max_size=12,
)


def take(world, company, step) -> None:
    what, number, length = step
    there = list(BusyTime.objects.filter(company=company))
    if what == "set":
        start = START + DAY * number
        services.set_busy_time(
            by=world.by, company_id=company.pk, starts_on=start, ends_on=start + DAY * length
        )
    elif what == "remove" and there:
        services.remove_busy_time(by=world.by, busy_time_id=there[number % len(there)].pk)
    elif what == "undo":
        entries = list(Entry.objects.filter(company_id=company.pk))
        if entries:
            undo(world, entries[number % len(entries)])


def undo(world, entry) -> None:
    with suppress(Conflict, Invalid):  # refusing is fine; touching is not
        journal.undo(by=world.by, entry_id=entry.pk)


@given(steps=steps)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_they_never_touch(world, steps):
    company = world.company()
    for step in steps:
        take(world, company, step)
        rows = list(BusyTime.objects.filter(company=company).order_by("starts_on"))
        for one, following in pairwise(rows):
            assert one.ends_on + DAY < following.starts_on


@given(
    periods=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), min_size=1, max_size=8),
    day=st.integers(0, 75),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_same_days_are_busy_as_were_said(world, periods, day):
    company = world.company()
    for start, length in periods:
        services.set_busy_time(
            by=world.by,
            company_id=company.pk,
            starts_on=START + DAY * start,
            ends_on=START + DAY * (start + length),
        )
    on = START + DAY * day
    covering = BusyTime.objects.filter(company=company, starts_on__lte=on, ends_on__gte=on)
    assert covering.exists() == any(start <= day <= start + length for start, length in periods)


def test_a_merge_is_one_entry_and_its_undo_brings_all_back(world):
    company = world.company()
    said = [("Budget", 0, 4), ("Audit", 10, 14)]
    for label, start, end in said:
        services.set_busy_time(
            by=world.by,
            company_id=company.pk,
            starts_on=START + DAY * start,
            ends_on=START + DAY * end,
            label=label,
        )
    before = Entry.objects.count()
    merged = services.set_busy_time(
        by=world.by,
        company_id=company.pk,
        starts_on=START + DAY * 5,
        ends_on=START + DAY * 9,
        label="Both",
    )
    assert (merged.starts_on, merged.ends_on) == (START, START + DAY * 14)
    assert merged.label == "Both; Budget; Audit"
    assert queries.busy_times(company_id=company.pk).count() == 1
    assert Entry.objects.count() == before + 1
    journal.undo(by=world.by, entry_id=Entry.objects.order_by("-pk")[0].pk)
    labels = queries.busy_times(company_id=company.pk).values_list("label", flat=True)
    assert list(labels) == ["Budget", "Audit"]


def test_correcting_one_replaces_it(world):
    company = world.company()
    old = services.set_busy_time(
        by=world.by, company_id=company.pk, starts_on=START, ends_on=START + DAY * 9
    )
    new = services.set_busy_time(
        by=world.by,
        company_id=company.pk,
        starts_on=START,
        ends_on=START + DAY * 3,
        instead_of_id=old.pk,
    )
    assert [(b.pk, b.ends_on) for b in queries.busy_times(company_id=company.pk)] == [
        (new.pk, START + DAY * 3)
    ]


def test_quarter_ends_are_added_once(world):
    company = world.company(year_end_month=11)
    added = services.add_quarter_ends(by=world.by, company_id=company.pk, days_before=10)
    assert len(added) == 5
    assert all((b.ends_on + DAY).day == 1 and b.kind == "quarter_end" for b in added)
    assert {b.ends_on.month for b in added} == {2, 5, 8, 11}
    assert services.add_quarter_ends(by=world.by, company_id=company.pk, days_before=10) == []


def test_no_quarter_ends_where_the_year_end_is_unknown_or_none_are_wanted(world):
    unknown, known = world.company(), world.company("Other", year_end_month=3)
    assert services.add_quarter_ends(by=world.by, company_id=unknown.pk, days_before=10) == []
    assert services.add_quarter_ends(by=world.by, company_id=known.pk, days_before=0) == []


@pytest.mark.parametrize(
    ("month", "today", "first"),
    [
        (12, "2026-11-22", "2026-12-31"),
        (11, "2026-11-22", "2026-11-30"),
        (1, "2026-11-22", "2027-01-31"),
        (2, "2027-11-30", "2027-11-30"),
        (2, "2028-02-01", "2028-02-29"),
    ],
)
def test_quarters_end_on_the_last_day_of_a_month(month, today, first):
    ends = list(quarter_ends(month, dt.date.fromisoformat(today)))
    assert ends[0] == dt.date.fromisoformat(first)
    assert len(ends) == 5
    assert all((end + DAY).day == 1 for end in ends)


def test_a_time_that_ends_before_it_starts_is_refused(world):
    with pytest.raises(Invalid) as refused:
        services.set_busy_time(
            by=world.by, company_id=world.company().pk, starts_on=START, ends_on=START - DAY
        )
    assert refused.value.places[0].field == "ends_on"
