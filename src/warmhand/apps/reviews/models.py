"""Invitations to a review, and its agenda where somebody changed it (P14)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from warmhand.apps.island.order import require
from warmhand.apps.island.scoped import Link, Record
from warmhand.apps.work.models import Review

from .slots import Slot

MOST_TIMES = 10


class ReviewInvitation(Record):
    """Times proposed to a client for a review, and what they answered.

    The meeting that they pick is a planned review of `work`; `uid` and `sequence` are what calendar
    programs know it by, from the first proposal to the cancellation.
    """

    class State(models.TextChoices):
        OPEN = "open", "Waiting for their answer"
        PICKED = "picked", "They picked a time"
        WISH = "wish", "They wish for another time"
        CALLED_OFF = "called_off", "Called off"
        WITHDRAWN = "withdrawn", "Withdrawn"

    client = Link("people.Client", related_name="review_invitations")
    member = Link("accounts.Member", related_name="+")
    review = Link(Review, null=True, blank=True, related_name="invitations")
    kind = models.CharField(max_length=5, choices=Review.Kind, default=Review.Kind.CALL)
    place = models.CharField("place or link", max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(
        default=60, validators=(MinValueValidator(10), MaxValueValidator(480))
    )
    times = models.JSONField(default=list)
    """Starts of the times proposed, in UTC as ISO texts, earliest first."""
    subject = models.CharField(max_length=200, blank=True)
    words = models.TextField("the words of the invitation", blank=True)
    language = models.CharField(max_length=12, blank=True)
    timezone = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    wish = models.TextField("in their own words", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    uid = models.CharField(max_length=80, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    only_rises: ClassVar[tuple[str, ...]] = ("sequence",)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="review_invitation_of"),)

    def __str__(self) -> str:
        return f"Invitation of {self.client}"

    def clean(self) -> None:
        """A few times, and a meeting where one was picked."""
        named = 0 < len(self.times) <= MOST_TIMES
        require(named, "times", f"Propose from 1 to {MOST_TIMES} times.")
        met = self.review_id is not None or self.state != self.State.PICKED
        require(met, "review", "A time that was picked has its meeting.")

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The times proposed."""
        starts = (dt.datetime.fromisoformat(each) for each in self.times)
        length = dt.timedelta(minutes=self.minutes)
        return tuple(Slot(start, start + length) for start in starts)

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to answer: they the times, or we their wish."""
        return self.state in (self.State.OPEN, self.State.WISH)


class ReviewAgenda(Record):
    """The points of an agenda that somebody wrote otherwise than the records tell them.

    `points` holds lines of text by the name of the part.
    """

    review = Link(Review, related_name="agendas")
    points = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "review"),
                name="one_agenda_each",
                condition=Q(removed_at=None),
            ),
        )

    @property
    def client_id(self) -> int:
        """Whose review it is: the journal tells it under their name."""
        return int(self.review.client_id)
