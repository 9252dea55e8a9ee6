"""At which turns of a ticket's case the verdict is told again, and what it says.

Runs before the commit of whatever changed the facts (as standings do): a hook, an agent's click,
the client's own answer. So the verdict, its note and its job are there if and only if the change
is.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from warmhand.apps.accounts import days
from warmhand.apps.island.scope import Touched, current_workspace_id
from warmhand.apps.moves.moments import MomentAnswer, moment_of
from warmhand.rulebook import Decision
from warmhand.wording import Wording
from warmhand.wording.notes import MOST_REASONS, headline

from .models import Ticket, TicketVerdict
from .notes import NOTE_PEERS
from .queue import enqueue_note

FRESH_DAYS: Final = 3
"""A ticket that was solved longer ago is nobody's moment any more (P11)."""
_SAID_ALOUD: Final = ("P12", "P13")
"""The steps of an ask that a note repeats: reconfirm, and ask as 'we'. What was delivered and liked
stays where only we read (P24)."""


def settle(workspace_id: int, touched: Touched) -> None:
    """Tell the verdicts of the tickets whose clients' facts have changed in this scope."""
    if not touched.clients:
        return
    for ticket in _fresh(touched.clients):
        tell(ticket)


def _fresh(client_ids: set[int]) -> list[Ticket]:
    """Tickets of these clients that were solved just now, or were told of just now."""
    fresh = dt.timedelta(days=FRESH_DAYS)
    told = TicketVerdict.objects.filter(ticket=OuterRef("pk"), at__gte=timezone.now() - fresh)
    rows = Ticket.objects.filter(
        case__client_id__in=client_ids,
        case__removed_at=None,
        case__client__removed_at=None,
        connection__removed_at=None,
        connection__active=True,
    ).filter(Q(case__resolved_on__gte=days.today() - fresh) | Q(Exists(told)))
    return list(rows.select_related("connection", "case"))


def tell(ticket: Ticket) -> TicketVerdict | None:
    """Put the verdict on record if the ticket has taken a turn; None where it was told already."""
    case: Any = ticket.case
    if case.state == "open" and not TicketVerdict.objects.filter(ticket=ticket).exists():
        return None  # nothing was ever said that has to be taken back
    answer = moment_of(case.pk, case.state)
    kept, fresh = TicketVerdict.objects.get_or_create(
        ticket=ticket,
        turn=_turn(answer.case, answer.ask_is_right),
        defaults=_verdict(ticket, answer),
    )
    if not fresh:
        return None
    if kept.note == TicketVerdict.Note.WAITING:
        enqueue_note(workspace_id=current_workspace_id(), verdict_id=kept.pk)
    return kept


def _verdict(ticket: Ticket, answer: MomentAnswer) -> dict[str, Any]:
    case, decision, may_ask = answer.case, answer.if_confirmed, answer.ask_is_right
    wanted = ticket.connection.write_notes and ticket.connection.peer in NOTE_PEERS
    return {
        "case": case,
        "at": timezone.now(),
        "state": case.state,
        "may_ask": may_ask,
        "because": _because(decision, may_ask),
        "said": {
            "headline": headline(case.state, may_ask),
            "reasons": [] if case.state == "open" else _reasons(decision),
            "say": _say(answer.wording) if may_ask else [],
        },
        "note": TicketVerdict.Note.WAITING if wanted else TicketVerdict.Note.NONE,
    }


def _turn(case: Any, may_ask: bool) -> str:
    """An ask that was made, or refused, closes the next one: no news for the ticket (P16)."""
    asks = "ask" if may_ask and case.state == "resolved" else ""
    return f"{case.state}.{case.reopened_times}.{asks}"


def _because(decision: Decision, may_ask: bool) -> str:
    if may_ask or not decision.reasons:
        return decision.because
    return decision.reasons[0].sentence


def _reasons(decision: Decision) -> list[list[str]]:
    return [[each.sentence, each.mend] for each in decision.reasons[:MOST_REASONS]]


def _say(wording: Wording | None) -> list[str]:
    steps = wording.steps if wording else ()
    return [step.say for step in steps if step.practice in _SAID_ALOUD]
