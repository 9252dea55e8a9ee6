"""Whether a provider can be asked today, and how long they have to answer. Pure but for the row."""

from __future__ import annotations

import datetime as dt
from typing import Final

from warmhand.apps.directory.models import Provider
from warmhand.matching.room import NoRoom, no_room
from warmhand.matching.weekdays import is_working

ANSWER_DAYS: Final = 3
"""Working days to answer a brief: the person waits, and who is asked has a business to run. Three
is what P33's 'right away' leaves of politeness; after it the next one is asked."""


def why_not(provider: Provider, on: dt.date) -> str:
    """Why this provider can't be asked on that day; '' where they can."""
    if provider.removed_at is not None:
        return f"{provider.name} was taken out of the directory."
    match no_room(provider, on):
        case NoRoom.FULL:
            return f"{provider.name} takes nobody now."
        case NoRoom.AWAY:
            last = provider.away_until
            return f"{provider.name} is away{f' until {last:%-d %B}' if last else ''}."
        case NoRoom.LICENCE:
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
