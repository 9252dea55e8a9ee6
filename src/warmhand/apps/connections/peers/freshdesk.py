"""Freshdesk: automation rules. Neither signed nor dated, so the ticket is fetched."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import re
from typing import Any

from .kinds import (
    Adapter,
    Arrived,
    Heard,
    Option,
    Options,
    Read,
    Refetch,
    Refusal,
    Sample,
    Trouble,
    What,
    Who,
)
from .reading import (
    LONGEST_TITLE,
    at,
    body_of,
    hashed,
    key_by_body,
    moment,
    parked,
    text,
    unknown_event,
)
from .signing import judged

HEADER = "x-warmhand-secret"
_STATUS = re.compile(r"(?:^|[{,\s])status:\{from:(\d{1,9}|\*),to:(\d{1,9})\}")
_KNOWN = re.compile(r"\{?(ticket_action:created|(priority|ticket_type|group_id|responder_id)[:{])")


def verify(arrived: Arrived, secrets: tuple[str, ...], now: dt.datetime) -> Refusal | None:
    """The secret itself, in a header of its own or as the password of basic authentication."""
    given = arrived.headers.get(HEADER) or _password(arrived.headers.get("authorization", ""))
    return judged(given, secrets, str)


def _password(header: str) -> str:
    kind, _, said = header.partition(" ")
    if kind.lower() != "basic":
        return ""
    try:
        return base64.b64decode(said, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def read(arrived: Arrived, options: Options) -> list[Read]:
    """A status changed, or a ticket was opened; the time comes from the body or from the API."""
    body = body_of(arrived)
    if isinstance(body, Trouble):
        return [body]
    ticket = text(body, "freshdesk_webhook", "ticket_id")
    event = text(body, "freshdesk_webhook", "triggered_event", most=500).replace(" ", "")
    moved = _STATUS.search(event)
    if not ticket or not (moved or _KNOWN.match(event)):
        return [unknown_event(event)]
    found = at(body, "freshdesk_webhook")
    when = moment(at(found, "updated_at"))
    if when is None:
        assignee = text(found, "agent_email", most=254)
        return [Refetch(ticket, hashed(arrived.raw), _who(found), _title(found), assignee)]
    return [_heard(found, ticket, moved, event, when, options, hashed(arrived.raw))]


def _heard(
    found: Any,
    ticket: str,
    moved: re.Match[str] | None,
    event: str,
    when: dt.datetime,
    options: Options,
    key: str,
) -> Heard:
    solved = bool(moved) and is_solved(moved.group(2) if moved else "", options)
    created = "ticket_action:created" in event
    moved_on = What.RESOLVED if solved else What.UPDATED
    return Heard(
        what=What.OPENED if created else moved_on,
        key=key,
        happened_at=when,
        ticket=ticket,
        state="resolved" if solved else "open" if moved or created else "",
        who=_who(found),
        title=_title(found),
        assignee=text(found, "agent_email", most=254),
    )


def is_solved(status: str, options: Options) -> bool:
    """Whether a status means solved in this account: 4 and 5 everywhere, more as the owner says."""
    said = str(options.get("solved_ids") or "4, 5").split(",")
    return status in {each.strip() for each in said}


def fetched(answer: Any, asked: Refetch, options: Options) -> Read:
    """What the API says of a ticket (GET /api/v2/tickets/ID?include=requester)."""
    when, status = moment(at(answer, "updated_at")), text(answer, "status")
    if when is None or not status:
        return parked("Freshdesk's API told no time or no status.", "Replay it.")
    solved = is_solved(status, options)
    email = text(answer, "requester", "email", most=254)
    name = text(answer, "requester", "name")
    return Heard(
        what=What.RESOLVED if solved else What.UPDATED,
        key=f"{asked.ticket}@{when.isoformat()}:{status}",
        happened_at=when,
        ticket=asked.ticket,
        state="resolved" if solved else "open",
        who=Who(_ids(answer), email or asked.who.email, name or asked.who.name),
        title=text(answer, "subject", most=LONGEST_TITLE) or asked.title,
        opened_at=moment(at(answer, "created_at")),
        assignee=asked.assignee,
    )


def _ids(answer: Any) -> tuple[str, ...]:
    said = text(answer, "requester_id")
    return (said,) if said else ()


def _who(found: Any) -> Who:
    email = text(found, "requester_email", most=254)
    return Who(email=email, name=text(found, "requester_name"))


def _title(found: Any) -> str:
    return text(found, "ticket_subject", most=LONGEST_TITLE)


def sign(raw: bytes, secret: str, uri: str, id_: str, now: dt.datetime) -> dict[str, str]:
    """As Freshdesk is told to do it."""
    return {HEADER: secret}


def sample(about: Sample) -> bytes:
    """A ticket just solved; the time is in the body, so that nothing has to be fetched."""
    body = {
        "triggered_event": "{status:{from:2,to:4}}",
        "ticket_id": about.ticket,
        "ticket_subject": about.title,
        "ticket_status": "Resolved",
        "requester_email": about.email,
        "requester_name": about.name,
        "updated_at": about.now.isoformat(),
    }
    return json.dumps({"freshdesk_webhook": body}).encode()


ADAPTER = Adapter(
    verify=verify,
    key=key_by_body,
    read=read,
    sign=sign,
    sample=sample,
    made_by="us",
    hear_again=True,
    steps=(
        (
            "In Freshdesk open Admin › Workflows › Automations › Ticket updates and add a rule: "
            "when the status is changed, by anybody."
        ),
        (
            "As its action choose “Trigger webhook”: POST, this address, JSON, and the content "
            "below (advanced)."
        ),
        f"Add the custom header {HEADER.title()} with the secret of this page.",
        (
            "Freshdesk tells no time with it, so we look the ticket up: under “Verdict back” put "
            "your address (https://you.freshdesk.com) and an agent's API key."
        ),
    ),
    body_to_paste=json.dumps(
        {
            "freshdesk_webhook": {
                "triggered_event": "{{triggered_event}}",
                "ticket_id": "{{ticket.id}}",
                "ticket_subject": "{{ticket.subject}}",
                "ticket_status": "{{ticket.status}}",
                "requester_name": "{{ticket.requester.name}}",
                "requester_email": "{{ticket.requester.email}}",
                "agent_email": "{{ticket.agent.email}}",
            }
        },
        indent=2,
    ),
    options=(
        Option(
            "solved_ids", "Statuses that mean solved", "4, 5", "By number: 4 is Resolved, 5 Closed."
        ),
    ),
)
