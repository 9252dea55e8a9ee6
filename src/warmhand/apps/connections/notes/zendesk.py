"""Zendesk: a comment that isn't public, by updating the ticket.

https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket
"""

from __future__ import annotations

from warmhand.apps.connections.calling import Call
from warmhand.wording.notes import VerdictNote

from .desk import Desk, NotePeer, basic, in_path, json_call, root


def write(desk: Desk, ref: str, note: VerdictNote) -> Call:
    """`PUT /api/v2/tickets/{id}.json`; the status of the ticket is left alone."""
    return json_call(
        "PUT",
        f"{root(desk)}/api/v2/tickets/{in_path(ref)}.json",
        {"ticket": {"comment": {"html_body": note.html, "public": False}}},
        Authorization=basic(f"{desk.user}/token", desk.token),
    )


ZENDESK = NotePeer(
    "zendesk",
    write,
    user_label="E-mail address of the person whose token it is",
)
