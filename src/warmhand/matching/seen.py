"""What matching sees of a need, of a provider and of a client's own expertise (P29, P30, P31).

Plain values: whoever holds records makes these from them. Nothing here knows where they lie.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Directions = NDArray[np.float32]


class Encodes(Hashable, Protocol):
    """Whatever turns texts into directions of length 1, one row each."""

    def encode(self, texts: Sequence[str], /) -> Directions:
        """One row per text; alike texts lie close."""


class Urgency(StrEnum):
    """How soon the client needs it."""

    NOW = "now"
    SOON = "soon"
    SOME_DAY = "some_day"


class Capacity(StrEnum):
    """Whether a provider takes new clients."""

    OPEN = "open"
    LIMITED = "limited"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place as far as it is known: words, or degrees north and east."""

    city: str = ""
    postcode: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class VouchSeen:
    """Who among us answers for somebody, and whether they have worked with them."""

    member: str
    why: str = ""
    worked: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """Earlier referrals that were followed up, and how many of them did business and were happy."""

    followed_up: int = 0
    good: int = 0


@dataclass(frozen=True, slots=True)
class Declined:
    """A no (or a silence) to an earlier need, and its reason; `this_need`: to this very one."""

    why: str = ""
    this_need: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """How many referrals we gave them and how many they gave us, in the period looked at (P37)."""

    given: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedSeen:
    """A client's need. `near` are categories read from the words, each with 0 to 1."""

    words: str
    category: str = ""
    near: tuple[tuple[str, float], ...] = ()
    client_id: int | None = None
    company: str = ""
    competitors: tuple[str, ...] = ()
    """Names of companies that the client competes with: nobody there hears of the need."""
    urgency: Urgency = Urgency.SOON
    where: Where = field(default_factory=Where)
    languages: tuple[str, ...] = ()
    price: int | None = None
    """The highest price band (1 to 4) that suits them; None: not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a provider and a client with expertise have in common."""

    id: int
    name: str
    client_id: int | None = None
    company: str = ""
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """What they do: names of services, plain words, one text each."""
    where: Where = field(default_factory=Where)
    languages: tuple[str, ...] = ()
    vouches: tuple[VouchSeen, ...] = ()
    why_confident: str = ""
    outcome: Outcome = field(default_factory=Outcome)
    declined: tuple[Declined, ...] = ()
    """The newest first."""
    exchange: Exchange = field(default_factory=Exchange)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSeen(Seen):
    """A provider of the directory (P31)."""

    capacity: Capacity = Capacity.OPEN
    away_from: dt.date | None = None
    away_until: dt.date | None = None
    """The last day they are away."""
    licence_until: dt.date | None = None
    """The last day on which their licence holds."""
    price: int | None = None
    reach_km: int | None = None
    ally: bool = False
    hears_from_us: bool = True
    """They agreed to mails from us; otherwise a member calls them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertiseSeen(Seen):
    """What another client of ours does well and could do for this one (P30)."""

    may_pass_on: bool | None = None
    """Their yes or no to being named; None: not asked yet."""


Candidate = ProviderSeen | ExpertiseSeen
