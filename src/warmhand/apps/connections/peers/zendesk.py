"""Zendesk: events it has subscribed us to, and bodies that its administrator wrote."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
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
from .reading import (
    LONGEST_REF,
    LONGEST_TITLE,
    at,
    body_of,
    hashed,
    moment,
    number,
    parked,
    prose_day,
    text,
    unknown_event,
)
from .signing import b64, judged_in_time

SIGNATURE, STAMP = "x-zendesk-webhook-signature", "x-zendesk-webhook-signature-timestamp"
_PREFIX = "zen:event-type:"
_STATES: dict[str, State] = {
    "new": "open",
    "open": "open",
    "pending": "open",
    "hold": "open",
    "on-hold": "open",
    "solved": "resolved",
    # What was solved is closed weeks later, by the clock: no news of the client's concern.
    "closed": "",
    "deleted": "",
    "archived": "",
    "scrubbed": "",
}
_KEYS = {
    "ticket": "ticket_id",
    "status": "ticket_status",
    "time": "updated_at",
    "title": "ticket_title",
    "requester_id": "requester_id",
    "email": "requester_email",
    "name": "requester_full_name",
    "rating": "satisfaction",
    "assignee": "assignee_email",
}


BAD_SCORE = 2
"""Of ten: Zendesk knows good and bad alone."""
_PASTE = (
    "Paste the body of this page into the trigger at Zendesk, or say what the key is called there; "
    "then replay."
)


def verify(arrived: Arrived, secrets: tuple[str, ...], now: dt.datetime) -> Refusal | None:
    """Base64 HMAC-SHA256 of the time and the body, nothing between them."""
    return judged_in_time(
        arrived,
        secrets,
        now,
        signature=SIGNATURE,
        stamp=STAMP,
        made=lambda secret, stamp: b64(secret, stamp.encode() + arrived.raw),
    )


def key(arrived: Arrived) -> str:
    """The event's id; a body that an administrator wrote has none."""
    return text(body_of(arrived), "id") or hashed(arrived.raw)


def read(arrived: Arrived, options: Options) -> list[Read]:
    """Either form, told apart by the type of an event."""
    body = body_of(arrived)
    if isinstance(body, Trouble):
        return [body]
    kind = text(body, "type")
    if kind.startswith(_PREFIX):
        return [_event(body, kind.removeprefix(_PREFIX), arrived)]
    return _written(body, options, arrived)


def _event(body: Any, kind: str, arrived: Arrived) -> Read:
    if not kind.startswith("ticket."):
        return unknown_event(kind)
    ticket = text(body, "detail", "id") or text(body, "subject").rpartition(":")[2]
    when = moment(at(body, "time")) or moment(at(body, "detail", "updated_at"))
    if not ticket or when is None:
        return parked("The event lacks its ticket or its time.", "Look at the body; replay it.")
    what, state = _meaning(body, kind)
    return Heard(
        what=what,
        key=key(arrived),
        happened_at=when,
        ticket=ticket,
        state=state,
        sequence=number(body, "event", "meta", "sequence", "position") or 0,
        who=Who(ids=_ids(text(body, "detail", "requester_id"))),
        title=text(body, "detail", "subject", most=LONGEST_TITLE),
        opened_at=moment(at(body, "detail", "created_at")),
    )


def _meaning(body: Any, kind: str) -> tuple[What, State]:
    """What an event means; only the status it tells of counts, never the ticket's of later on."""
    if kind == "ticket.created":
        return What.OPENED, "open"
    if kind == "ticket.comment_added":
        private = at(body, "event", "comment", "is_public") is False
        return (What.NOTE if private else What.UPDATED), ""
    if kind != "ticket.status_changed":
        return What.UPDATED, ""
    state = _STATES.get(text(body, "event", "current").lower(), "")
    if state == "resolved":
        return What.RESOLVED, state
    was = text(body, "event", "previous").lower()
    return (What.REOPENED if state and was == "solved" else What.UPDATED), state


def _ids(said: str) -> tuple[str, ...]:
    return (said,) if said else ()


