"""What one side of a referral may know of the other: decided here and nowhere else (P24, P34)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from warmhand.apps.followups.models import FollowUp
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.introductions.models import Introduction
from warmhand.apps.policies.law import law_today
from warmhand.apps.policies.packs import Outcome

from .due import in_order
from .rows import answered


@dataclass(frozen=True, slots=True)
class Told:
    """What the other side lets us tell: never their own words, which stay with us."""

    business: str
    happy: bool | None
    on: dt.date


def asks_to_tell() -> bool:
    """Whether the sides are asked for leave to tell: not where the law of our trade, or the
    policy, forbids telling.
    """
    return law_today().outcome is not Outcome.NEVER


def told_to(side: str, referral_id: int) -> Told | None:
    """What a side may know of the other's newest answer; None without leave.

    'No leave', 'no answer' and 'forbidden by the policy' look alike. An older answer with leave
    doesn't stand in for a newer one without. After a consent was taken back neither hears anything.
    """
    if is_taken_back(referral_id):
        return None
    other = next(each for each in FollowUp.Side.values if each != side)
    return told_by(answered(referral_id, other)) if asks_to_tell() else None


def told_by(rows: Iterable[FollowUp]) -> Told | None:
    """What these answers of one side let us tell the other: the newest with a word on business.

    Whether anything may be told at all (`asks_to_tell`) is asked before.
    """
    said = sorted((row for row in rows if row.answered_on and row.business), key=in_order)
    if not said or not said[-1].may_tell or said[-1].answered_on is None:
        return None
    return Told(said[-1].business, said[-1].happy, said[-1].answered_on)


def provider_knows_client(referral: ReferralGiven) -> bool:
    """Whether the provider may hear the client's name from us: nothing is disclosed by it (P24).

    The client said that we may pass the need on, or both have each other's details since an
    introduction, or the client said that they do business. An introduction of somebody the client
    knows names that person, not the client; after a consent was taken back nobody is named.
    """
    if is_taken_back(referral.pk):
        return False
    if _connected(referral.pk):
        return True
    if referral.need is not None and referral.need.may_pass_on:
        return True
    said = answered(referral.pk, FollowUp.Side.CLIENT)
    return any(row.business == FollowUp.Business.YES for row in said)


def is_taken_back(referral_id: int) -> bool:
    """Whether the consent to its introduction was taken back: then neither side hears from us."""
    rows = Introduction.objects.filter(given=referral_id)
    return bool(rows.filter(state=Introduction.State.WITHDRAWN).exists())


def _connected(referral_id: int) -> bool:
    rows = Introduction.objects.filter(given=referral_id, relation="")
    return bool(rows.filter(state=Introduction.State.CONNECTED).exists())
