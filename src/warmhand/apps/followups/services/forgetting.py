"""What was said about a referral whose person is to be forgotten (GDPR Art. 17)."""

from __future__ import annotations

import datetime as dt

from warmhand.apps.followups.models import FollowUp
from warmhand.apps.island.scoped import FORGOTTEN
from warmhand.apps.journal.forgetting import forget_values, last_about
from warmhand.apps.work.models import Rating


def last_words(referral_given_id: int) -> dt.datetime | None:
    """When a side was last asked or heard about a referral, or a word of theirs corrected."""
    rows = FollowUp.all_objects.filter(referral=referral_given_id)
    return last_about(FollowUp, list(rows.values_list("pk", flat=True)))


def forget_words(referral_given_id: int) -> None:
    """Empty the words of both sides; that they do business and are happy stays for the figures."""
    rows = FollowUp.all_objects.filter(referral=referral_given_id)
    ids = list(rows.values_list("pk", flat=True))
    ratings = list(rows.exclude(rating=None).values_list("rating", flat=True))
    rows.update(words="")
    Rating.all_objects.filter(pk__in=ratings).update(words=FORGOTTEN)
    forget_values(FollowUp, ids)
    forget_values(Rating, ratings)
