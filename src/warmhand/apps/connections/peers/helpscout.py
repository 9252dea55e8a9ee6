"""Help Scout: the event's name is in a header, the body is the conversation."""

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
    parked,
    text,
    unknown_event,
)
from .signing import b64, judged

SIGNATURE, EVENT = "x-helpscout-signature", "x-helpscout-event"
_STATES: dict[str, State] = {"active": "open", "pending": "open", "closed": "resolved", "spam": ""}
_PLAIN = {
    "convo.created": What.OPENED,
    "convo.status": What.UPDATED,
    "convo.deleted": What.UPDATED,
    "convo.assigned": What.UPDATED,
    "convo.moved": What.UPDATED,
    "convo.tags": What.UPDATED,
    "convo.agent.reply.created": What.UPDATED,
    "convo.customer.reply.created": What.UPDATED,
    "convo.note.created": What.NOTE,
}
_CUSTOMERS = {
    "customer.created": What.CONTACT_CHANGED,
    "customer.updated": What.CONTACT_CHANGED,
    "customer.deleted": What.CONTACT_ERASED,
}
_RATINGS = {"great": 10, "okay": 6, "not good": 2, "bad": 2}
"""On our scale of ten: their three faces."""


def verify(arrived: Arrived, secrets: tuple[str, ...], now: dt.datetime) -> Refusal | None:
    """Base64 HMAC-SHA1 of the body. There is no time in it."""
    given = arrived.headers.get(SIGNATURE, "")
    return judged(given, secrets, lambda secret: b64(secret, arrived.raw, "sha1"))


def _event(arrived: Arrived) -> str:
    return text(arrived.headers.get(EVENT, ""))


def key(arrived: Arrived) -> str:
    """It has no id: the event's name and the body together."""
    return hashed(_event(arrived).encode() + b"\n" + arrived.raw)


def kept(raw: bytes) -> bytes:
    """The body without the addresses of those in blind copy: they are nobody's business."""
    body = body_of(Arrived(raw, {}))
    if not isinstance(body, dict) or "bcc" not in body:
        return raw
    return json.dumps({name: value for name, value in body.items() if name != "bcc"}).encode()


def read(arrived: Arrived, options: Options) -> list[Read]:
    """A conversation, a customer or a rating, by the event's name.

    The name isn't signed: a conversation's body under a customer's event is not understood.
    """
    body, event = body_of(arrived), _event(arrived)
    if isinstance(body, Trouble):
        return [body]
    name = hashed(event.encode() + b"\n" + kept(arrived.raw))
    if event == "satisfaction.ratings":
        return [_rating(body, name)]
    if event in _CUSTOMERS and "status" not in body and "threads" not in body:
        when = moment(at(body, "updatedAt")) or moment(at(body, "createdAt"))
        when = when or dt.datetime.fromtimestamp(0, dt.UTC)
        return [Heard(_CUSTOMERS[event], name, when, who=_customer(body))]
    if event not in _PLAIN:
        return [unknown_event(event)]
    return [_conversation(body, event, name)]


def _conversation(body: Any, event: str, key_: str) -> Read:
    ticket, status = text(body, "id"), text(body, "status")
    closed = status == "closed"
    when = moment(at(body, "closedAt")) if closed else None
    when = when or moment(at(body, "userUpdatedAt"))
    if not ticket or when is None or status not in _STATES:
        return parked(
            "The conversation, its status or its time isn't told.", "Look at the body; replay it."
        )
    what = _PLAIN[event]
    state = "" if what is What.NOTE or event == "convo.deleted" else _STATES[status]
    return Heard(
        What.RESOLVED if state == "resolved" else what,
        key_,
        when,
        ticket=ticket,
        state=state,
        who=_who(body),
        title=text(body, "subject", most=LONGEST_TITLE),
        opened_at=moment(at(body, "createdAt")),
        assignee=text(body, "assignee", "email", most=254),
    )


def _who(body: Any) -> Who:
    """The customer; their address only where it is surely theirs."""
    found = _customer(at(body, "primaryCustomer"))
    author = at(body, "createdBy")
    same = text(author, "id") in found.ids and text(author, "type") == "customer"
    email = found.email or (text(author, "email", most=254) if same else "")
    return Who(found.ids, email, found.name)


def _customer(found: Any) -> Who:
    names = (text(found, "firstName") or text(found, "first"), text(found, "lastName"))
    email = text(found, "email", most=254) or text(found, "emails", 0, "value", most=254)
    return Who(
        ids=tuple(filter(None, (text(found, "id"),))),
        email=email or text(found, "_embedded", "emails", 0, "value", most=254),
        name=" ".join(filter(None, names)),
    )


def _rating(body: Any, key_: str) -> Read:
    score = _RATINGS.get(text(body, "rating").lower())
    when = moment(at(body, "modifiedAt")) or moment(at(body, "createdAt"))
    ticket = text(body, "conversationId") or text(body, "ticketId")
    if score is None or when is None or not ticket:
        return parked("The rating, its time or its conversation isn't told.", "Look at the body.")
    return Heard(
        What.RATED,
        key_,
        when,
        ticket=ticket,
        state="good" if score == max(_RATINGS.values()) else "",
        who=_customer(at(body, "customer")),
        score=score,
        words=text(body, "comments", most=LONGEST_WORDS),
    )


def sign(raw: bytes, secret: str, uri: str, id_: str, now: dt.datetime) -> dict[str, str]:
    """As Help Scout signs."""
    return {EVENT: "convo.status", SIGNATURE: b64(secret, raw, "sha1")}


def sample(about: Sample) -> bytes:
    """A conversation just closed."""
    when = about.now.isoformat()
    customer = {"id": f"test-{about.ticket}", "email": about.email, "first": about.name}
    body = {
        "id": about.ticket,
        "subject": about.title,
        "status": "closed",
        "closedAt": when,
        "userUpdatedAt": when,
        "primaryCustomer": customer,
    }
    return json.dumps(body).encode()


ADAPTER = Adapter(
    verify=verify,
    key=key,
    read=read,
    sign=sign,
    sample=sample,
    made_by="us",
    keeps=(EVENT,),
    kept=kept,
    steps=(
        "In Help Scout open Manage › Apps › Webhooks and install it.",
        "Put the secret of this page into “Secret key” and this address into “Callback URL”.",
        (
            "Tick: conversation created, conversation status updated, customer reply, satisfaction "
            "rating, customer deleted; save."
        ),
        "Help Scout names the customer by number only: the first time we ask you who it is.",
    ),
)
