"""The periods in which giving is looked at: whole months, and what runs at present. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

MONTHS: Final = 6
"""So many completed months make a trend; the running one is shown apart (evidence section 2)."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month; `done` where it is over."""

    first: dt.date
    last: dt.date
    done: bool

    @property
    def title(self) -> str:
        """As a person says it: 'May 2026'."""
        return f"{self.first:%B %Y}"

    @property
    def short(self) -> str:
        """For a narrow column: 'May'."""
        return f"{self.first:%b}"


def months(today: dt.date) -> tuple[Month, ...]:
    """Six completed months, oldest first, and the one that runs."""
    first = today.replace(day=1)
    found = []
    for _ in range(MONTHS + 1):
        found.append(first)
        first = (first - dt.timedelta(days=1)).replace(day=1)
    found.reverse()
    ends = [*(later - dt.timedelta(days=1) for later in found[1:]), _end_of_month(today)]
    return tuple(
        Month(start, end, done=end < today.replace(day=1))
        for start, end in zip(found, ends, strict=True)
    )


def window_start(today: dt.date) -> dt.date:
    """The first day of the six completed months."""
    return months(today)[0].first


def running(every: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """The month or quarter that runs today: its first and its last day."""
    first = today.replace(day=1)
    if every == "month":
        return first, _end_of_month(today)
    start = first.replace(month=3 * ((today.month - 1) // 3) + 1)
    return start, _end_of_month(start.replace(month=start.month + 2))


def _end_of_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
