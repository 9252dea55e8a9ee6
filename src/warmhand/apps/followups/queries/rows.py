"""Follow-ups as they are on record."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from warmhand.apps.followups.models import FollowUp
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.island.door import one
from warmhand.apps.messaging.models import PublicLink
from warmhand.problems import NotFound

PURPOSE = PublicLink.Purpose.FOLLOW_UP
SIDES = FollowUp.Side.choices
BUSINESS = FollowUp.Business.choices
"""What there is to choose from, each with its name for a person."""
_RELATED = ("client", "client__company", "client__keeper", "referral", "referral__listed", "rating")


def follow_up_by_id(follow_up_id: int, *, lock: bool = False) -> FollowUp:
    """One follow-up: the one door from an id to it. That of a removed referral isn't there."""
    found = one(FollowUp, follow_up_id, "follow_up", lock=lock, related=_RELATED)
    if found.referral.removed_at is not None:
        raise NotFound("follow_up")
    return found


def follow_ups_of(referral_ids: Iterable[int]) -> dict[int, list[FollowUp]]:
    """What was asked and said about each of these referrals, newest first: one query."""
    found: dict[int, list[FollowUp]] = {}
    rows: QuerySet[FollowUp] = FollowUp.objects.filter(referral__in=list(referral_ids))
    for row in rows.select_related("client", "client__company", "referral", "noted_by"):
        found.setdefault(row.referral_id, []).append(row)
    return found


def given_with_sides(referral_id: int) -> ReferralGiven:
    """A referral given with all that its two sides are called; NotFound where it isn't there."""
    return one(
        ReferralGiven,
        referral_id,
        "referral_given",
        related=("client", "client__company", "client__keeper", "member", "need", "listed"),
    )


def answered(referral_id: int, side: str) -> list[FollowUp]:
    """What a side has told us about a referral, in the order in which it was told."""
    rows = FollowUp.objects.filter(referral=referral_id, side=side, answered_on__isnull=False)
    return list(rows.order_by("answered_on", "pk"))
