"""What a helpdesk's answer to a note means: written, try again when, or give up and why."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Final

from warmhand.apps.connections.calling import Answer

LONGEST_WAIT: Final = dt.timedelta(hours=1)
_SAID: Final = 200
_REFUSED: Final = {
    401: "It doesn't know the token (401). Put in a new one.",
    403: "The token may not write notes (403). Give it that right, or put in another.",
    404: "It has no such ticket (404): deleted, or the address is of another account.",
    410: "The ticket is gone (410).",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt went. Not written and not `passing`: trying again would not help."""

    written: bool
    sentence: str = ""
    passing: bool = False
    wait: dt.timedelta | None = None
    """How long the peer wants to be left in peace, if it said so."""


def outcome_of(answer: Answer, *, now: dt.datetime) -> Outcome:
    """Read the answer to a note."""
    status = answer.status
    if 200 <= status < 300:
        return Outcome(written=True)
    if status == 429:
        wait = _wait(answer, now)
        return Outcome(False, "It asks us to wait (429).", passing=True, wait=wait)
    if status == 408 or status >= 500:
        wait = _wait(answer, now)
        return Outcome(False, f"It has a trouble of its own ({status}).", passing=True, wait=wait)
    if 300 <= status < 400:
        return Outcome(False, f"It sends us elsewhere ({status}). Check the address of its API.")
    return Outcome(
        False, _REFUSED.get(status) or f"It won't take the note ({status}){_said(answer)}"
    )


def _wait(answer: Answer, now: dt.datetime) -> dt.timedelta | None:
    """Retry-After as seconds or as a day and time; Help Scout's and Intercom's own headers."""
    for name in ("retry-after", "x-ratelimit-retry-after"):
        if (text := answer.headers.get(name, "").strip()).isdecimal():
            return min(dt.timedelta(seconds=int(text[:9])), LONGEST_WAIT)
    until = _moment(answer.headers)
    if until is None or until <= now:
        return None
    return min(until - now, LONGEST_WAIT)


def _moment(headers: Any) -> dt.datetime | None:
    reset = headers.get("x-ratelimit-reset", "").strip()
    try:
        if reset.isdecimal():
            return dt.datetime.fromtimestamp(int(reset[:12]), dt.UTC)
        found = parsedate_to_datetime(headers.get("retry-after", ""))
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _said(answer: Answer) -> str:
    """The peer's own words, short and in one line; none where they aren't JSON."""
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        return "."
    words = " ".join(_texts(told))
    shown = "".join(sign if sign.isprintable() else " " for sign in words)[:_SAID].strip()
    return f": {shown}" if shown else "."


def _texts(told: Any, depth: int = 0) -> list[str]:
    if isinstance(told, str):
        return [told]
    if depth > 4:
        return []
    inner = told.values() if isinstance(told, dict) else told if isinstance(told, list) else []
    return [text for each in inner for text in _texts(each, depth + 1)]
