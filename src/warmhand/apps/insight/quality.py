"""How good a referral given was, from its parts (P32): the one place that knows where it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from warmhand.apps.giving.models import ReferralGiven

ENOUGH_WORDS: Final = 20
"""So many letters of 'why be confident' say something (our choice)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a good referral: what to do for it, and what it adds to 100."""

    advice: str
    adds: int


PARTS: Final[Mapping[str, Part]] = {
    "why_confident": Part("Say why they can be confident", 30),
    "need": Part("Link the need in the client's own words", 25),
    "listed": Part("Choose the provider from the directory, so that contact details go along", 25),
    "consent": Part("Ask the client whether the provider may call", 20),
}
"""The parts of P32 that are on record with a referral (the weights are our choice)."""


@dataclass(frozen=True, slots=True)
class Quality:
    """0 to 100, and what would raise it."""

    percent: int
    missing: tuple[str, ...]


def qualities(ids: Iterable[int]) -> dict[int, Quality]:
    """The quality of each of these referrals: one statement."""
    rows = ReferralGiven.objects.filter(pk__in=list(ids)).values(
        "pk", "why_confident", "need_id", "listed_id", "need__may_pass_on"
    )
    return {row["pk"]: _quality(row) for row in rows}


def _quality(row: Mapping[str, Any]) -> Quality:
    has = {
        "why_confident": len(row["why_confident"].strip()) >= ENOUGH_WORDS,
        "need": row["need_id"] is not None,
        "listed": row["listed_id"] is not None,
        "consent": bool(row["need__may_pass_on"]),
    }
    percent = sum(PARTS[name].adds for name, there in has.items() if there)
    return Quality(percent, tuple(PARTS[name].advice for name, there in has.items() if not there))
