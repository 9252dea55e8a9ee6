"""Times to propose for a meeting: in working hours there and here, on good days. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from .good_day import GoodDay

PROPOSED: Final = 3
"""So many times stand in an invitation."""
OPENS, CLOSES = dt.time(9), dt.time(17, 30)
"""Working hours, there and here (our choice)."""
_STEP: Final = dt.timedelta(minutes=30)
_AT: Final = {
    "lunch": (dt.time(12), dt.time(12, 30), dt.time(13)),
    "": (dt.time(10), dt.time(14), dt.time(11), dt.time(15), dt.time(9), dt.time(16)),
}
_DAYS_TRIED: Final = 60
"""So many good days are looked at; a member whose next sixty are full names times by hand."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A time from `starts_at` to before `ends_at`, both aware."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    def overlaps(self, other: Slot) -> bool:
        """Whether the two have a moment in common."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def propose_slots(
    days: Iterable[GoodDay],
    *,
    kind: str,
    minutes: int,
    there: ZoneInfo,
    here: ZoneInfo,
    taken: Sequence[Slot] = (),
    number: int = PROPOSED,
) -> tuple[Slot, ...]:
    """Times on different days, in working hours `there` and `here`, free of what is `taken`.

    A lunch is at noon there. Where the two working days have nothing in common, theirs decides.
    """
    upcoming = list(islice(days, _DAYS_TRIED))
    zones = (there,) if kind == "lunch" else (there, here)
    for each in (zones, (there,)):
        free = _one_a_day(upcoming, _AT.get(kind, _AT[""]), minutes, each, taken)
        found = tuple(islice(free, number))
        if len(found) == number:
            break
    return found


def _one_a_day(
    days: Iterable[GoodDay],
    preferred: Sequence[dt.time],
    minutes: int,
    zones: Sequence[ZoneInfo],
    taken: Sequence[Slot],
) -> Iterator[Slot]:
    """The best free time of each day; the hour changes from one to the next, so that one fits."""
    turn = 0
    for day in days:
        times = [*preferred[turn:], *preferred[:turn], *_every_half_hour(preferred)]
        slots = (slot_at(day.on, time, minutes, zones[0]) for time in times)
        free = (s for s in slots if _fits(s, zones) and not any(s.overlaps(t) for t in taken))
        if (found := next(free, None)) is not None:
            turn = (turn + 1) % len(preferred)
            yield found


def slot_at(on: dt.date, time: dt.time, minutes: int, zone: ZoneInfo) -> Slot:
    """The time that begins at that hour there, in UTC."""
    start = dt.datetime.combine(on, time, tzinfo=zone).astimezone(dt.UTC)
    return Slot(start, start + dt.timedelta(minutes=minutes))


def _every_half_hour(preferred: Sequence[dt.time]) -> Iterator[dt.time]:
    """What is left when no preferred hour fits; a lunch keeps to its hours."""
    if preferred == _AT["lunch"]:
        return
    at = dt.datetime.combine(dt.date.min, OPENS)
    while at.time() < CLOSES:
        yield at.time()
        at += _STEP


def _fits(slot: Slot, zones: Sequence[ZoneInfo]) -> bool:
    """Whether the time lies in the working hours of all these zones, on one day of each."""
    ends = [(slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)) for zone in zones]
    return all(
        start.time() >= OPENS and end.time() <= CLOSES and start.date() == end.date()
        for start, end in ends
    )
