"""How good a referral given was (P32), as the pages about giving show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.introductions import queries
from warmhand.matching.quality import Quality as Found


@dataclass(frozen=True, slots=True)
class Quality:
    """0 to 100, and what would have raised it, the weightiest first."""

    percent: int
    missing: tuple[str, ...]


def qualities(ids: Iterable[int]) -> dict[int, Quality]:
    """The quality of each of these referrals: two statements."""
    rows = ReferralGiven.objects.filter(pk__in=list(ids)).select_related("need")
    return {pk: _as_shown(found) for pk, found in queries.qualities(rows).items()}


def _as_shown(found: Found) -> Quality:
    return Quality(found.score, tuple(part.lift.rstrip(".") for part in found.lacks))
