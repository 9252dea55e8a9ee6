"""The workspace's calendar: today, and whether a day named for something can be right."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from warmhand.problems import Invalid

from . import queries

EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2199, 12, 31)


def today() -> dt.date:
    """The day it is in the open workspace."""
    return queries.today(queries.our_workspace())


def zone() -> ZoneInfo:
    """The time zone of the open workspace."""
    return ZoneInfo(queries.our_workspace().timezone)


def day_of(moment: dt.datetime) -> dt.date:
    """The day on which a moment falls in the open workspace."""
    return moment.astimezone(zone()).date()


def said(day: dt.date | None) -> str:
    """A day as a sentence of ours says it: 26 November 2026; 'some day' where none is known."""
    return "some day" if day is None else f"{day.day} {day:%B %Y}"


def happened(field: str, on: dt.date | None) -> dt.date:
    """The day something happened, today when none is named; Invalid at `field` in the future."""
    now = today()
    if on is None:
        return now
    if on > now:
        raise Invalid.at(field, f"This can't have happened yet: today is {said(now)}.")
    return planned(field, on)


def perhaps_happened(field: str, on: dt.date | None) -> dt.date | None:
    """The same, where it may not have happened at all."""
    return None if on is None else happened(field, on)


def planned(field: str, on: dt.date) -> dt.date:
    """A day that may lie ahead; Invalid at `field` where no calendar of ours reaches."""
    if not EARLIEST <= on <= LATEST:
        raise Invalid.at(field, f"Name a day between {said(EARLIEST)} and {said(LATEST)}.")
    return on


def perhaps_planned(field: str, on: dt.date | None) -> dt.date | None:
    """The same, where there need not be a day."""
    return None if on is None else planned(field, on)


def ahead(field: str, on: dt.date) -> dt.date:
    """A day that must lie ahead; Invalid at `field` otherwise."""
    now = today()
    if on <= now:
        raise Invalid.at(field, f"Name a day after today ({said(now)}).")
    return planned(field, on)
