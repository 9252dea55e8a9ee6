"""What the law of our own trade and place lets us do: the one answer for every surface.

Where it is said what our trade is lies further up (with the alliances); its reader is handed down
with `said_by`, as standings hand theirs to the scope.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from warmhand.apps.accounts import days
from warmhand.matching.named import place_name

from .packs import SECTORS, UNKNOWN, About, Mode, Outcome, Pack, Ruling, Side, about, between, packs
from .queries import current

_readers: list[Callable[[], Side]] = []


def said_by(reader: Callable[[], Side]) -> None:
    """Have `reader()` tell our trade and place."""
    if reader not in _readers:
        _readers.append(reader)


def our_side() -> Side:
    """Our own trade and place, as said; unknown until somebody does."""
    return _readers[0]() if _readers else Side()


@dataclass(frozen=True, slots=True)
class Law:
    """What holds for us on a day; each `no` with the pack that says so."""

    side: Side
    ruling: Ruling
    outcome: Outcome
    outcome_because: Pack | None
    no_rewards: Pack | None

    @property
    def targets_allowed(self) -> bool:
        """Whether anything may be aimed for: only where a trade is named and may be counted."""
        return self.side.sector != UNKNOWN and self.ruling.mode is Mode.COUNT

    @property
    def title(self) -> str:
        """Our trade and place in words."""
        place = f", {place_name(self.side.place)}" if self.side.place else ""
        return f"{SECTORS[self.side.sector]}{place}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What follows, each `no` with its reason; the reason of the mode comes first."""
        mode = self.ruling.mode
        targets = "may be set" if self.targets_allowed else "are hidden"
        told = "with consent" if self.outcome is Outcome.WITH_CONSENT else "to nobody"
        exclusive = "may be exclusive" if self.ruling.exclusive_allowed else "is never exclusive"
        found = [
            f"Exchanges of referrals: {mode.label.lower()}. {self.ruling.because.why}",
            f"Targets on referrals {targets}; an alliance {exclusive}.",
            f"What came of a referral is told {told}.",
        ]
        if self.no_rewards is not None:
            found.append(f"No reward can be promised. {self.no_rewards.why}")
        return tuple(found)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON: the same for the API and the command line."""
        return {
            "sector": self.side.sector,
            "place": self.side.place,
            "mode": self.ruling.mode.value,
            "targets_allowed": self.targets_allowed,
            "exclusive_allowed": self.ruling.exclusive_allowed,
            "outcome_visibility": self.outcome.value,
            "rewards_allowed": self.no_rewards is None,
            "sentences": list(self.sentences),
            "because": self.ruling.because.id,
            "why": self.ruling.because.why,
        }


def law_for_us(today: dt.date, *, at_most: Outcome = Outcome.WITH_CONSENT) -> Law:
    """The law of our own trade and place on a day, and no more told than somebody wishes. One
    statement: our trade.
    """
    side = our_side()
    shown = about(packs(), About.OUTCOME, side)
    strictest = max(shown, key=lambda pack: _outcome(pack, today) is Outcome.NEVER, default=None)
    told = Outcome.NEVER if strictest is None else _outcome(strictest, today)
    unpaid = [p for p in about(packs(), About.REWARDS, side) if not p.rewards_allowed]
    return Law(
        side=side,
        ruling=between(side, on=today),
        outcome=max(told, at_most, key=list(Outcome).index),
        outcome_because=strictest,
        no_rewards=unpaid[0] if unpaid else None,
    )


def law_today() -> Law:
    """The law of our own trade and place as of today, and what our policy keeps back besides."""
    wished = Outcome(current().policy.outcome_visibility)
    return law_for_us(days.today(), at_most=wished)


def packs_for(*, ours: bool = False) -> list[Pack]:
    """Every pack of this version, or those that hold for our own trade and place, by id."""
    if not ours:
        return list(packs())
    side = our_side()
    held = {p.id for what in About for p in about(packs(), what, side)}
    held |= {p.id for p in between(side, on=days.today()).packs}
    return [pack for pack in packs() if pack.id in held]


def _outcome(pack: Pack, on: dt.date) -> Outcome:
    """A pack whose review is overdue is not trusted with what it allows."""
    return Outcome.NEVER if pack.review_by < on else pack.outcome_visibility
