"""Whether a provider can be asked today, and how long they have to answer. Pure but for the row."""

from __future__ import annotations

import datetime as dt
from typing import Final

from warmhand.apps.directory.models import Provider
from warmhand.matching.weekdays import is_working

ANSWER_DAYS: Final = 3
"""Working days to answer a brief: the person waits, and who is asked has a business to run. Three
is what P33's 'right away' leaves of politeness; after it the next one is asked."""


def why_not(provider: Provider, on: dt.date) -> str:
    """Why this provider can't be asked on that day; '' where they can."""
    if provider.removed_at is not None:
        return f"{provider.name} was taken out of the directory."
    if provider.capacity == "full":
        return f"{provider.name} takes nobody now."
    if provider.away_from is not None and provider.away_from <= on:
        back = provider.away_until
        if back is None or back > on:
            return f"{provider.name} is away{f' until {back:%-d %B}' if back else ''}."
    if provider.licence_until is not None and provider.licence_until < on:
        return f"The licence of {provider.name} ended on {provider.licence_until:%-d %B %Y}."
    return ""


def answer_by(asked_at: dt.datetime, days: int = ANSWER_DAYS) -> dt.datetime:
    """The same hour so many working days later; Saturdays and Sundays aren't counted."""
    at = asked_at
    while days:
        at += dt.timedelta(days=1)
        if is_working(at):
            days -= 1
    return at
