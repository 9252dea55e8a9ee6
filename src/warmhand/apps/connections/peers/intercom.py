"""Intercom: notifications of both generations of payload (2019 and 2026)."""

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
    Who,
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
from .signing import hexed, judged

SIGNATURE = "x-hub-signature"
_CONVERSATIONS: dict[str, tuple[What, State]] = {
    "conversation.user.created": (What.OPENED, "open"),
    "conversation.admin.closed": (What.RESOLVED, "resolved"),
    "conversation.admin.opened": (What.REOPENED, "open"),
    "conversation.admin.snoozed": (What.UPDATED, "open"),
    "conversation.admin.unsnoozed": (What.UPDATED, "open"),
    # A client who writes again opens what was closed.
    "conversation.user.replied": (What.UPDATED, "open"),
    "conversation.admin.replied": (What.UPDATED, ""),
    "conversation.admin.assigned": (What.UPDATED, ""),
    "conversation.admin.noted": (What.NOTE, ""),
    "conversation.rating.added": (What.RATED, ""),
}
_CONTACTS = {
    "contact.unsubscribed": What.UNSUBSCRIBED,
    "user.unsubscribed": What.UNSUBSCRIBED,
    "contact.deleted": What.CONTACT_ERASED,
    "user.deleted": What.CONTACT_ERASED,
    "contact.user.updated": What.CONTACT_CHANGED,
    "contact.lead.updated": What.CONTACT_CHANGED,
    "user.email.updated": What.CONTACT_CHANGED,
}
GOOD = 4
"""Of five."""


def verify(arrived: Arrived, secrets: tuple[str, ...], now: dt.datetime) -> Refusal | None:
    """`sha1=` and the hexadecimal HMAC-SHA1 of the body. There is no time in it."""
    given = arrived.headers.get(SIGNATURE, "")
    return judged(given, secrets, lambda secret: f"sha1={hexed(secret, arrived.raw, 'sha1')}")


def key(arrived: Arrived) -> str:
    """The notification's id, the same when it is tried again; a ping has none."""
    return text(body_of(arrived), "id") or hashed(arrived.raw)


def read(arrived: Arrived, options: Options) -> list[Read]:
    """A notification by its topic."""
    body = body_of(arrived)
    if isinstance(body, Trouble):
        return [body]
    topic, item = text(body, "topic"), at(body, "data", "item")
    when = moment(at(item, "updated_at")) or moment(at(body, "created_at"))
    if topic == "ping":
        said = when or dt.datetime.fromtimestamp(0, dt.UTC)
        return [Heard(What.NOTHING, key(arrived), said)]
    if topic in _CONTACTS:
        when = moment(at(body, "created_at")) or when
    known = topic in _CONVERSATIONS or topic in _CONTACTS or topic.startswith("ticket.")
    if not known:
        return [unknown_event(topic)]
    if when is None:
        return [parked("The notification lacks its time.", "Look at the body; replay it.")]
    if topic in _CONTACTS:
        return [_contact(_CONTACTS[topic], item, key(arrived), when)]
    return [_conversation(topic, item, key(arrived), when)]


def _contact(what: What, item: Any, key_: str, when: dt.datetime) -> Read:
    found = at(item, "contact") or item
    return Heard(what, key_, when, who=person(found))


def _conversation(topic: str, item: Any, key_: str, when: dt.datetime) -> Read:
    ticket = text(item, "id") or text(item, "ticket_id")
    if not ticket:
        return parked("The notification doesn't name its conversation.", "Look at the body.")
    meaning = _ticket(item) if topic.startswith("ticket.") else _CONVERSATIONS[topic]
    if meaning is None:
        return parked("The ticket's state isn't told.", "Look at the body; replay it.")
    what, state = meaning
    score, words = None, ""
    if what is What.RATED:
        rating = number(item, "conversation_rating", "rating")
        if rating is None or not 1 <= rating <= 5:
            return parked("The rating isn't told.", "Look at the body; replay it.")
        score, state = rating * 2, "good" if rating >= GOOD else ""
        words = text(item, "conversation_rating", "remark", most=LONGEST_WORDS)
    return Heard(
        what,
        key_,
        when,
        ticket=ticket,
        state=state,
        who=_client(item),
        title=_title(item),
        opened_at=moment(at(item, "created_at")),
        assignee=text(item, "assignee", "email", most=254),
        score=score,
        words=words,
    )


def _ticket(item: Any) -> tuple[What, State] | None:
    category = text(item, "ticket_state", "category") or text(item, "ticket_state")
    if not category:
        return None
    return (What.RESOLVED, "resolved") if category == "resolved" else (What.UPDATED, "open")


def _client(item: Any) -> Who:
    """Whose conversation it is: one person in the form of 2019, a list or one in that of 2026."""
    found = at(item, "contact") or at(item, "user") or {}
    first = at(item, "contacts", "contacts", 0) or at(item, "contacts", 0) or {}
    one, other = person(found), person(first)
    return Who(
        tuple(dict.fromkeys((*one.ids, *other.ids))),
        one.email or other.email,
        one.name or other.name,
    )


def _title(item: Any) -> str:
    """The subject a client gave. The body of a message is no title."""
    return (
        text(item, "title", most=LONGEST_TITLE)
        or text(item, "ticket_attributes", "_default_title_", most=LONGEST_TITLE)
        or text(item, "source", "subject", most=LONGEST_TITLE)
        or text(item, "conversation_message", "subject", most=LONGEST_TITLE)
    )


def sign(raw: bytes, secret: str, uri: str, id_: str, now: dt.datetime) -> dict[str, str]:
    """As Intercom signs."""
    return {SIGNATURE: f"sha1={hexed(secret, raw, 'sha1')}"}


def sample(about: Sample) -> bytes:
    """A conversation just closed."""
    seconds = int(about.now.timestamp())
    item = {
        "type": "conversation",
        "id": about.ticket,
        "title": about.title,
        "state": "closed",
        "updated_at": seconds,
        "contact": {"id": f"test-{about.ticket}", "email": about.email, "name": about.name},
    }
    body = {
        "type": "notification_event",
        "id": f"notif_test_{about.ticket}",
        "topic": "conversation.admin.closed",
        "created_at": seconds,
        "data": {"type": "notification_event_data", "item": item},
    }
    return json.dumps(body).encode()


ADAPTER = Adapter(
    verify=verify,
    key=key,
    read=read,
    sign=sign,
    sample=sample,
    made_by="them",
    steps=(
        (
            "In Intercom's Developer Hub open your app (or make one), then Configure › Webhooks, "
            "and put this address there."
        ),
        (
            "Choose the topics conversation.admin.closed, .opened and .snoozed, "
            "conversation.user.created and .replied, conversation.rating.added, ticket.closed, "
            "contact.unsubscribed and contact.deleted."
        ),
        "Under Basic information copy the app's client secret and paste it here.",
        "Intercom stops sending after errors of a few days: this page tells you when it is silent.",
    ),
    silent_days=3,
)
