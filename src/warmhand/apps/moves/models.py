"""What a person answered to a proposed move."""

from __future__ import annotations

from django.db import models

from warmhand.apps.island.scoped import Link, Record


class MoveAnswer(Record):
    """Snoozed, dismissed, handed over or done; with the reason, so that we learn from it."""

    class Answer(models.TextChoices):
        SNOOZED = "snoozed", "Later"
        DISMISSED = "dismissed", "Not this"
        HANDED_OVER = "handed_over", "Handed over"
        DONE = "done", "Done"

    client = Link("people.Client", related_name="move_answers")
    move = models.CharField(max_length=20)
    answer = models.CharField(max_length=12, choices=Answer)
    until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    member = Link("accounts.Member", null=True, related_name="+")
    to_member = Link("accounts.Member", null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("workspace", "client", "move"), name="answers_of_client"),)


class AllyAnswer(Record):
    """What a person answered to a move proposed for an ally; thanks given are answers 'done'."""

    class Answer(models.TextChoices):
        SNOOZED = "snoozed", "Later"
        DISMISSED = "dismissed", "Not this"
        DONE = "done", "Done"

    alliance = Link("alliances.Alliance", related_name="move_answers")
    move = models.CharField(max_length=20)
    answer = models.CharField(max_length=9, choices=Answer)
    on = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    member = Link("accounts.Member", null=True, related_name="+")

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("workspace", "alliance", "move"), name="answers_of_ally"),)
