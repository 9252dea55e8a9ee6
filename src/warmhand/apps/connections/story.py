"""A ticket's story: its state from its events in the peer's own order, never by arrival. Pure.

Shuffled, doubled or late, the same events tell the same story: that is what makes the inbox
converge (integrations.md, rule 5). The order is total: time, the peer's count, the more cautious
news last (reopened after solved in the same second: we'd rather not ask), then the event's key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any
from zoneinfo import ZoneInfo

from .peers.kinds import State

_CAUTION: dict[State, int] = {
    "": 0,
    "resolved": 1,
    "still_good": 2,
    "good": 2,
    "confirmed": 3,
    "open": 4,
}


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a ticket, as kept."""

    key: str
    happened_at: dt.datetime
    sequence: int = 0
    state: State = ""
    title: str = ""
    opened_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Where a ticket stands by its events; days are the workspace's.

    `last` is the key of the last event that speaks of the state, and `last_at` when it happened.
    """

    opened_on: dt.date | None = None
    resolved_on: dt.date | None = None
    confirmed_on: dt.date | None = None
    reopened_times: int = 0
    title: str = ""
    last: str = ""
    last_at: dt.datetime | None = None

    @property
    def state(self) -> str:
        """open, resolved or confirmed; '' where no event speaks of it."""
        if not self.last:
            return ""
        if self.resolved_on is None:
            return "open"
        return "confirmed" if self.confirmed_on else "resolved"

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in found.items()}

    @classmethod
    def from_dict(cls, said: dict[str, Any]) -> Story:
        """Back from JSON; an empty one tells of nothing."""
        read: dict[str, Callable[[str], Any]] = {
            "opened_on": dt.date.fromisoformat,
            "resolved_on": dt.date.fromisoformat,
            "confirmed_on": dt.date.fromisoformat,
            "last_at": dt.datetime.fromisoformat,
        }
        return cls(**{k: read[k](v) if k in read and v else v for k, v in said.items()})


def in_order(events: Iterable[Told]) -> list[Told]:
    """Each once, by the peer's clock and count."""
    once = {event.key: event for event in events}
    return sorted(
        once.values(), key=lambda e: (e.happened_at, e.sequence, _CAUTION[e.state], e.key)
    )


def told(events: Iterable[Told], zone: ZoneInfo) -> Story:
    """The story that the events tell."""
    return story_of(in_order(events), zone)


def story_of(ordered: Iterable[Told], zone: ZoneInfo) -> Story:
    """The story of events in the order given."""
    resolved: dt.date | None = None
    confirmed: dt.date | None = None
    opened: dt.datetime | None = None
    reopened, title, last = 0, "", None
    for event in ordered:
        day = event.happened_at.astimezone(zone).date()
        begun = min(filter(None, (event.opened_at, event.happened_at)))
        opened = min(opened, begun) if opened else begun
        title = event.title or title
        last = event if event.state else last
        if event.state == "open" and resolved is not None:
            resolved, confirmed, reopened = None, None, reopened + 1
        elif event.state in ("resolved", "confirmed"):
            resolved = resolved or day
        if _confirms(event.state, resolved, reopened):
            confirmed = confirmed or day
    return Story(
        opened_on=opened.astimezone(zone).date() if opened else None,
        resolved_on=resolved,
        confirmed_on=confirmed,
        reopened_times=reopened,
        title=title,
        last=last.key if last else "",
        last_at=last.happened_at if last else None,
    )


def _confirms(state: State, resolved: dt.date | None, reopened: int) -> bool:
    if resolved is None:
        return False
    return state in ("confirmed", "good") or (state == "still_good" and not reopened)
