"""Links that clients open without an account, what came of them, and mails to clients."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from warmhand.apps.island.scoped import Link, Record, Scoped

CORRECTABLE = dt.timedelta(hours=24)
"""For so long after the first answer the same link lets a client correct it."""


class PublicLink(Record):
    """A page for one client about one record of ours; opened by a token, closed by an outcome.

    Neither the seed nor the hash opens a page: the token is made from the seed and the
    installation's secret key, which isn't in the database.
    """

    class Purpose(models.TextChoices):
        SURVEY = "survey", "Survey"
        CONFIRMATION = "confirmation", "Is it solved?"
        REVIEW = "review", "Review"
        INTRODUCTION = "introduction", "May we introduce you?"
        BRIEF = "brief", "Brief for a provider"
        FOLLOW_UP = "follow_up", "How is it going?"

    KEPT_OPEN: ClassVar[tuple[str, ...]] = (Purpose.REVIEW, Purpose.INTRODUCTION, Purpose.BRIEF)
    """Whose answer may be changed for as long as the link is kept open, not for a day only."""

    purpose = models.CharField(max_length=12, choices=Purpose)
    client = Link("people.Client", related_name="public_links")
    object_id = models.BigIntegerField()
    """The survey, the case, the review, the introduction it is about; for a provider's brief the
    candidate, for a follow-up the follow-up. `client` is always the client concerned."""
    seed = models.CharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = Link("accounts.Member", null=True, related_name="+")
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveSmallIntegerField(default=0)
    """How often it was answered: 1, and 1 more for each correction."""
    made_id = models.BigIntegerField(null=True, blank=True)
    """A record that the answer made beside (a rating), so that a correction finds it."""

    may_also_see: ClassVar[str] = "token_hash = current_setting('app.public_link', true)"

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("workspace", "purpose", "object_id"), name="link_about_object"),
            models.Index(fields=("workspace", "client"), name="link_of_client"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "purpose", "object_id"),
                name="one_standing_link",
                condition=Q(ended_at__isnull=True, removed_at__isnull=True),
            ),
        )

    @property
    def correctable_until(self) -> dt.datetime | None:
        """Until when the answer may be corrected; None while there is none.

        A time picked for a review may be changed, and a consent taken back, as long as the link is
        kept open for it.
        """
        if self.answered_at is None:
            return None
        if self.purpose in self.KEPT_OPEN:
            return self.expires_at
        return self.answered_at + CORRECTABLE

    @property
    def mailed_at(self) -> dt.datetime | None:
        """When the last mail about it went out; its mails are fetched for a whole list at once."""
        sent = [each.sent_at for each in self.messages.all() if each.sent_at is not None]
        return max(sent, default=None)

    def is_open(self, at: dt.datetime) -> bool:
        """Whether its page still opens at that moment."""
        if self.ended_at is not None or self.removed_at is not None:
            return False
        return at < (self.correctable_until or self.expires_at)

    def state(self, at: dt.datetime) -> str:
        """waiting, answered, expired or withdrawn."""
        if self.ended_at is not None or self.removed_at is not None:
            return "withdrawn"
        if self.answered_at is not None:
            return "answered"
        return "waiting" if at < self.expires_at else "expired"


class LinkOutcome(Scoped):
    """The proof that a link was answered: when, from where, to which words. Never changed.

    Of somebody who is to be forgotten the address and the browser go; that they answered, when,
    what and to which words stays.
    """

    append_only: ClassVar[bool] = True
    may_forget: ClassVar[tuple[str, ...]] = ("address", "agent")

    link = Link(PublicLink, related_name="outcomes")
    edition = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=400, blank=True)
    text_version = models.CharField(max_length=60)
    said = models.JSONField(default=dict)
    """The answer itself, as it was sent."""
    forgotten_at = models.DateTimeField(null=True, editable=False)
    """When it was forgotten from where it came; the database's to write."""

    class Meta:
        ordering = ("link", "edition")
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "link", "edition"), name="one_outcome_per_edition"
            ),
        )


class Message(Record):
    """A mail that a member has sent to a client, or about one to a provider who hears from us.

    At most one for each template, client and cause.

    The page's address is put in only while it is sent, so that no token lies in the outbox.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        REFUSED = "refused", "Refused: they want no mail"
        FAILED = "failed", "Failed"

    client = Link("people.Client", related_name="messages")
    provider = Link("directory.Provider", null=True, blank=True, related_name="messages")
    """To whom it goes where that isn't the client it is about."""
    member = Link("accounts.Member", related_name="+")
    link = Link(PublicLink, null=True, blank=True, related_name="messages")
    address = models.EmailField()
    template = models.CharField(max_length=40)
    cause = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list, blank=True)
    """Each {"name", "type", "text"}."""
    page_pattern = models.CharField(max_length=300, blank=True)
    stop_pattern = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    why = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("workspace", "client"), name="message_of_client"),)
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "template", "client", "cause"), name="one_message_per_cause"
            ),
        )

    def __str__(self) -> str:
        return self.subject


class Suppression(Scoped):
    """An address that wants no mail of ours: kept as a keyed hash, so that it outlives erasure."""

    class Reason(models.TextChoices):
        STOPPED = "stopped", "They pressed 'no more mails'"
        MEMBER = "member", "A colleague noted it"

    address_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=8, choices=Reason, default=Reason.STOPPED)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "address_hash"), name="suppressed_once_per_address"
            ),
        )
