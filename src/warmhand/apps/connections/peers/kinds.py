"""What every peer's module speaks of: what arrived, what was heard, what couldn't be read. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

State = Literal["", "open", "resolved", "confirmed", "good", "still_good"]
"""Of a ticket. `confirmed`: the client said so, in so many words. `good`: they rated it well, which
confirms what is resolved and nothing else (P12). `still_good`: a rating that the peer repeats with
whatever happens later, so it says nothing once the ticket was reopened."""


class What(StrEnum):
    """The events that all peers' are mapped to (also the plain hook's own types)."""

    OPENED = "case.opened"
    UPDATED = "case.updated"
    RESOLVED = "case.resolved"
    REOPENED = "case.reopened"
    CONFIRMED = "case.confirmed"
    RATED = "rating.received"
    CONTACT_CHANGED = "contact.changed"
    CONTACT_ERASED = "contact.erased"
    UNSUBSCRIBED = "contact.unsubscribed"
    NOTE = "note.added"
    DEAL = "deal.changed"
    NOTHING = "nothing"


class Refusal(StrEnum):
    """Why a delivery isn't let in: for the owner's page, never told to the sender."""

    NONE_SET = "none_set"
    NO_SIGNATURE = "no_signature"
    WRONG_SIGNATURE = "wrong_signature"
    WRONG_TIME = "wrong_time"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A request as it came: the raw body, its headers (names in lower case), how and where to."""

    raw: bytes
    headers: Mapping[str, str]
    method: str = "POST"
    uri: str = ""
    """The public address that it was sent to, in full: some sign that too."""


@dataclass(frozen=True, slots=True)
class Who:
    """Whom an event is about, as far as it says: the peer's ids of them, the surest first."""

    ids: tuple[str, ...] = ()
    email: str = ""
    name: str = ""

    def __bool__(self) -> bool:
        return bool(self.ids or self.email)


@dataclass(frozen=True, slots=True)
class Heard:
    """One event, in our words. `happened_at` is by the peer's clock.

    `key` is the event's own within the connection: heard again, it has no second effect.
    `ticket` is the peer's number of the conversation; `opened_at` when that began, if told.
    Words of staff and private notes have no place here (P24).
    """

    what: What
    key: str
    happened_at: dt.datetime
    ticket: str = ""
    state: State = ""
    sequence: int = 0
    who: Who = Who()
    title: str = ""
    opened_at: dt.datetime | None = None
    score: int | None = None
    words: str = ""
    assignee: str = ""
    """The address of the colleague who solves it."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that couldn't be read: kept, shown, never guessed.

    `parked`: a key or a setting is missing that a person can supply; else it is not understood.
    """

    code: str
    sentence: str
    lift: str
    parked: bool = False


@dataclass(frozen=True, slots=True)
class Refetch:
    """An event that tells too little: the ticket has to be asked for at the peer's API first."""

    ticket: str
    key: str
    who: Who = Who()
    title: str = ""
    assignee: str = ""


Read = Heard | Trouble | Refetch
Options = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of a connection of this peer."""

    name: str
    label: str
    default: str
    help: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What a test event is to speak of."""

    ticket: str
    title: str
    email: str
    name: str
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class Adapter:
    """A peer: how it signs, how a delivery is named, what it says, and how it is set up."""

    verify: Callable[[Arrived, tuple[str, ...], dt.datetime], Refusal | None]
    """None: its signature over the raw bytes fits one of the secrets (and its time is now)."""
    key: Callable[[Arrived], str]
    """The delivery's own name; a repeated delivery has the same."""
    read: Callable[[Arrived, Options], list[Read]]
    """What it says. Raises nothing, whatever the body is."""
    sign: Callable[[bytes, str, str, str, dt.datetime], dict[str, str]]
    """The headers of (body, secret, uri, id, now), for the test button."""
    sample: Callable[[Sample], bytes]
    """A body that tells of a ticket just solved."""
    steps: tuple[str, ...]
    """Where to click over there, in two minutes."""
    made_by: Literal["us", "them"]
    keeps: tuple[str, ...] = ()
    """Headers that it takes to read a delivery later."""
    options: tuple[Option, ...] = ()
    kept: Callable[[bytes], bytes] = field(default=bytes)
    """The body as it may be kept."""
    body_to_paste: str = ""
    """What to paste where the peer lets an administrator write the body."""
    hear_again: bool = False
    """Equal bodies may be news each time (neither dated nor named): worked on whenever they come.
    What is looked up then has a name of its own, so that its effect stays single."""
    silent_days: int = 7
    """Nothing heard for so long is worth a look: some peers stop by themselves after errors."""
