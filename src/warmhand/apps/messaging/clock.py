"""The clock of links and mails: one function, so that a test can say what time it is."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The present moment, with its zone."""
    return timezone.now()
