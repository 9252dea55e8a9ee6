"""Thank-yous: owed from the first minute, whatever came of it (P26)."""

from __future__ import annotations

from django.db import models

from warmhand.apps.island.order import check_order
from warmhand.apps.island.scoped import Link, Record


class ThankYou(Record):
    """One debt of thanks: at receipt, and again at the outcome; cleared only by an act."""

    class Occasion(models.TextChoices):
        RECEIPT = "receipt", "For the introduction"
        OUTCOME = "outcome", "At the outcome"
        OTHER = "other", "For something else"

    client = Link("people.Client", related_name="thank_yous")
    referral = Link("referrals.ReferralReceived", null=True, blank=True, related_name="thank_yous")
    occasion = models.CharField(max_length=8, choices=Occasion, default=Occasion.OTHER)
    words = models.CharField("for what", max_length=300, blank=True)
    owed_on = models.DateField()
    due_on = models.DateField()
    given_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=200, blank=True)
    member = Link("accounts.Member", null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("given_on", "due_on", "id")
        indexes = (models.Index(fields=("workspace", "client"), name="thanks_of_client"),)
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "referral", "occasion"),
                name="thanked_once_per_occasion",
                condition=models.Q(removed_at__isnull=True),
            ),
        )

    def clean(self) -> None:
        """Owed, then due and given."""
        check_order(
            self,
            ("owed_on", "due_on", "Due before it was owed."),
            ("owed_on", "given_on", "Given before it was owed."),
        )
