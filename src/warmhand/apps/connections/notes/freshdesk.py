"""Freshdesk: a private note on the ticket.

https://developers.freshdesk.com/api/#add_note_to_a_ticket
"""

from __future__ import annotations

from warmhand.apps.connections.calling import Call
from warmhand.wording.notes import VerdictNote

from .desk import Desk, NotePeer, basic, in_path, json_call, root


def write(desk: Desk, ref: str, note: VerdictNote) -> Call:
    """`POST /api/v2/tickets/{id}/notes`; the password beside the key is ignored by the peer."""
    return json_call(
        "POST",
        f"{root(desk)}/api/v2/tickets/{in_path(ref)}/notes",
        {"body": note.html, "private": True},
        Authorization=basic(desk.token, "X"),
    )


FRESHDESK = NotePeer(
    "freshdesk",
    write,
    key_label="API key",
)
