"""Help Scout: a note thread in the conversation, after changing the app's secret for a token.

https://developer.helpscout.com/mailbox-api/endpoints/conversations/threads/note/
https://developer.helpscout.com/mailbox-api/overview/authentication/#client-credentials-flow
"""

from __future__ import annotations

from warmhand.apps.connections.calling import Call
from warmhand.wording.notes import VerdictNote

from .desk import Desk, NotePeer, bearer, in_path, json_call, root


def sign_in(desk: Desk) -> Call:
    """`POST /v2/oauth2/token`: an access token for the app itself."""
    return json_call(
        "POST",
        f"{root(desk)}/v2/oauth2/token",
        {
            "grant_type": "client_credentials",
            "client_id": desk.user,
            "client_secret": desk.token,
        },
    )


def write(desk: Desk, ref: str, note: VerdictNote) -> Call:
    """`POST /v2/conversations/{id}/notes`; the token is the one that signing in has brought."""
    return json_call(
        "POST",
        f"{root(desk)}/v2/conversations/{in_path(ref)}/notes",
        {"text": note.html},
        Authorization=bearer(desk.token),
    )


HELPSCOUT = NotePeer(
    "helpscout",
    write,
    base="https://api.helpscout.net",
    key_label="App secret",
    user_label="App id",
    sign_in=sign_in,
)
