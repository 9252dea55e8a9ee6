"""Reads of connections and deliveries, with all that a page shows."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from warmhand.apps.island.door import one
from warmhand.apps.people.models import ContactPoint
from warmhand.problems import NotFound

from .models import Connection, Delivery, Peer
from .peers import ADAPTERS
from .peers.kinds import Adapter

STATES = Delivery.State.choices
PEERS = Peer.choices
NEEDS_YOU = (Delivery.State.PARKED, Delivery.State.NOT_UNDERSTOOD, Delivery.State.FAILED)
REFUSALS = {
    "none_set": "No secret is set yet, so everything is refused.",
    "no_signature": "It wasn't signed. Is signing switched on over there?",
    "wrong_signature": "The signature didn't match: compare the secret here and over there.",
    "wrong_time": "Its time was more than five minutes from ours. Check the clocks.",
}
_ADDRESS = re.compile(r"[^\s\"<>:,;]+(@[^\s\"<>,;]+\.[^\s\"<>,;]+)")
LONGEST_SHOWN = 20_000


@dataclass(frozen=True, slots=True)
class Health:
    """How a connection does: a word, its colour's family, an icon, and what to do about it."""

    word: str
    family: str
    icon: str
    sentence: str


def connection_by_id(connection_id: int, *, lock: bool = False) -> Connection:
    """One connection: the one door from an id to it."""
    return one(Connection, connection_id, "connection", lock=lock)


def connections() -> QuerySet[Connection]:
    """All connections by name, each with how many deliveries need a person (`waiting_for`)."""
    found: QuerySet[Connection] = Connection.objects.annotate(
        waiting_for=Count("deliveries", filter=Q(deliveries__state__in=NEEDS_YOU))
    )
    return found


def adapter_of(peer: str) -> Adapter:
    """How a peer signs and is set up; NotFound for any other name."""
    if peer not in ADAPTERS:
        raise NotFound("helpdesk", "There is no such helpdesk to connect.")
    return ADAPTERS[peer]


def delivery_by_id(delivery_id: int) -> Delivery:
    """One delivery with its connection: the one door from an id to it."""
    rows = Delivery.objects.select_related("connection", "client__company", "ticket__case")
    found: Delivery | None = rows.filter(pk=delivery_id, connection__removed_at=None).first()
    if found is None:
        raise NotFound("delivery")
    return found


def deliveries(connection_id: int, *, state: str = "") -> QuerySet[Delivery]:
    """What came in by one connection, newest first; `state` is one of STATES, or `needs_you`."""
    rows = Delivery.objects.filter(connection_id=connection_id).defer("body")
    rows = rows.select_related("client__company", "ticket__case")
    if state == "needs_you":
        rows = rows.filter(state__in=NEEDS_YOU)
    elif state:
        rows = rows.filter(state=state)
    found: QuerySet[Delivery] = rows
    return found


def health(connection: Connection) -> Health:
    """How a connection does, the most pressing first."""
    now = timezone.now()
    if not connection.secrets_at(now):
        return Health("No secret yet", "mend", "key", REFUSALS["none_set"])
    if not connection.active:
        return Health("Paused", "rest", "pause-circle", "What comes in is kept and waits.")
    seen, refused = connection.last_seen_at, connection.refused_at
    if refused and (seen is None or refused > seen):
        return Health("Refused", "mend", "shield-exclamation", REFUSALS[connection.refused_why])
    if seen is None:
        say = "Nothing has come in yet. Send a test event, then solve a ticket over there."
        return Health("Never heard", "promise", "ellipsis-horizontal-circle", say)
    silent = (now - seen).days
    if silent >= ADAPTERS[connection.peer].silent_days:
        say = f"Nothing for {silent} days. Some helpdesks stop sending after errors: look there."
        return Health(f"Silent for {silent} days", "promise", "speaker-x-mark", say)
    return Health("Fine", "give", "check-circle", "It is heard, and its signature fits.")


def body_shown(delivery: Delivery) -> str:
    """The body as the owner may look at it: laid out, local parts of addresses left out."""
    text = bytes(delivery.body).decode(errors="replace")
    with suppress(ValueError, RecursionError):
        text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    return _ADDRESS.sub(r"•••\1", text)[:LONGEST_SHOWN]


def somebody_to_test_with() -> tuple[str, str]:
    """Address and name of a client, for a test event; made up where there is none."""
    rows = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, client__removed_at=None)
    point = rows.select_related("client__company").order_by("-is_primary", "pk").first()
    if point is None:
        return "nobody@test.example", "Nobody Yet"
    return point.value, point.client.title
