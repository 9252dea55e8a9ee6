"""Models of the way back: the verdict as it was told about a ticket, and who may see it there."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone

from warmhand.apps.island.scoped import Link, Scoped
from warmhand.wording.notes import VerdictNote, verdict_word

from .vault import good_at


class TicketVerdict(Scoped):
    """The verdict about a ticket at one turn of its case: shown on consoles, written as a note.

    `turn` names the case's state, how often it was reopened, and whether an ask may follow: each
    is told once. The note waits here until it is written, or given up with the reason (safety.md,
    outbound hooks: at least once, or visibly not).
    """

    class Note(models.TextChoices):
        NONE = "none", "Not wanted"
        WAITING = "waiting", "Waiting"
        WRITTEN = "written", "Written"
        OVERTAKEN = "overtaken", "Overtaken by a later one"
        GIVEN_UP = "given_up", "Given up"

    ticket = Link("connections.Ticket", related_name="verdicts")
    case = Link("work.Case", related_name="verdicts")
    turn = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=10,
        choices=[("open", "Open"), ("resolved", "Resolved"), ("confirmed", "Confirmed")],
    )
    """Of the case, then."""
    may_ask = models.BooleanField(default=False)
    """Whether an ask is right now, or would be behind the client's yes."""
    because = models.TextField(blank=True)
    """The first reason, or why the move is right."""
    said = models.JSONField(default=dict)
    """What the note says: headline, reasons, say."""
    note = models.CharField(max_length=10, choices=Note, default=Note.NONE)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    """Why the note isn't written (yet): the helpdesk's answer, in words."""

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "ticket", "turn"), name="verdict_once_per_turn"
            ),
        )
        indexes = (
            # What has just been told, asked for by every open console.
            models.Index(fields=("workspace", "-at"), name="verdict_latest"),
        )

    @property
    def word(self) -> str:
        """The verdict in two or three words."""
        return verdict_word(self.state, self.may_ask)

    def as_note(self, link: str = "") -> VerdictNote:
        """The note's text."""
        reasons = tuple((why, lift) for why, lift in self.said["reasons"])
        return VerdictNote(self.said["headline"], reasons, tuple(self.said["say"]), link)


class PutAside(Scoped):
    """A member has seen a verdict and put it aside; the next turn of the ticket shows again."""

    member = Link("accounts.Member", related_name="+")
    verdict = Link(TicketVerdict, related_name="put_aside")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "member", "verdict"), name="put_aside_once"
            ),
        )


class PanelKey(Scoped):
    """The secret by which a helpdesk signs the address of its side panel, sealed (see `vault`).

    After it was changed, the one before is good until `before_until`.
    """

    connection = Link("connections.Connection", related_name="panel_keys")
    sealed = models.TextField()
    sealed_before = models.TextField(blank=True)
    before_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "connection"), name="panel_key_once_per_connection"
            ),
        )

    def secrets_at(self, now: dt.datetime) -> tuple[str, ...]:
        """The secrets that are good now, the current one first; none: refuse everything."""
        return good_at(now, self.sealed, self.sealed_before, self.before_until)
