"""Thank-yous, owed from the first minute, whatever came of it (P26); rewards, where they may be
(P20)."""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

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


HELD = Q(given_on__isnull=False) | Q(withdrawn_on=None, removed_at=None)
"""Rewards that count: given ones for good, promised ones until they are withdrawn or removed."""


class Reward(Record):
    """Something of value for an introduction to somebody outside the client's company (P20).

    That it can't go with any other kind of ask is held by the database: see `locks.py`.
    """

    class Form(models.TextChoices):
        IN_KIND = "in_kind", "In kind"
        CREDIT = "credit", "Credit"
        CASH = "cash", "Money"

    class Party(models.TextChoices):
        GIVER = "giver", "The client who introduces"
        RECEIVER = "receiver", "The person introduced"

    client = Link("people.Client", related_name="rewards")
    ask = Link("asks.Ask", related_name="rewards")
    referral = Link("referrals.ReferralReceived", null=True, blank=True, related_name="rewards")
    party = models.CharField("who gets it", max_length=8, choices=Party, default=Party.GIVER)
    form = models.CharField(max_length=7, choices=Form, default=Form.IN_KIND)
    what = models.CharField(max_length=200)
    # In minor units: 2500 with EUR is 25 euros.
    amount = models.BigIntegerField(null=True, blank=True, validators=(MinValueValidator(1),))
    currency = models.CharField(
        max_length=3, blank=True, validators=(RegexValidator(r"^[A-Z]{3}$"),)
    )
    # Said with every rewarded introduction, and the pack that asks for it.
    disclosure = models.TextField()
    pack = models.CharField(max_length=40)
    promised_on = models.DateField()
    given_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    member = Link("accounts.Member", null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-promised_on", "-id")
        indexes = (
            models.Index(fields=("workspace", "client"), name="reward_of_client"),
            models.Index(fields=("workspace", "ask"), name="reward_of_ask"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(disclosure=""), name="reward_is_disclosed"),
            models.CheckConstraint(
                condition=Q(given_on=None) | Q(withdrawn_on=None), name="reward_given_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | (Q(amount__gt=0) & ~Q(currency="")),
                name="reward_amount_has_currency",
            ),
        )

    def __str__(self) -> str:
        return self.what

    def clean(self) -> None:
        """Promised, then given or withdrawn."""
        check_order(
            self,
            ("promised_on", "given_on", "Given before it was promised."),
            ("promised_on", "withdrawn_on", "Withdrawn before it was promised."),
        )

    @classmethod
    def held(cls, **of: Any) -> models.QuerySet[Reward]:
        """Rewards that count, of an ask or a referral (`ask_id=`, `referral_id=`)."""
        return cls.all_objects.filter(HELD, **of)

    @property
    def state(self) -> str:
        """promised, given or withdrawn."""
        if self.given_on:
            return "given"
        return "withdrawn" if self.withdrawn_on else "promised"
