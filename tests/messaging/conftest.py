from __future__ import annotations

import datetime as dt

import pytest

from tests.letterbox import letterbox as letterbox
from warmhand.apps.messaging import clock


class Clock:
    """The time as a test wants it."""

    def __init__(self) -> None:
        self.at = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += dt.timedelta(**time)


@pytest.fixture
def time(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(clock, "now", made.now)
    return made
