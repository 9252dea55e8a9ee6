"""Something valuable to pass on, so that referring is helping and not selling (P22)."""

from __future__ import annotations

from django.db import models

from warmhand.apps.island.scoped import Link, Record


class Offer(Record):
    """A free assessment, an invitation, an extra service: worth handing to a colleague."""

    title = models.CharField(max_length=200)
    how_to_pass_on = models.TextField("the best way to offer it", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title


class OfferPass(Record):
    """An offer that was put into a client's hands."""

    client = Link("people.Client", related_name="passes")
    offer = Link(Offer, related_name="passes")
    member = Link("accounts.Member", null=True, blank=True, related_name="+")
    given_on = models.DateField()

    class Meta:
        ordering = ("-given_on", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="pass_of_client"),)
