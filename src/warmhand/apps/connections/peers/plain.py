"""Any system that signs by Standard Webhooks and says what happened in our own words."""

from __future__ import annotations

import binascii
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from standardwebhooks.webhooks import Webhook

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
from .signing import in_time, judged

ID, STAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of the plain hook: what it means, and what its data has to hold."""

    what: What
    sentence: str
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    state: State = ""


_TICKET, _CLIENT = ("case.id",), ("client.id", "client.email", "client.name")
EVENT_TYPES = (
    EventType(
        What.OPENED,
        "A client has a concern: a case is opened.",
        _TICKET,
        ("case.title", *_CLIENT, "assignee.email", "sequence"),
        "open",
    ),
    EventType(
        What.UPDATED,
        "Something about the case has changed; its state hasn't.",
        _TICKET,
        ("case.title", *_CLIENT, "assignee.email", "sequence"),
    ),
    EventType(
        What.RESOLVED,
        "We think it is solved; the client hasn't said so yet.",
        _TICKET,
        ("case.title", *_CLIENT, "assignee.email", "sequence"),
        "resolved",
    ),
    EventType(
        What.REOPENED,
        "It wasn't solved after all.",
        _TICKET,
        ("case.title", *_CLIENT, "assignee.email", "sequence"),
        "open",
    ),
    EventType(
        What.CONFIRMED,
        "The client themself said that it is solved.",
        _TICKET,
        ("case.title", *_CLIENT, "words", "sequence"),
        "confirmed",
    ),
    EventType(
        What.RATED,
        "The client rated us, 0 to 10. Kept as a rating; never a reason to ask by itself.",
        ("score",),
        ("case.id", *_CLIENT, "words", "sequence"),
    ),
    EventType(
        What.CONTACT_CHANGED, "A client's details have changed: noted, not taken over.", (), _CLIENT
    ),
    EventType(
        What.UNSUBSCRIBED,
        "The client wants no more mails: their consent is withdrawn.",
        (),
        _CLIENT,
    ),
    EventType(
        What.CONTACT_ERASED,
        "The client wants to be forgotten: asks stop at once, and a case of erasure is opened.",
        (),
        _CLIENT,
    ),
    EventType(What.NOTE, "Somebody wrote an internal note: nothing is kept of it.", (), _TICKET),
)
"""What a plain hook may tell; the reference is generated from this."""
_TYPES = {each.what.value: each for each in EVENT_TYPES}


def verify(arrived: Arrived, secrets: tuple[str, ...], now: dt.datetime) -> Refusal | None:
    """Standard Webhooks 1.0.0: the library makes the signature; the window is taken at `now`."""
    given = [each for each in arrived.headers.get(SIGNATURE, "").split(" ") if each][:10]
    said, stamp = arrived.headers.get(ID, ""), _stamp(arrived)
    if secrets and (not given or not said):
        return Refusal.NO_SIGNATURE
    if secrets and stamp is None:
        return Refusal.WRONG_TIME
    verdicts = [
        judged(one, secrets, lambda secret: _signature(arrived.raw, secret, said, stamp))
        for one in given or [""]
    ]
    if None not in verdicts:
        return verdicts[0]
    return None if in_time(stamp, now) else Refusal.WRONG_TIME


def _stamp(arrived: Arrived) -> dt.datetime | None:
    said = arrived.headers.get(STAMP, "")
    plain = said.isascii() and said.isdigit() and str(int(said[:19])) == said
    return moment(int(said)) if plain else None


def _signature(raw: bytes, secret: str, id_: str, stamp: dt.datetime | None) -> str:
    try:
        made = Webhook(secret).sign(id_, stamp or dt.datetime.now(dt.UTC), raw.decode())
    except (ValueError, binascii.Error, RuntimeError):  # a body or a secret that is no text
        return ""
    return made


def key(arrived: Arrived) -> str:
    """The id that it was signed with, the same when it is tried again."""
    said = arrived.headers.get(ID, "")
    return said if 0 < len(said) <= 200 and said.isprintable() else hashed(said.encode())


def read(arrived: Arrived, options: Options) -> list[Read]:
    """`{type, timestamp, data}`."""
    body = body_of(arrived)
    if isinstance(body, Trouble):
        return [body]
    kind, data = text(body, "type"), at(body, "data")
    if kind not in _TYPES:
        return [unknown_event(kind)]
    when = moment(at(body, "timestamp"))
    if when is None:
        lift = "Send it as ISO 8601 with its zone: 2026-04-02T09:30:00Z."
        return [parked("The 'timestamp' is missing or no time.", lift)]
    event = _TYPES[kind]
    for needed in event.needs:
        if not text(data, *needed.split(".")):
            return [parked(f"The 'data.{needed}' is missing.", "Send it along; replay it.")]
    return [_heard(event, data, key(arrived), when)]


def _heard(event: EventType, data: Any, key_: str, when: dt.datetime) -> Read:
    score = number(data, "score") if event.what is What.RATED else None
    if event.what is What.RATED and (score is None or score > 10):
        return parked("The 'data.score' is no whole number from 0 to 10.", "Correct it.")
    return Heard(
        event.what,
        key_,
        when,
        ticket=text(data, "case", "id"),
        state=event.state,
        sequence=number(data, "sequence") or 0,
        who=person(at(data, "client")),
        title=text(data, "case", "title", most=LONGEST_TITLE),
        assignee=text(data, "assignee", "email", most=254),
        score=score,
        words=text(data, "words", most=LONGEST_WORDS),
    )


def sign(raw: bytes, secret: str, uri: str, id_: str, now: dt.datetime) -> dict[str, str]:
    """As Standard Webhooks signs."""
    stamp = now.replace(microsecond=0)
    signature = _signature(raw, secret, id_, stamp)
    return {ID: id_, STAMP: str(int(stamp.timestamp())), SIGNATURE: signature}


def sample(about: Sample) -> bytes:
    """A case just resolved."""
    data = {
        "case": {"id": about.ticket, "title": about.title},
        "client": {"email": about.email, "name": about.name},
    }
    body = {"type": What.RESOLVED.value, "timestamp": about.now.isoformat(), "data": data}
    return json.dumps(body).encode()


ADAPTER = Adapter(
    verify=verify,
    key=key,
    read=read,
    sign=sign,
    sample=sample,
    made_by="us",
    keeps=(ID,),
    steps=(
        (
            "Have your system POST JSON to this address, signed by Standard Webhooks with the "
            "secret of this page (there are libraries for most languages)."
        ),
        (
            "A body is {type, timestamp, data}; the types are in the reference, the first to send "
            "is case.resolved."
        ),
        "Send the same webhook-id again when you try again: it has one effect.",
    ),
    body_to_paste=json.dumps(
        {
            "type": "case.resolved",
            "timestamp": "2026-04-02T09:30:00Z",
            "data": {
                "case": {"id": "4711", "title": "The export fails"},
                "client": {"email": "ada@kettle.example", "name": "Ada Kettle"},
            },
        },
        indent=2,
    ),
)
