"""What was said about a referral whose person is to be forgotten (GDPR Art. 17)."""

from __future__ import annotations

from warmhand.apps.followups.models import FollowUp
from warmhand.apps.island.scoped import FORGOTTEN
from warmhand.apps.journal.forgetting import forget_values
from warmhand.apps.work.models import Rating


def forget_words(referral_given_id: int) -> None:
    """Empty the words of both sides; that they do business and are happy stays for the figures."""
    rows = FollowUp.all_objects.filter(referral=referral_given_id)
    ids = list(rows.values_list("pk", flat=True))
    ratings = list(rows.exclude(rating=None).values_list("rating", flat=True))
    rows.update(words="")
    Rating.all_objects.filter(pk__in=ratings).update(words=FORGOTTEN)
    forget_values(FollowUp, ids)
    forget_values(Rating, ratings)
