"""The first good day for a meeting: a working day outside their busy times (P15). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = dt.timedelta(days=1)
WEEKEND: Final = frozenset({5, 6})
"""Saturday and Sunday, as `date.weekday` counts."""
NOTICE_DAYS: Final = 2
"""So many days lie between an invitation and the first time it names (our choice)."""


class Span(StrEnum):
    """What keeps a client busy."""

    BUSY = "busy"
    QUARTER_END = "quarter_end"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Busy:
    """Days on which a client isn't to be bothered, both included."""

    starts_on: dt.date
    ends_on: dt.date
    kind: Span = Span.BUSY
    label: str = ""

    def covers(self, day: dt.date) -> bool:
        """Whether the day lies in it."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class GoodDay:
    """A day for a meeting; `after` is the busy time whose end makes it the first one."""

    on: dt.date
    after: Busy | None = None

    @property
    def why(self) -> str:
        """Why this day, in one sentence without its full stop."""
        if self.after is None:
            return "first working day with nothing against it"
        end = f"{self.after.ends_on:%-d %B}"
        return _WHY[self.after.kind].format(end=end, label=_named(self.after.label))


_WHY: Final = {
    Span.BUSY: "first working day after their busy time{label}, which ends on {end}",
    Span.QUARTER_END: "first working day after their quarter end on {end}",
    Span.PROJECT: "first working day after the end of their project{label} on {end}",
}


def _named(label: str) -> str:
    return f" '{label}'" if label else ""


def first_good_day(
    busy: Iterable[Busy],
    *,
    now: dt.datetime,
    zone: ZoneInfo,
    notice_days: int = NOTICE_DAYS,
    weekend: Collection[int] = WEEKEND,
) -> GoodDay:
    """The first working day, `notice_days` after today where the client is, that isn't busy.

    `now` is any aware moment, `zone` the client's. Raises ValueError where every day of the week
    is weekend.
    """
    return next(good_days(busy, now=now, zone=zone, notice_days=notice_days, weekend=weekend))


def good_days(
    busy: Iterable[Busy],
    *,
    now: dt.datetime,
    zone: ZoneInfo,
    notice_days: int = NOTICE_DAYS,
    weekend: Collection[int] = WEEKEND,
) -> Iterator[GoodDay]:
    """All good days from the first one on; without end, but for the end of the calendar."""
    if set(range(7)) <= set(weekend):
        raise ValueError("a week needs a working day")
    spans = list(busy)
    day = now.astimezone(zone).date() + DAY * notice_days
    before = _last_working_day(day, weekend)
    after = _covering(spans, before)
    while day < dt.date.max:
        covering = _covering(spans, day)
        if day.weekday() in weekend:
            pass
        elif covering is not None:
            after = covering
        else:
            yield GoodDay(day, after)
            after = None
        day += DAY


def _last_working_day(day: dt.date, weekend: Collection[int]) -> dt.date:
    """The working day before this one."""
    day -= DAY
    while day.weekday() in weekend:
        day -= DAY
    return day


def _covering(spans: Iterable[Busy], day: dt.date) -> Busy | None:
    """The busy time that the day lies in; of several the one that ends last."""
    found = [each for each in spans if each.covers(day)]
    return max(found, key=lambda each: each.ends_on, default=None)
