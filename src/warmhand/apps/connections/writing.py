"""Writing a verdict as a note: one attempt after the other, each outside of a transaction.

At least once or visibly not: a worker that dies between the helpdesk's 'taken' and our 'written'
writes the note a second time; nothing is ever silently left.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import current_workspace_id, workspace_scope
from warmhand.apps.journal import services as journal
from warmhand.problems import Conflict, NotFound
from warmhand.wording.notes import VerdictNote

from .door import told_origin
from .models import Connection, TicketVerdict
from .notes import NOTE_PEERS, Desk, NotePeer, Outcome
from .notes.sending import send
from .queue import enqueue_note

WAITS: Final = tuple(dt.timedelta(seconds=each) for each in (5, 60, 300, 1800, 7200))
"""Between one attempt and the next; after the last one it is given up."""
Note = TicketVerdict.Note


@dataclass(frozen=True, slots=True)
class _Letter:
    """All that an attempt needs, read before the call and kept over it."""

    peer: NotePeer
    desk: Desk
    ref: str
    note: VerdictNote


def write_note(*, workspace_id: int, verdict_id: int) -> None:
    """Make one attempt at a note that waits; note how it went, and when to try again."""
    with workspace_scope(workspace_id):
        letter = _letter(verdict_id)
    if letter is None:
        return
    outcome = _attempt(letter)
    with workspace_scope(workspace_id):
        _note_down(verdict_id, outcome)


def _letter(verdict_id: int) -> _Letter | None:
    verdict = _waiting(verdict_id)
    if verdict is None:
        return None
    ticket, connection = verdict.ticket, verdict.ticket.connection
    if TicketVerdict.objects.filter(ticket=ticket, pk__gt=verdict.pk).exists():
        _end(verdict, Note.OVERTAKEN)
        return None
    if not connection.write_notes or not connection.active or connection.removed_at:
        _end(verdict, Note.NONE, "Notes were switched off before it was written.")
        return None
    peer, desk = NOTE_PEERS[connection.peer], desk_of(connection)
    if lacks := peer.lacks(desk):
        _end(verdict, Note.GIVEN_UP, f"Missing on this page: {lacks}.")
        return None
    return _Letter(peer, desk, ticket.ref, verdict.as_note(link_to(verdict)))


def _waiting(verdict_id: int) -> TicketVerdict | None:
    rows = TicketVerdict.objects.select_for_update(of=("self",)).select_related(
        "ticket__connection", "case"
    )
    found: TicketVerdict | None = rows.filter(pk=verdict_id, note=Note.WAITING).first()
    return found


def desk_of(connection: Connection) -> Desk:
    """The account at the helpdesk, as the connection's page was told."""
    base = connection.api_base or NOTE_PEERS[connection.peer].base
    return Desk(base, connection.api_token, connection.api_user, connection.api_account)


def link_to(verdict: TicketVerdict) -> str:
    """The console's page of the case, where this installation knows its address from outside."""
    origin = told_origin()
    if not origin:
        return ""
    return f"{origin}/console/{verdict.case.client_id}/?case={verdict.case_id}"


def _attempt(letter: _Letter) -> Outcome:
    return send(
        letter.peer,
        letter.desk,
        letter.ref,
        letter.note,
        inside=settings.PRIVATE_HELPDESKS,
        now=timezone.now(),
    )


def _note_down(verdict_id: int, outcome: Outcome) -> None:
    verdict = _waiting(verdict_id)
    if verdict is None:
        return
    verdict.tries += 1
    if outcome.written:
        verdict.written_at = timezone.now()
        _end(verdict, Note.WRITTEN)
    elif outcome.passing and verdict.tries <= len(WAITS):
        wait = max(WAITS[verdict.tries - 1], outcome.wait or dt.timedelta())
        verdict.next_try_at = timezone.now() + wait
        verdict.why = outcome.sentence
        verdict.save()
        enqueue_note(
            workspace_id=current_workspace_id(), verdict_id=verdict.pk, at=verdict.next_try_at
        )
    else:
        _end(verdict, Note.GIVEN_UP, outcome.sentence)


def _end(verdict: TicketVerdict, note: TicketVerdict.Note, why: str = "") -> None:
    verdict.note, verdict.why, verdict.next_try_at = note, why, None
    verdict.save()


def notes_of(connection_id: int) -> QuerySet[TicketVerdict]:
    """The notes of a connection, newest first, with their tickets."""
    rows = TicketVerdict.objects.filter(ticket__connection_id=connection_id)
    return rows.exclude(note=Note.NONE).select_related("ticket", "case__client__company")


def try_again(*, by: Actor, verdict_id: int) -> TicketVerdict:
    """Put a note that was given up back into the queue. Raises Conflict where it wasn't."""
    rows = TicketVerdict.objects.select_for_update(of=("self",)).select_related(
        "ticket__connection"
    )
    verdict: TicketVerdict | None = rows.filter(pk=verdict_id).first()
    if verdict is None:
        raise NotFound("note")
    if verdict.note != Note.GIVEN_UP:
        raise Conflict(
            "note_not_given_up", "This note isn't one that was given up.", lift="Reload the page."
        )
    verdict.tries = 0
    _end(verdict, Note.WAITING)
    enqueue_note(workspace_id=current_workspace_id(), verdict_id=verdict.pk)
    connection = verdict.ticket.connection
    journal.record(
        by=by,
        verb="tried_again",
        of=connection,
        sentence=f"Sent a note on ticket {verdict.ticket.ref} of '{connection.name}' once more.",
    )
    return verdict