def _written(body: Any, options: Options, arrived: Arrived) -> list[Read]:
    """A body of the administrator's own making, by the names that the connection was told."""
    keys = {name: str(options.get(name) or preset) for name, preset in _KEYS.items()}
    found = {name: text(body, said, most=LONGEST_TITLE) for name, said in keys.items()}
    if not found["ticket"]:
        return [unknown_event("")]
    when = moment(at(body, keys["time"])) or prose_day(at(body, keys["time"]))
    if when is None or not found["status"]:
        missing = keys["status"] if not found["status"] else keys["time"]
        return [parked(f"The body has no '{missing}' that can be read.", _PASTE)]
    state = _status(found["status"], options)
    if state is None:
        lift = "Name it under 'Words for solved' if it means that; then replay."
        return [parked(f"The status '{found['status']}' isn't known.", lift)]
    change = Heard(
        what=What.RESOLVED if state == "resolved" else What.UPDATED,
        key=hashed(arrived.raw),
        happened_at=when,
        ticket=found["ticket"][:LONGEST_REF],
        state=state,
        who=Who(_ids(found["requester_id"]), found["email"], found["name"]),
        title=found["title"],
        assignee=found["assignee"],
    )
    return [change, *_rating(change, found["rating"].lower())]


def _rating(change: Heard, said: str) -> list[Read]:
    """Zendesk repeats the rating with whatever happens later: a bad one is kept once (P7)."""
    if said.startswith("good") and change.state != "open":
        return [replace(change, what=What.RATED, state="still_good", key=f"{change.key}:good")]
    if said.startswith("bad"):
        key_ = f"bad:{change.ticket}"
        return [replace(change, what=What.RATED, state="", key=key_, score=BAD_SCORE)]
    return []


def _status(said: str, options: Options) -> State | None:
    words = str(options.get("solved_words") or "").lower().split(",")
    if said.lower() in {word.strip() for word in words if word.strip()}:
        return "resolved"
    return _STATES.get(said.lower())


def sign(raw: bytes, secret: str, uri: str, id_: str, now: dt.datetime) -> dict[str, str]:
    """As Zendesk signs."""
    stamp = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {STAMP: stamp, SIGNATURE: b64(secret, stamp.encode() + raw)}


def sample(about: Sample) -> bytes:
    """A ticket just solved, in the administrator's form: it names the requester's address."""
    body = {
        "ticket_id": about.ticket,
        "ticket_title": about.title,
        "ticket_status": "Solved",
        "updated_at": about.now.isoformat(),
        "requester_email": about.email,
        "requester_full_name": about.name,
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
            "In Zendesk's Admin Center open Apps and integrations › Webhooks and create one of "
            "the kind “Trigger or automation”, with this address, POST and JSON."
        ),
        "Open the webhook, choose “Reveal secret”, and paste the secret here.",
        (
            "Under Objects and rules › Triggers add one for “Ticket is updated” and “Status "
            "changed”, with the action “Notify active webhook” and the body below."
        ),
        "Send a test event from this page, then solve a ticket of your own.",
    ),
    body_to_paste=json.dumps(
        {
            "ticket_id": "{{ticket.id}}",
            "ticket_title": "{{ticket.title}}",
            "ticket_status": "{{ticket.status}}",
            "updated_at": "{{ticket.updated_at_with_timestamp}}",
            "requester_id": "{{ticket.requester.id}}",
            "requester_email": "{{ticket.requester.email}}",
            "requester_full_name": "{{ticket.requester.name}}",
            "satisfaction": "{{satisfaction.current_rating}}",
            "assignee_email": "{{ticket.assignee.email}}",
        },
        indent=2,
    ),
    options=(
        Option(
            "solved_words", "Words for solved", "Solved", "If your Zendesk speaks another language."
        ),
        *(
            Option(name, f"Key of the {label}", _KEYS[name], "In the body of your trigger.")
            for name, label in {
                "ticket": "ticket's number",
                "status": "status",
                "time": "time of the change",
                "title": "subject",
                "requester_id": "requester's id",
                "email": "requester's address",
                "name": "requester's name",
                "rating": "satisfaction",
                "assignee": "assignee's address",
            }.items()
        ),
    ),
)
