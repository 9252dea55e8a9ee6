"""HubSpot: lists of changes, signed over method, address, body and time (version 3)."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from .kinds import (
    Adapter,
    Arrived,
    Heard,
    Option,
    Options,
    Read,
    Refusal,
    Sample,
    State,
    Trouble,
    What,
    Who,
)
from .reading import body_of, key_by_body, moment, number, parked, text, unknown_event
from .signing import b64, judged_in_time

SIGNATURE, STAMP = "x-hubspot-signature-v3", "x-hubspot-request-timestamp"
MILLISECONDS = 1000
_KEY = ("portalId", "subscriptionType", "objectId", "propertyName", "occurredAt", "eventId")
_STAGE = "hs_pipeline_stage"


def verify(arrived: Arrived, secrets: tuple[str, ...], now: dt.datetime) -> Refusal | None:
    """Version 3 only: those before have no time in them, so they could be replayed."""
    return judged_in_time(
        arrived,
        secrets,
        now,
        signature=SIGNATURE,
        stamp=STAMP,
        made=lambda secret, stamp: b64(secret, _signed(arrived, stamp)),
        per_second=MILLISECONDS,
    )


def _signed(arrived: Arrived, stamp: str) -> bytes:
    return f"{arrived.method}{arrived.uri}".encode() + arrived.raw + stamp.encode()


def read(arrived: Arrived, options: Options) -> list[Read]:
    """Each change of the list by itself: one that can't be read doesn't hold up the others."""
    body = body_of(arrived)
    if isinstance(body, Trouble):
        return [body]
    if not isinstance(body, list):
        return [unknown_event("")]
    return [_change(each, options) for each in body]


def _change(each: Any, options: Options) -> Read:
    kind = text(each, "subscriptionType")
    when = moment(number(each, "occurredAt"), per_second=MILLISECONDS)
    thing = kind.partition(".")[0]
    if thing not in _THINGS:
        return unknown_event(kind)
    if when is None or not text(each, "objectId"):
        return parked("The change lacks its time or its object.", "Look at the body; replay it.")
    key = ":".join(text(each, name, most=60) for name in _KEY)[:200]
    return _THINGS[thing](each, kind, key, when, options)


def _contact(each: Any, kind: str, key: str, when: dt.datetime, options: Options) -> Read:
    what = What.CONTACT_CHANGED
    if kind == "contact.privacyDeletion":
        what = What.CONTACT_ERASED
    value = text(each, "propertyValue").lower()
    if text(each, "propertyName") == "hs_email_optout" and value == "true":
        what = What.UNSUBSCRIBED
    return Heard(what, key, when, who=Who(ids=(text(each, "objectId"),)))


def _ticket(each: Any, kind: str, key: str, when: dt.datetime, options: Options) -> Read:
    state: State = ""
    if kind == "ticket.creation":
        state = "open"
    elif text(each, "propertyName") == _STAGE:
        solved = str(options.get("solved_stages") or "4").split(",")
        stage = text(each, "propertyValue")
        state = "resolved" if stage in {one.strip() for one in solved} else "open"
    what = What.RESOLVED if state == "resolved" else What.UPDATED
    return Heard(
        What.OPENED if kind == "ticket.creation" else what,
        key,
        when,
        ticket=text(each, "objectId"),
        state=state,
    )


def _other(each: Any, kind: str, key: str, when: dt.datetime, options: Options) -> Read:
    what = What.DEAL if kind.startswith("deal.") else What.NOTHING
    return Heard(what, key, when)


_THINGS = {"contact": _contact, "ticket": _ticket, "deal": _other, "company": _other}


def sign(raw: bytes, secret: str, uri: str, id_: str, now: dt.datetime) -> dict[str, str]:
    """As HubSpot signs."""
    stamp = str(int(now.timestamp() * MILLISECONDS))
    signed = _signed(Arrived(raw, {}, "POST", uri), stamp)
    return {STAMP: stamp, SIGNATURE: b64(secret, signed)}


def sample(about: Sample) -> bytes:
    """A ticket moved to its last stage. It names nobody: HubSpot's changes don't."""
    change = {
        "eventId": number(about.ticket) or 1,
        "subscriptionId": 1,
        "portalId": 1,
        "occurredAt": int(about.now.timestamp() * MILLISECONDS),
        "subscriptionType": "ticket.propertyChange",
        "attemptNumber": 0,
        "objectId": number(about.ticket) or 1,
        "propertyName": _STAGE,
        "propertyValue": "4",
    }
    return json.dumps([change]).encode()


ADAPTER = Adapter(
    verify=verify,
    key=key_by_body,
    read=read,
    sign=sign,
    sample=sample,
    made_by="them",
    steps=(
        (
            "In HubSpot open your app (a private or a public one), then Webhooks, and put this "
            "address there as the target."
        ),
        (
            "Subscribe to ticket creation, ticket property hs_pipeline_stage, contact property "
            "hs_email_optout and contact privacy deletion."
        ),
        "Under Auth copy the app's client secret and paste it here.",
        "HubSpot names a ticket by number only: we ask you once whose it is.",
    ),
    options=(
        Option("solved_stages", "Stages that mean solved", "4", "By id: 4 is Closed at first."),
    ),
)
