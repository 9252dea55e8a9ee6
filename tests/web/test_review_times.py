"""Times of a meeting as somebody may type them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from warmhand.web.reviews.forms import _exists


@pytest.mark.parametrize(
    ("local", "there"),
    [
        (dt.datetime(2026, 3, 29, 2, 30), False),  # skipped in Berlin
        (dt.datetime(2026, 3, 29, 3, 30), True),
        (dt.datetime(1, 1, 1), False),
        (dt.datetime.max, True),
    ],
)
def test_an_hour_that_is_skipped_or_before_all_time_is_refused(local, there):
    assert _exists(local, ZoneInfo("Europe/Berlin")) is there
