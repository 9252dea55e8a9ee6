"""Targets for giving: who set them for whom, and by when they are to be met (P35)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from warmhand.apps.island.order import require
from warmhand.apps.island.scoped import Link, Record

MOST = 10_000


class GivingTarget(Record):
    """So much of one measure for each member: of one member, of a team, or of everybody.

    The nearest counts: a member's own before their team's, the team's before everybody's.
    """

    class Measure(models.TextChoices):
        POINTS = "points", "Points for referrals given"
        FAVOURS = "favours", "Favours done, by what came of them"
        COVERAGE = "coverage", "Clients with a recent favour, in per cent"

    class Every(models.TextChoices):
        MONTH = "month", "Each month"
        QUARTER = "quarter", "Each quarter"

    member = Link("accounts.Member", null=True, blank=True, related_name="giving_targets")
    team = models.CharField(max_length=100, blank=True)
    measure = models.CharField(max_length=8, choices=Measure, default=Measure.POINTS)
    amount = models.PositiveIntegerField(validators=(MinValueValidator(1), MaxValueValidator(MOST)))
    every = models.CharField(max_length=7, choices=Every, default=Every.QUARTER)
    set_by = Link("accounts.Member", null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("measure", "team", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "member", "team", "measure"),
                name="one_target_each",
                nulls_distinct=False,
                condition=models.Q(removed_at__isnull=True),
            ),
        )

    def clean(self) -> None:
        """For one member or for a team, not both; a share has at most a hundred per cent."""
        require(not (self.member_id and self.team), "team", "Name a member or a team, not both.")
        share = self.measure == self.Measure.COVERAGE
        require(not share or self.amount <= 100, "amount", "At most 100 per cent.")

    @property
    def whose(self) -> str:
        """For whom it holds, in words."""
        if self.member is not None:
            return str(self.member)
        return f"Each member of {self.team}" if self.team else "Every member"
