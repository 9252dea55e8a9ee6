"""Intercom: a reply to the conversation of the kind that only colleagues see.

github.com/intercom/Intercom-OpenAPI, `descriptions/2.14/api.intercom.io.yaml`, replyConversation
"""

from __future__ import annotations

from warmhand.apps.connections.calling import Call
from warmhand.wording.notes import VerdictNote

from .desk import Desk, NotePeer, bearer, in_path, json_call, root

VERSION = "2.14"


def write(desk: Desk, ref: str, note: VerdictNote) -> Call:
    """`POST /conversations/{id}/reply` with `message_type` note, as an admin."""
    return json_call(
        "POST",
        f"{root(desk)}/conversations/{in_path(ref)}/reply",
        {"message_type": "note", "type": "admin", "admin_id": desk.user, "body": note.html},
        Authorization=bearer(desk.token),
        Intercom_Version=VERSION,
    )


INTERCOM = NotePeer(
    "intercom",
    write,
    base="https://api.intercom.io",
    key_label="Access token",
    user_label="Number of the teammate (admin id) who writes the note",
)
