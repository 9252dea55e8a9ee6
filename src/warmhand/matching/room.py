"""Whether somebody takes a client on a day: the one definition of away, licensed, and room (P31).

`away_until` is the last day away, as forms, files and HSDS say it; so is `licence_until` the last
day on which a licence holds.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Protocol


class Stands(Protocol):
    """Whoever can be full, away or unlicensed: a provider's record, or what is seen of one."""

    @property
    def capacity(self) -> str:
        """Open, limited or full."""

    @property
    def away_from(self) -> dt.date | None:
        """The first day away."""

    @property
    def away_until(self) -> dt.date | None:
        """The last day away."""

    @property
    def licence_until(self) -> dt.date | None:
        """The last day of their licence."""


class NoRoom(StrEnum):
    """Why nobody can be sent to them now."""

    FULL = "full"
    AWAY = "away"
    LICENCE = "licence_ended"


def no_room(one: Stands, on: dt.date) -> NoRoom | None:
    """Why they take nobody on that day; None where they do."""
    if one.capacity == "full":
        return NoRoom.FULL
    if is_away(one, on):
        return NoRoom.AWAY
    return NoRoom.LICENCE if licence_ended(one, on) else None


def is_away(one: Stands, on: dt.date) -> bool:
    """Whether they are away on that day; with a last day alone they have been away already."""
    if one.away_until is None:
        return one.away_from is not None and one.away_from <= on
    return on <= one.away_until and (one.away_from is None or one.away_from <= on)


def back_on(one: Stands) -> dt.date | None:
    """The first day on which they are back; None where nobody said until when."""
    return None if one.away_until is None else one.away_until + dt.timedelta(days=1)


def licence_ended(one: Stands, on: dt.date) -> bool:
    """Whether their licence holds no longer; it holds on its last day."""
    return one.licence_until is not None and one.licence_until < on
