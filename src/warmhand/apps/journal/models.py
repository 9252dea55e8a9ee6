"""The journal: everything that happens, with who, when and why."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from warmhand.apps.island.scoped import Link, Scoped


class Entry(Scoped):
    """One thing that happened. Never changed: an undo is an entry of its own.

    What it says about a person who is to be forgotten can be emptied (`forgetting`).
    """

    append_only: ClassVar[bool] = True
    may_forget: ClassVar[tuple[str, ...]] = ("sentence", "why", "changes")

    at = models.DateTimeField(default=timezone.now, editable=False)
    by_member = Link("accounts.Member", null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    via = models.CharField(max_length=10)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    client_id = models.BigIntegerField(null=True)
    company_id = models.BigIntegerField(null=True)
    sentence = models.TextField()
    why = models.TextField(blank=True)
    changes = models.JSONField(default=dict)
    undoes = Link("self", null=True, related_name="undone_by")
    part_of = Link("self", null=True, related_name="parts")
    """The entry of the act that this came with: done together, undone together."""
    forgotten_at = models.DateTimeField(null=True, editable=False)
    """When its words were emptied; the database's to write."""

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            # The time line of a client, newest first.
            models.Index(fields=("workspace", "client_id", "-at"), name="journal_client_timeline"),
            models.Index(fields=("workspace", "-at"), name="journal_newest"),
            # "What happened to this record": undo looks for later changes.
            models.Index(
                fields=("workspace", "object_type", "object_id"), name="journal_of_object"
            ),
        )
