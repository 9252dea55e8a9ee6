"""What we do for clients without being paid, and what they need (P9, P28-P33)."""

from __future__ import annotations

from django.db import models

from warmhand.apps.island.order import check_order, require
from warmhand.apps.island.scoped import Link, Record
from warmhand.apps.people.categories import require_category


class Favour(Record):
    """An act outside the customer-vendor frame: unpaid by definition, so it has no price (P9)."""

    class Kind(models.TextChoices):
        PROFESSIONAL = "professional", "Professional"
        PERSONAL = "personal", "Personal"

    client = Link("people.Client", related_name="favours")
    member = Link("accounts.Member", null=True, blank=True, related_name="favours")
    what = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PROFESSIONAL)
    promised_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveIntegerField("minutes spent", null=True, blank=True)
    outcome = models.TextField("what came of it", blank=True)
    need = Link("Need", null=True, blank=True, related_name="favours")
    """The need it serves, however its words were changed since."""

    class Meta:
        ordering = ("-done_on", "-promised_on", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="favour_of_client"),)

    def __str__(self) -> str:
        return self.what

    def clean(self) -> None:
        """Promised, done or both; in the order of time."""
        require(self.promised_on or self.done_on, "promised_on", "Say when we promised or did it.")
        check_order(
            self,
            ("promised_on", "due_on", "Due before it was promised."),
            ("promised_on", "done_on", "Done before it was promised."),
        )


class ProposalDismissed(Record):
    """A favour that was proposed for a client, and isn't right: it is not proposed again (P9)."""

    client = Link("people.Client", related_name="proposals_dismissed")
    about = models.CharField(max_length=80)
    """What it was made from, as `matching.favours.Proposal.about` says: need:12, year_end:2026."""
    what = models.CharField("what was proposed", max_length=300)
    why = models.TextField(blank=True)
    member = Link("accounts.Member", null=True, blank=True, related_name="+")
    dismissed_on = models.DateField()

    class Meta:
        ordering = ("-dismissed_on", "-id")
        verbose_name = "proposal dismissed"
        verbose_name_plural = "proposals dismissed"
        indexes = (models.Index(fields=("workspace", "client"), name="dismissed_of_client"),)

    def __str__(self) -> str:
        return self.what


class Need(Record):
    """Something the client needs, in their own words: from others, or more from us (P19, P29)."""

    class Urgency(models.TextChoices):
        NOW = "now", "Now"
        SOON = "soon", "In the coming weeks"
        SOME_DAY = "some_day", "Some day"

    client = Link("people.Client", related_name="needs")
    words = models.TextField("in their own words")
    category = models.CharField("category code", max_length=12, blank=True)
    """A code of the scheme of categories (NAICS 2022)."""
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.SOON)
    may_pass_on = models.BooleanField("we may tell others", null=True, blank=True)
    """The client's yes or no; None: not asked yet. Without a yes nobody outside learns of it."""
    asked_on = models.DateField("asked whether we may, on", null=True, blank=True)
    noted_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    for_us = models.BooleanField("something we offer", default=False)
    for_other = models.BooleanField("told for somebody they know", default=False)
    """Not the client's own: the one mark by which it is known as a third person's, who is forgotten
    a month after the last thing that happened (GDPR Art. 14)."""
    forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-noted_on", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="need_of_client"),)

    def clean(self) -> None:
        """Met after it was noted; who was asked said yes or no; a category that there is."""
        check_order(self, ("noted_on", "met_on", "Met before it was noted."))
        answered = self.asked_on is None or self.may_pass_on is not None
        require(answered, "may_pass_on", "Say what they answered.")
        require_category(self.category)


class ReferralGiven(Record):
    """Somebody we sent the client to, and why they can be confident (P32)."""

    client = Link("people.Client", related_name="referrals_given")
    member = Link("accounts.Member", null=True, blank=True, related_name="referrals_given")
    need = Link(Need, null=True, blank=True, related_name="referrals_given")
    provider = models.CharField(max_length=200)
    listed = Link(
        "directory.Provider", null=True, blank=True, related_name="referrals_received_from_us"
    )
    """The provider in the directory, where it stands there; `provider` is its name as said."""
    given_on = models.DateField()
    why_confident = models.TextField("why they can be confident", blank=True)

    class Meta:
        ordering = ("-given_on", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="given_of_client"),)
