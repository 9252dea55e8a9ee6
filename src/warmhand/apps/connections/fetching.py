"""Asking a peer's API for a ticket, where its hook tells too little (Freshdesk)."""

from __future__ import annotations

import json
from urllib.parse import quote

from django.conf import settings

from .calling import Call, Unreachable, call
from .models import Connection
from .notes.desk import basic
from .peers import freshdesk
from .peers.kinds import Read, Refetch, Trouble


def fetch(connection: Connection, asked: Refetch) -> Read:
    """The ticket as the API tells it now; what is in the way where it doesn't.

    Raises Unreachable where trying again may help.
    """
    if not connection.api_base or not connection.api_token:
        return _needs_api(connection)
    address = f"{connection.api_base.rstrip('/')}/api/v2/tickets/{quote(asked.ticket, safe='')}"
    headers = {"Authorization": basic(connection.api_token, "X")}
    request = Call("GET", f"{address}?include=requester", headers)
    try:
        answer = call(request, inside=settings.PRIVATE_HELPDESKS)
    except Unreachable as unreachable:
        if unreachable.passing:
            raise  # the job is tried again
        return _refused(connection, unreachable.sentence)
    if answer.status != 200 or answer.cut:
        return _refused(connection, f"it answered {answer.status}")
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return _refused(connection, "it answered no JSON")
    return freshdesk.fetched(found, asked, connection.settings)


def _needs_api(connection: Connection) -> Trouble:
    return Trouble(
        "needs_api",
        f"{connection.get_peer_display()} tells no time: the ticket has to be looked up.",
        "Give the address of its API and a token under “Verdict back”; then replay.",
        parked=True,
    )


def _refused(connection: Connection, why: str) -> Trouble:
    return Trouble(
        "api_refused",
        f"The ticket couldn't be looked up at {connection.get_peer_display()}: {why}",
        "Check the API's address and token under “Verdict back”; then replay.",
        parked=True,
    )
