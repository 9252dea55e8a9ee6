"""One attempt to write a note: sign in where that is needed, send, read the answer."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import replace

from warmhand.apps.connections.calling import Unreachable, call
from warmhand.problems import Problem
from warmhand.wording.notes import VerdictNote

from .answers import Outcome, outcome_of
from .desk import Desk, NotePeer


def send(
    peer: NotePeer,
    desk: Desk,
    ref: str,
    note: VerdictNote,
    *,
    inside: Collection[str],
    now: dt.datetime,
) -> Outcome:
    """Write a note on the ticket that the peer calls `ref`; never raises for what the peer does.

    `inside`: hosts that may be in our own network (see `calling`).
    """
    try:
        if peer.sign_in is not None:
            given = call(peer.sign_in(desk), inside=inside)
            refused = outcome_of(given, now=now)
            if not refused.written:
                return refused
            desk = replace(desk, token=_token(given.body))
        return outcome_of(call(peer.write(desk, ref, note), inside=inside), now=now)
    except Unreachable as wrong:
        return Outcome(False, wrong.sentence, passing=wrong.passing)
    except Problem as wrong:
        said = " ".join(place.sentence for place in wrong.places) or wrong.sentence
        return Outcome(False, said)


def _token(body: bytes) -> str:
    """The token in the answer to signing in; empty, and so refused, where there is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    token = found.get("access_token") if isinstance(found, dict) else ""
    return token if isinstance(token, str) else ""
