"""Versions of the workspace's rule settings: never changed, only followed by another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from warmhand.apps.island.scoped import Link, Scoped


class PolicyVersion(Scoped):
    """The values that differ from the defaults, as saved by somebody for a reason."""

    append_only: ClassVar[bool] = True

    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now_add=True)
    saved_by = Link("accounts.Member", null=True, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("workspace", "number"), name="policy_number_once"),
        )
