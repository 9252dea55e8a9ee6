"""Working days where nobody has said otherwise: Monday to Friday."""

from __future__ import annotations

import datetime as dt
from typing import Final

_SATURDAY: Final = 5


def is_working(day: dt.date) -> bool:
    """Whether people usually work on a day."""
    return day.weekday() < _SATURDAY


def next_working(day: dt.date) -> dt.date:
    """The day itself, or the Monday after it."""
    return day if is_working(day) else day + dt.timedelta(days=7 - day.weekday())
