"""Six completed months, and the month or quarter that runs."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.insight.periods import months, running, window_start

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2190, 1, 1))


@given(DAYS)
def test_six_completed_months_and_the_one_that_runs(today):
    found = months(today)
    assert len(found) == 7
    assert [each.done for each in found] == [True] * 6 + [False]
    assert found[-1].first <= today <= found[-1].last
    assert found[0].first == window_start(today)
    for earlier, later in pairwise(found):
        assert later.first - earlier.last == dt.timedelta(days=1)


@given(DAYS, st.sampled_from(("month", "quarter")))
def test_what_runs_holds_today_and_lies_in_the_window(today, every):
    first, last = running(every, today)
    assert first <= today <= last
    assert first >= window_start(today)
    assert (last + dt.timedelta(days=1)).day == 1


def test_the_year_turns():
    assert [each.title for each in months(dt.date(2026, 1, 31))][-2:] == [
        "December 2025",
        "January 2026",
    ]
    assert running("quarter", dt.date(2025, 12, 31)) == (
        dt.date(2025, 10, 1),
        dt.date(2025, 12, 31),
    )
