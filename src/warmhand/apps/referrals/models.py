"""Referrals received, followed to their outcome (P2, P23-P26)."""

from __future__ import annotations

from django.db import models

from warmhand.apps.asks.models import Ask
from warmhand.apps.island.order import check_order, require
from warmhand.apps.island.scoped import Link, Record


class ReferralReceived(Record):
    """Somebody a client introduced to us.

    Of the new person only the name the client used is kept: we don't write to anybody who
    hasn't agreed to hear from us, so there is nothing else to keep here.
    """

    class Outcome(models.TextChoices):
        PENDING = "pending", "Under way"
        BECAME_CLIENT = "became_client", "Became a client"
        NOT_NOW = "not_now", "Not now"
        LOST = "lost", "Came to nothing"

    client = Link("people.Client", related_name="referrals_received")
    ask = Link("asks.Ask", null=True, blank=True, related_name="referrals")
    # Of the ask it came of, where it came of one: the database holds both together (P20).
    kind = models.CharField(max_length=12, choices=Ask.Kind, default=Ask.Kind.CLIENT)
    new_person = models.CharField("the new person", max_length=200)
    received_on = models.DateField()
    outcome = models.CharField(max_length=14, choices=Outcome, default=Outcome.PENDING)
    outcome_on = models.DateField(null=True, blank=True)
    hurt_on = models.DateField("our handling hurt the giver on", null=True, blank=True)
    mended_on = models.DateField("made good with the giver on", null=True, blank=True)
    words = models.TextField("what was said", blank=True)

    class Meta:
        ordering = ("-received_on", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="received_of_client"),)
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "id", "kind"), name="received_with_its_kind"
            ),
        )

    def __str__(self) -> str:
        return self.new_person

    def clean(self) -> None:
        """Received, then whatever came of it."""
        known = self.outcome != self.Outcome.PENDING
        require(bool(self.outcome_on) == known, "outcome_on", "An outcome has its day.")
        require(self.hurt_on or not self.mended_on, "mended_on", "Nothing is on record to mend.")
        check_order(
            self,
            ("received_on", "outcome_on", "The outcome came before the referral."),
            ("received_on", "hurt_on", "Hurt before the referral."),
            ("hurt_on", "mended_on", "Mended before it was hurt."),
        )
