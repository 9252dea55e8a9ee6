"""Chatwoot: webhooks of an account. Versions that don't sign are refused."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from .kinds import (
    Adapter,
    Arrived,
    Heard,
    Options,
    Read,
    Refusal,
    Sample,
    State,
    Trouble,
    What,
)
from .reading import (
    LONGEST_TITLE,
    LONGEST_WORDS,
    at,
    body_of,
    hashed,
    moment,
    number,
    parked,
    person,
    text,
    unknown_event,
)
from .signing import hexed, judged_in_time

SIGNATURE, STAMP, DELIVERY = (
    "x-chatwoot-signature",
    "x-chatwoot-timestamp",
    "x-chatwoot-delivery",
)
_STATES: dict[str, State] = {
    "open": "open",
    "pending": "open",
    "snoozed": "open",
    "resolved": "resolved",
}
_CONVERSATIONS = {
    "conversation_created": What.OPENED,
    "conversation_status_changed": What.UPDATED,
    "conversation_updated": What.UPDATED,
}
_MESSAGES = {"message_created", "message_updated"}
_CONTACTS = {"contact_created", "contact_updated"}
_SILENT = {"conversation_typing_on", "conversation_typing_off", "webwidget_triggered"}
GOOD = 4
"""Of five."""


def verify(arrived: Arrived, secrets: tuple[str, ...], now: dt.datetime) -> Refusal | None:
    """`sha256=` and the hexadecimal HMAC-SHA256 of `time.body`."""
    return judged_in_time(
        arrived,
        secrets,
        now,
        signature=SIGNATURE,
        stamp=STAMP,
        made=lambda secret, stamp: _signature(arrived.raw, secret, stamp),
    )


def _signature(raw: bytes, secret: str, stamp: str) -> str:
    return f"sha256={hexed(secret, stamp.encode() + b'.' + raw)}"


def key(arrived: Arrived) -> str:
    """The delivery's id from its header: the `id` in the body is the conversation's."""
    said = "".join(arrived.headers.get(DELIVERY, "").split())[:200]
    return said if said.isascii() and said else hashed(arrived.raw)


def read(arrived: Arrived, options: Options) -> list[Read]:
    """An event by its name."""
    body = body_of(arrived)
    if isinstance(body, Trouble):
        return [body]
    event = text(body, "event")
    when = _time(body, arrived, event)
    if event in _SILENT or event in _CONTACTS:
        what = What.CONTACT_CHANGED if event in _CONTACTS else What.NOTHING
        when = when or dt.datetime.fromtimestamp(0, dt.UTC)
        return [Heard(what, key(arrived), when, who=person(body))]
    if event not in _CONVERSATIONS and event not in _MESSAGES:
        return [unknown_event(event)]
    if when is None:
        return [parked("The event lacks its time.", "Look at the body; replay it.")]
    if event in _MESSAGES:
        return [_message(body, key(arrived), when)]
    return [_conversation(body, event, key(arrived), when)]


def _time(body: Any, arrived: Arrived, event: str) -> dt.datetime | None:
    """When the conversation or message last changed; else the signed time of sending."""
    names = ("updated_at", "created_at") if event in _MESSAGES else ("updated_at", "timestamp")
    for name in names:
        if found := _seconds(body, name):
            return found
    said = number(arrived.headers.get(STAMP, ""))
    return moment(said) if said is not None else None


def _conversation(body: Any, event: str, key_: str, when: dt.datetime) -> Read:
    ticket, status = text(body, "id"), text(body, "status")
    if not ticket or status not in _STATES:
        return parked("The conversation or its status isn't told.", "Look at the body; replay it.")
    state = _STATES[status]
    what = What.RESOLVED if state == "resolved" else _CONVERSATIONS[event]
    if state == "open" and _was(body) == "resolved":
        what = What.REOPENED
    return Heard(
        what,
        key_,
        when,
        ticket=ticket,
        state=state,
        who=person(at(body, "meta", "sender")),
        title=text(body, "additional_attributes", "mail_subject", most=LONGEST_TITLE),
        opened_at=_seconds(body, "created_at"),
        assignee=text(body, "meta", "assignee", "email", most=254),
    )


def _seconds(body: Any, name: str) -> dt.datetime | None:
    said = number(body, name)
    return moment(at(body, name) if said is None else said)


def _was(body: Any) -> str:
    changed = at(body, "changed_attributes")
    for each in changed if isinstance(changed, list) else []:
        if said := text(each, "status", "previous_value"):
            return said
    return ""


def _message(body: Any, key_: str, when: dt.datetime) -> Read:
    """A message is no news of a status, except where it holds the client's rating."""
    ticket = text(body, "conversation", "id") or text(body, "conversation", "display_id")
    if not ticket:
        return parked("The message doesn't name its conversation.", "Look at the body.")
    if at(body, "private") is True:
        return Heard(What.NOTE, key_, when, ticket=ticket)
    answered = ("content_attributes", "submitted_values", "csat_survey_response")
    rating = number(body, *answered, "rating")
    rated = rating is not None and 1 <= rating <= 5
    sender = at(body, "conversation", "meta", "sender") or at(body, "contact")
    return Heard(
        What.RATED if rated else What.UPDATED,
        f"csat:{text(body, 'id')}:{rating}" if rated else key_,
        when,
        ticket=ticket,
        state="good" if rated and (rating or 0) >= GOOD else "",
        who=person(sender),
        score=(rating or 0) * 2 if rated else None,
        words=text(body, *answered, "feedback_message", most=LONGEST_WORDS) if rated else "",
    )


def sign(raw: bytes, secret: str, uri: str, id_: str, now: dt.datetime) -> dict[str, str]:
    """As Chatwoot signs."""
    stamp = str(int(now.timestamp()))
    return {STAMP: stamp, DELIVERY: id_, SIGNATURE: _signature(raw, secret, stamp)}


def sample(about: Sample) -> bytes:
    """A conversation just resolved."""
    body = {
        "event": "conversation_status_changed",
        "id": about.ticket,
        "status": "resolved",
        "updated_at": about.now.timestamp(),
        "additional_attributes": {"mail_subject": about.title},
        "changed_attributes": [{"status": {"previous_value": "open", "current_value": "resolved"}}],
        "meta": {
            "sender": {"id": f"test-{about.ticket}", "name": about.name, "email": about.email}
        },
    }
    return json.dumps(body).encode()


ADAPTER = Adapter(
    verify=verify,
    key=key,
    read=read,
    sign=sign,
    sample=sample,
    made_by="them",
    keeps=(STAMP, DELIVERY),
    steps=(
        "In Chatwoot open Settings › Integrations › Webhooks and add one with this address.",
        (
            "Tick: conversation created, conversation status changed, conversation updated, "
            "message updated."
        ),
        (
            "Copy the secret that Chatwoot shows for the webhook and paste it here. A version that "
            "shows none doesn't sign, and its deliveries are refused: update it first."
        ),
    ),
)
