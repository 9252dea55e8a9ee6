"""Histories of tickets as each peer tells them, and what they come to by a second reckoning."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from zoneinfo import ZoneInfo

ADA = "ada@kettle.example"
BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Step:
    """One thing that happened: opened, resolved, reopened, confirmed, updated."""

    what: str
    at: dt.datetime


@dataclass(frozen=True)
class Sent:
    """A delivery: its body, the headers besides the signature, its own id."""

    body: object
    id: str
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def raw(self) -> bytes:
        return json.dumps(self.body).encode()


def millis(at):
    return int(at.timestamp() * 1000)


def zendesk(step, ticket, n):
    states = {"opened": "NEW", "resolved": "SOLVED", "reopened": "OPEN", "updated": "CLOSED"}
    if step.what == "confirmed":
        body = {
            "ticket_id": ticket, "ticket_status": "Closed", "satisfaction": "Good",
            "updated_at": step.at.isoformat(), "requester_email": ADA, "ticket_title": "Ropes",
        }  # fmt: skip
        return Sent(body, f"b{n}")
    was = {"opened": None, "resolved": "OPEN", "reopened": "SOLVED", "updated": "SOLVED"}
    body = {
        "type": f"zen:event-type:ticket.{'created' if step.what == 'opened' else 'status_changed'}",
        "id": f"e-{ticket}-{n}",
        "time": step.at.strftime("%Y-%m-%dT%H:%M:%S.987654321Z"),
        "detail": {"id": ticket, "requester_id": "u-1", "subject": "Ropes"},
        "event": {"current": states[step.what], "previous": was[step.what]},
    }
    return Sent(body, f"e{n}")


def freshdesk(step, ticket, n):
    moves = {
        "opened": "{ticket_action:created}",
        "resolved": "{status:{from:2,to:4}}",
        "reopened": "{status:{from:4,to:2}}",
        "updated": "{priority:{from:1,to:2}}",
    }
    found = {
        "triggered_event": moves[step.what], "ticket_id": ticket, "ticket_subject": "Ropes",
        "requester_email": ADA, "updated_at": step.at.isoformat(),
    }  # fmt: skip
    return Sent({"freshdesk_webhook": found}, f"e{n}")


def intercom(step, ticket, n):
    topics = {
        "opened": "conversation.user.created",
        "resolved": "conversation.admin.closed",
        "reopened": "conversation.user.replied",
        "confirmed": "conversation.rating.added",
        "updated": "conversation.admin.replied",
    }
    person = {"id": "u-1", "email": ADA}
    item = {"id": ticket, "title": "Ropes"}
    if n % 2:  # two generations of payload live at once
        item |= {"user": person, "updated_at": step.at.timestamp()}
    else:
        item |= {"contact": person, "updated_at": step.at.isoformat()}
    if step.what == "confirmed":
        item["conversation_rating"] = {"rating": 5}
    body = {"topic": topics[step.what], "id": f"n-{ticket}-{n}", "data": {"item": item}}
    return Sent(body, f"e{n}")


def chatwoot(step, ticket, n):
    person = {"id": 1, "email": ADA}
    if step.what == "confirmed":
        body = {
            "event": "message_updated", "id": n, "created_at": step.at.isoformat(),
            "updated_at": step.at.isoformat(), "contact": person,
            "conversation": {"id": ticket},
            "content_attributes": {
                "submitted_values": {"csat_survey_response": {"rating": 5}}
            },
        }  # fmt: skip
        return Sent(body, f"d-{ticket}-{n}")
    status = {"resolved": "resolved"}.get(step.what, "open")
    body = {
        "event": "conversation_status_changed", "id": ticket, "status": status,
        "updated_at": step.at.timestamp(), "meta": {"sender": person},
        "additional_attributes": {"mail_subject": "Ropes"},
    }  # fmt: skip
    if step.what == "updated":
        body = {
            "event": "message_created", "id": n, "created_at": step.at.isoformat(),
            "contact": person, "conversation": {"id": ticket},
        }  # fmt: skip
    return Sent(body, f"d-{ticket}-{n}")


def helpscout(step, ticket, n):
    if step.what == "confirmed":
        body = {
            "id": n, "ticketId": ticket, "rating": "Great", "modifiedAt": step.at.isoformat(),
            "customer": {"id": 1, "emails": [{"value": ADA}]},
        }  # fmt: skip
        return Sent(body, f"e{n}", (("x-helpscout-event", "satisfaction.ratings"),))
    closed = step.what == "resolved"
    body = {
        "id": ticket, "status": "closed" if closed else "active", "subject": "Ropes", "n": n,
        "userUpdatedAt": step.at.isoformat(), "primaryCustomer": {"id": 1, "email": ADA},
    }  # fmt: skip
    if closed:
        body["closedAt"] = step.at.isoformat()
    event = "convo.note.created" if step.what == "updated" else "convo.status"
    return Sent(body, f"e{n}", (("x-helpscout-event", event),))


def hubspot(step, ticket, n):
    change = {
        "portalId": 9, "objectId": int(ticket), "occurredAt": millis(step.at), "eventId": n,
        "subscriptionType": "ticket.propertyChange", "propertyName": "hs_pipeline_stage",
        "propertyValue": "4" if step.what == "resolved" else "1",
    }  # fmt: skip
    if step.what == "opened":
        change |= {"subscriptionType": "ticket.creation"}
    if step.what == "updated":
        change |= {"propertyName": "subject", "propertyValue": "Ropes"}
    return Sent([change], f"e{n}")


def plain(step, ticket, n):
    data = {"case": {"id": ticket, "title": "Ropes"}, "client": {"email": ADA}, "sequence": n}
    body = {"type": f"case.{step.what}", "timestamp": step.at.isoformat(), "data": data}
    return Sent(body, f"m-{ticket}-{n}")


TELLERS = {
    "zendesk": zendesk,
    "freshdesk": freshdesk,
    "intercom": intercom,
    "chatwoot": chatwoot,
    "helpscout": helpscout,
    "hubspot": hubspot,
    "plain": plain,
}
NO_CONFIRMATION = ("freshdesk", "hubspot")


def reckoned(peer, steps):
    """Where the case stands after these steps, in the order of their times: an own small reckoning.

    A rating confirms what is resolved, the plain hook's explicit 'yes' resolves as well; Zendesk's
    rating says nothing after a reopening.
    """
    state, resolved, confirmed, times, seen = None, None, None, 0, False
    for step in sorted(steps, key=lambda each: each.at):
        day = step.at.astimezone(BERLIN).date()
        if step.what in ("opened", "reopened"):
            times += state in ("resolved", "confirmed")
            state, resolved, confirmed, seen = "open", None, None, True
        elif step.what == "resolved":
            seen = True
            if state not in ("resolved", "confirmed"):
                state, resolved = "resolved", day
        elif step.what == "confirmed":
            if peer == "plain" and state not in ("resolved", "confirmed"):
                state, resolved, seen = "resolved", day, True
            if state == "resolved" and not (peer == "zendesk" and times):
                state, confirmed = "confirmed", day
    opened = min(step.at for step in steps).astimezone(BERLIN).date()
    return (opened, resolved, confirmed, times) if seen else None
