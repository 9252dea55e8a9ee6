"""The clock of links and mails as a test wants it: nothing sleeps."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from warmhand.apps.messaging import clock


class Clock:
    """Stands still until it is told that time passes."""

    def __init__(self) -> None:
        self.at = timezone.now()

    def now(self) -> dt.datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += dt.timedelta(**time)


@pytest.fixture
def time(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(clock, "now", made.now)
    return made
