"""Chatwoot: a private message in the conversation.

github.com/chatwoot/chatwoot, `swagger/paths/application/conversation/messages/create.yml`
"""

from __future__ import annotations

from warmhand.apps.connections.calling import Call
from warmhand.wording.notes import VerdictNote

from .desk import Desk, NotePeer, in_path, json_call, root


def write(desk: Desk, ref: str, note: VerdictNote) -> Call:
    """`POST /api/v1/accounts/{account}/conversations/{id}/messages` with `private` true."""
    account = in_path(desk.account)
    return json_call(
        "POST",
        f"{root(desk)}/api/v1/accounts/{account}/conversations/{in_path(ref)}/messages",
        {"content": note.plain, "message_type": "outgoing", "private": True},
        api_access_token=desk.token,
    )


CHATWOOT = NotePeer(
    "chatwoot",
    write,
    key_label="Access token of an agent or a bot",
    account_label="Number of the account",
)
