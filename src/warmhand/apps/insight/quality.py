"""How good a referral given was, from its parts (P32): the one place that knows where that is.

As stored when it was introduced; of one recorded by hand, as its words tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.introductions.models import GivenQuality
from warmhand.matching.quality import parts_of_words, quality_of


@dataclass(frozen=True, slots=True)
class Quality:
    """0 to 100, and what would have raised it, the weightiest first."""

    percent: int
    missing: tuple[str, ...]


def qualities(ids: Iterable[int]) -> dict[int, Quality]:
    """The quality of each of these referrals: two statements."""
    wanted = list(ids)
    kept = GivenQuality.objects.filter(given__in=wanted).values_list("given_id", "parts")
    stored: dict[int, list[str]] = dict(kept)
    rows = ReferralGiven.objects.filter(pk__in=wanted).values_list(
        "pk", "why_confident", "need__words"
    )
    return {pk: _quality(stored.get(pk) or _by_words(why, need)) for pk, why, need in rows}


def _quality(parts: Iterable[str]) -> Quality:
    found = quality_of(set(parts))
    return Quality(found.score, tuple(part.lift.rstrip(".") for part in found.lacks))


def _by_words(why_confident: str, need: str | None) -> set[str]:
    return parts_of_words(why_confident=why_confident, need_words=need or "")
