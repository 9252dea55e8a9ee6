"""Which packs hold for two sides, and what the strictest of them lets them do (P36-P38)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final


class Mode(StrEnum):
    """How far an exchange of referrals may be reckoned, from most to least."""

    COUNT = "count"
    OBSERVE = "observe"
    OFF = "off"

    @property
    def rank(self) -> int:
        """The higher, the stricter."""
        return list(Mode).index(self)

    @property
    def label(self) -> str:
        """In words, for a person."""
        return _LABELS[self]


_LABELS: Final = {
    Mode.COUNT: "Counted",
    Mode.OBSERVE: "Observed only",
    Mode.OFF: "Not kept",
}

HIDDEN: Final[Mapping[Mode, tuple[str, ...]]] = {
    Mode.COUNT: (),
    Mode.OBSERVE: ("targets", "balances", "values", "advice to send elsewhere"),
    Mode.OFF: ("targets", "balances", "values", "advice to send elsewhere", "what went each way"),
}
"""What is hidden where an exchange may only be observed, or not be kept."""

UNKNOWN: Final = "unknown"
SECTORS: Final = {
    UNKNOWN: "Not said yet",
    "general": "A trade without rules on referrals",
    "lawyer": "Lawyers",
    "settlement_services": "Settlement services (mortgage, title, estate agents)",
    "health_federal": "Health care paid by federal programmes",
    "physician": "Physicians",
    "insurance": "Insurance",
    "adviser": "Investment advisers",
    "bank": "Banks",
}
"""Trades that packs tell apart, each with its name for a person."""


class Outcome(StrEnum):
    """Whether what came of a referral may be told to whoever gave it, from most to least."""

    WITH_CONSENT = "with_consent"
    NEVER = "never"


class About(StrEnum):
    """What a rule speaks of."""

    RECIPROCITY = "reciprocity"
    OUTCOME = "outcome"
    REWARDS = "rewards"
    MESSAGES = "messages"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Pack:
    """One rule of law as data; `jurisdiction` holds ISO 3166 codes, '*' is everywhere.

    `why` is the rule in a sentence, `does` what this version hides, forbids or does because of it.
    Only a pack that is about reciprocity decides on the mode, only one about rewards on rewards.
    """

    id: str
    version: int
    title: str
    jurisdiction: tuple[str, ...]
    sector: tuple[str, ...]
    reciprocity_mode: Mode
    exclusive_allowed: bool
    consent_needed: tuple[str, ...]
    why: str
    about: tuple[About, ...]
    does: str
    source_url: str
    confidence: str
    reviewed_on: dt.date
    review_by: dt.date
    unconfirmed: str = ""
    outcome_visibility: Outcome = Outcome.WITH_CONSENT
    rewards_allowed: bool = True

    @property
    def hides(self) -> tuple[str, ...]:
        """What of an exchange isn't shown because of it."""
        return HIDDEN[self.reciprocity_mode]

    @property
    def is_for_want_of_better(self) -> bool:
        """Whether it says what holds where nothing is known of a trade."""
        return About.RECIPROCITY in self.about and "*" in self.sector

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON: the same for the API and the command line."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        found |= {"hides": list(self.hides), "reviewed_on": self.reviewed_on.isoformat()}
        return found | {"review_by": self.review_by.isoformat()}

    def holds_in(self, places: Iterable[str]) -> bool:
        """Whether one of the places lies where the pack holds: US-NY lies in US."""
        return "*" in self.jurisdiction or any(
            place == each or place.startswith(f"{each}-")
            for place in places
            for each in self.jurisdiction
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One party: its trade (a code of `SECTORS`) and its place, such as DE or US-NY."""

    sector: str = UNKNOWN
    place: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What holds between two sides, and the packs that say so, strictest first."""

    mode: Mode
    exclusive_allowed: bool
    client_informed: bool
    packs: tuple[Pack, ...]

    @property
    def because(self) -> Pack:
        """The pack that decides."""
        return self.packs[0]


def ruling(packs: Sequence[Pack], *sides: Side, on: dt.date) -> Ruling:
    """What the strictest pack lets them do; any place and any trade of theirs is enough.

    A trade about which no pack says anything there is as good as unknown. A pack whose review is
    overdue on the day is not trusted with what it allows: then nothing is counted.
    """
    places = {side.place for side in sides}
    packs = [pack for pack in packs if About.RECIPROCITY in pack.about]
    found = {p.id: p for side in sides for p in _of(packs, side.sector, places)}
    held = sorted(found.values(), key=lambda p: (-_mode(p, on).rank, p.exclusive_allowed, p.id))
    return Ruling(
        mode=max((_mode(p, on) for p in held), key=lambda mode: mode.rank),
        exclusive_allowed=all(p.exclusive_allowed and p.review_by >= on for p in held),
        client_informed=any("client_informed" in p.consent_needed for p in held),
        packs=tuple(held),
    )


def about(packs: Sequence[Pack], what: About, side: Side) -> list[Pack]:
    """The packs about something that hold for a side, for its trade or for every trade.

    What is said where nothing is known holds only where no pack of the trade says anything.
    """
    held = [p for p in packs if what in p.about and p.holds_in([side.place])]
    own = [p for p in held if side.sector in p.sector]
    wide = [p for p in held if "*" in p.sector and not (own and p.is_for_want_of_better)]
    return [p for p in packs if p in own or p in wide]


def _of(packs: Sequence[Pack], sector: str, places: set[str]) -> list[Pack]:
    found = [p for p in packs if sector in p.sector and p.holds_in(places)]
    return found or [p for p in packs if "*" in p.sector]


def _mode(pack: Pack, on: dt.date) -> Mode:
    if pack.review_by < on and pack.reciprocity_mode is Mode.COUNT:
        return Mode.OBSERVE
    return pack.reciprocity_mode
