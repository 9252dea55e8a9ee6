"""What the two sides of a referral say about it, each time they are asked (P34)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from warmhand.apps.island.order import check_order, require
from warmhand.apps.island.scoped import Link, Record


class FollowUp(Record):
    """One side of a referral given, asked once or heard once; the newest answer counts.

    `client` is the referral's client, whichever side speaks.
    """

    class Side(models.TextChoices):
        CLIENT = "client", "Client"
        PROVIDER = "provider", "Provider"

    class Business(models.TextChoices):
        YES = "yes", "They do business"
        NOT_YET = "not_yet", "Not yet"
        NO = "no", "Nothing came of it"

    referral = Link("giving.ReferralGiven", related_name="follow_ups")
    client = Link("people.Client", related_name="follow_ups")
    side = models.CharField(max_length=8, choices=Side)
    round = models.PositiveSmallIntegerField(default=0)
    """1, 2 or 3: the question that was due; 0: heard in between."""
    asked_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    noted_by = Link("accounts.Member", null=True, blank=True, related_name="+")
    """The member who wrote down what was said; None where they answered by their page."""
    business = models.CharField(
        "are they doing business?", max_length=7, choices=Business, blank=True
    )
    happy = models.BooleanField("are they happy?", null=True, blank=True)
    again = models.BooleanField("would they be introduced again?", null=True, blank=True)
    words = models.TextField("in their own words", blank=True)
    may_tell = models.BooleanField("we may tell the other side", default=False)
    no_more = models.BooleanField("over: not to be asked about it again", default=False)
    rating = Link("work.Rating", null=True, blank=True, related_name="follow_ups")
    """What stands until we have made good, where the client was unhappy (P7)."""

    class Meta:
        ordering = ("-answered_on", "-asked_on", "-id")
        indexes = (
            models.Index(fields=("workspace", "referral"), name="follow_up_of_referral"),
            models.Index(fields=("workspace", "client"), name="follow_up_of_client"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "referral", "side", "round"),
                name="one_follow_up_per_round",
                condition=Q(removed_at__isnull=True) & ~Q(round=0),
            ),
        )

    @property
    def title(self) -> str:
        """What it is called among others."""
        return f"{self.speaker}, {self.get_side_display().lower()}"

    @property
    def on(self) -> dt.date | None:
        """The day of the answer, as forms call it."""
        return self.answered_on

    @property
    def speaker(self) -> str:
        """Who was asked, by name."""
        name: str = self.client.title if self.side == self.Side.CLIENT else self.referral.provider
        return name

    def clean(self) -> None:
        """Asked or heard; an answer says something; no answer lies before its question."""
        require(self.asked_on or self.answered_on, "answered_on", "Say when they told us.")
        said = self.business or self.happy is not None or self.again is not None
        something = said or self.words or self.no_more
        require(not self.answered_on or something, "business", "Say what they told us.")
        require(
            self.happy is None or self.business != self.Business.NO,
            "happy",
            "Nothing came of it, so there is nothing to be happy with.",
        )
        check_order(self, ("asked_on", "answered_on", "Answered before they were asked."))
