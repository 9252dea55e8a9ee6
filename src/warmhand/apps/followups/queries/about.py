"""All that a page says of one referral's follow-ups, out of one read of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from warmhand.apps.accounts import days
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.followups.outcome import Standing
from warmhand.apps.followups.plan import Round
from warmhand.apps.giving.models import ReferralGiven

from .due import next_after
from .outcomes import standing_after
from .rows import follow_ups_of
from .telling import Told, asks_to_tell, is_taken_back, told_by


@dataclass(frozen=True, slots=True)
class SideNow:
    """One side of a referral: what it said, what it was asked, what comes, what it may hear."""

    code: str
    answers: tuple[FollowUp, ...]
    """Newest first."""
    asked: tuple[FollowUp, ...]
    coming: Round | None
    """None where nothing more is asked, as after a consent was taken back."""
    is_due: bool
    hears: Told | None


@dataclass(frozen=True, slots=True)
class About:
    """A referral's follow-ups as a page shows them."""

    rows: tuple[FollowUp, ...]
    """All that was asked and said, newest first."""
    standing: Standing
    taken_back: bool
    """The consent to its introduction is gone: neither side is asked, or hears anything."""
    sides: tuple[SideNow, ...]


def about_referral(referral: ReferralGiven) -> About:
    """What came of a referral and what is next: one read of its follow-ups."""
    rows = tuple(follow_ups_of([referral.pk]).get(referral.pk, ()))
    gone, today = is_taken_back(referral.pk), days.today()
    tells = not gone and asks_to_tell()
    sides = []
    for side in FollowUp.Side.values:
        hears = told_by(row for row in rows if row.side != side) if tells else None
        sides.append(_side(referral, rows, side, None if gone else today, hears))
    return About(rows, standing_after(rows), gone, tuple(sides))


def _side(
    referral: ReferralGiven,
    rows: Sequence[FollowUp],
    side: str,
    today: dt.date | None,
    hears: Told | None,
) -> SideNow:
    """`today` is None where the consent is gone: nothing comes any more."""
    mine = [row for row in rows if row.side == side]
    coming = next_after(referral.given_on, rows, side, today) if today else None
    return SideNow(
        code=side,
        answers=tuple(row for row in mine if row.answered_on),
        asked=tuple(row for row in mine if not row.answered_on),
        coming=coming,
        is_due=coming is not None and today is not None and coming.due_on <= today,
        hears=hears,
    )
