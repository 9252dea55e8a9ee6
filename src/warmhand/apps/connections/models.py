"""Connections to helpdesks, what they delivered, and the tickets it speaks of."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from warmhand.apps.island.scoped import Link, Record, Scoped

from .vault import good_at, unseal


class Peer(models.TextChoices):
    """What may be connected; `peers/` holds a module for each."""

    ZENDESK = "zendesk", "Zendesk"
    FRESHDESK = "freshdesk", "Freshdesk"
    INTERCOM = "intercom", "Intercom"
    CHATWOOT = "chatwoot", "Chatwoot"
    HELPSCOUT = "helpscout", "Help Scout"
    HUBSPOT = "hubspot", "HubSpot"
    PLAIN = "plain", "Any system (Standard Webhooks)"


class Connection(Record):
    """A system that sends to an address of its own, with a secret of its own.

    Secrets and the token of its API are kept sealed (see `vault`), never journaled, shown again
    never. During a rotation the secret before is good until `before_until`.
    """

    peer = models.CharField(max_length=12, choices=Peer)
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=64, unique=True, editable=False)
    """The last part of `/hooks/<address>/`: 192 random bits."""
    active = models.BooleanField(default=True)
    settings = models.JSONField(default=dict, blank=True)
    """What differs from account to account, by the names that the peer's module declares."""
    sealed_secret = models.TextField(blank=True, editable=False)
    sealed_before = models.TextField(blank=True, editable=False)
    before_until = models.DateTimeField(null=True, blank=True, editable=False)

    api_base = models.URLField(blank=True)
    """Where the peer's API answers, such as https://ours.zendesk.com: for notes back."""
    sealed_api_token = models.TextField(blank=True, editable=False)
    api_user = models.CharField(max_length=254, blank=True)
    """Whose token it is, in the peer's own terms: see `notes`."""
    api_account = models.CharField(max_length=100, blank=True)
    write_notes = models.BooleanField(default=False)
    """Whether the verdict goes back as a private note."""
    panel_origins = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    """Origins (https://…) that may frame the side panel."""

    last_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When something whose signature fits last came in."""
    refused_count = models.PositiveIntegerField(default=0, editable=False)
    refused_at = models.DateTimeField(null=True, blank=True, editable=False)
    refused_why = models.CharField(max_length=40, blank=True, editable=False)

    may_also_see: ClassVar[str] = "address = current_setting('app.hook_address', true)"

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                name="connection_no_token_without_base",
                condition=Q(sealed_api_token="") | ~Q(api_base=""),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        """What cases that come from here have as their source: `zendesk:7`."""
        return f"{self.peer}:{self.pk}"

    @property
    def api_token(self) -> str:
        """The token of the peer's API, unsealed; empty where none is kept."""
        return unseal(self.sealed_api_token)

    def secrets_at(self, now: dt.datetime) -> tuple[str, ...]:
        """The secrets that are good now, the current one first; empty: refuse everything."""
        return good_at(now, self.sealed_secret, self.sealed_before, self.before_until)


class Ticket(Scoped):
    """A conversation or ticket over there, and the case that it is here.

    `story` is what its events said when they were last told to the case: later news is compared
    with it, so that what a colleague has done since isn't undone by an old event.
    """

    connection = Link(Connection, related_name="tickets")
    ref = models.CharField(max_length=200)
    case = Link("work.Case", null=True, related_name="tickets")
    story = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "connection", "ref"), name="ticket_once_per_connection"
            ),
        )


class Delivery(Scoped):
    """One thing that came in: the raw bytes, stored once, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"
        NOTHING = "nothing", "Nothing to do"
        NOT_UNDERSTOOD = "not_understood", "Not understood"
        PARKED = "parked", "Needs you"
        FAILED = "failed", "Failed"

    connection = Link(Connection, related_name="deliveries")
    key = models.CharField(max_length=200)
    """The peer's own name of the delivery, or `sha256:` and the hash of the body."""
    received_at = models.DateTimeField(default=timezone.now)
    times = models.PositiveIntegerField(default=1)
    """How often it was delivered."""
    body = models.BinaryField(default=b"")
    """As it came; empty once it was forgotten."""
    headers = models.JSONField(default=dict)
    """Those of its headers that it takes to read it; never a signature or a secret."""
    is_test = models.BooleanField(default=False)
    """Made by the test button: shows what would happen, changes nothing."""
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    became = models.JSONField(default=list)
    """What it became, in sentences."""
    problem = models.JSONField(null=True)
    """Why it waits for a person: the body of an error shape."""
    worked_at = models.DateTimeField(null=True)
    ticket = Link(Ticket, null=True, related_name="deliveries")
    client = Link("people.Client", null=True, related_name="deliveries")

    may_move: ClassVar[tuple[str, ...]] = ("client_id",)

    class Meta:
        ordering = ("-received_at", "-id")
        indexes = (
            models.Index(fields=("connection", "-received_at"), name="delivery_latest"),
            # The list of what waits for a person.
            models.Index(
                fields=("workspace", "state"),
                name="delivery_unsettled",
                condition=~Q(state__in=("done", "nothing")),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "connection", "key"), name="delivery_once_per_connection"
            ),
        )


class TicketEvent(Scoped):
    """One thing that happened to a ticket, by the peer's own clock and count."""

    ticket = Link(Ticket, related_name="events")
    delivery = Link(Delivery, null=True, related_name="events")
    key = models.CharField(max_length=200)
    what = models.CharField(max_length=24)
    happened_at = models.DateTimeField()
    sequence = models.BigIntegerField(default=0)
    """The peer's own count, where it has one: orders what happened at the same moment."""
    state = models.CharField(max_length=10, blank=True)
    """open, resolved or confirmed; empty where it says nothing of that."""
    details = models.JSONField(default=dict)
    """Title of the ticket, and who it is about: `title`, `email`, `external_id`, `name`."""

    class Meta:
        ordering = ("happened_at", "sequence", "key")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "ticket", "key"), name="event_once_per_ticket"
            ),
        )


class HeardOnce(Scoped):
    """An event that is about no ticket (a wish, a rating) has had its effect."""

    connection = Link(Connection, related_name="+")
    key = models.CharField(max_length=200)
    heard_at = models.DateTimeField(default=timezone.now)
    rating = Link("work.Rating", null=True, related_name="+")
    """The rating that it was: of its ticket's case, once that is known."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "connection", "key"), name="heard_once_per_connection"
            ),
        )


class Alias(Scoped):
    """What a peer calls a client: told by a person who linked the two, or met with an address."""

    connection = Link(Connection, related_name="aliases")
    external_id = models.CharField(max_length=254)
    """The peer's id of the person, or their address there (`mailto:` in front)."""
    client = Link("people.Client", null=True, related_name="aliases")
    """Empty: no client of ours."""
    made_at = models.DateTimeField(default=timezone.now)

    may_move: ClassVar[tuple[str, ...]] = ("client_id",)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "connection", "external_id"), name="alias_once_per_connection"
            ),
        )


from .answers import PanelKey, PutAside, TicketVerdict  # noqa: E402 - they link to those above

__all__ = [
    "Alias",
    "Connection",
    "Delivery",
    "HeardOnce",
    "PanelKey",
    "Peer",
    "PutAside",
    "Ticket",
    "TicketEvent",
    "TicketVerdict",
]
