"""Setting up connections, and what a person does about what came in.

Secrets never go through the journal: only that there is a new one does.
"""

from __future__ import annotations

import base64
import datetime as dt
import secrets as random
from typing import Any

from django.db import transaction
from django.utils import timezone

from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people import services as people
from warmhand.apps.people.queries import client_by_id
from warmhand.problems import Conflict, Invalid

from . import work
from .door import receive
from .models import Alias, Connection, Delivery, Peer
from .peers import ADAPTERS
from .peers.kinds import Arrived, Sample
from .queries import connection_by_id, delivery_by_id
from .vault import seal

BOTH_HOURS = 24
"""During a rotation the secret before is good for so long."""
ADDRESS_BYTES = 24
SHORTEST_SECRET = 8


def connect(*, by: Actor, peer: str, name: str) -> tuple[Connection, str]:
    """A new connection, and its secret where we make it: shown this once, kept sealed."""
    if peer not in Peer.values:
        raise Invalid.at("peer", f"Choose one of: {', '.join(Peer.values)}.")
    made = journal.create(
        Connection,
        by=by,
        sentence=f"Connected {Peer(peer).label}: '{name}'.",
        peer=peer,
        name=name,
        address=random.token_urlsafe(ADDRESS_BYTES),
    )
    secret = ""
    if ADAPTERS[peer].made_by == "us":
        secret = _new_secret(peer)
        _keep_secret(made, secret, keep_before=False)
    return made, secret


def change_connection(
    *, by: Actor, connection_id: int, name: str, settings: dict[str, Any]
) -> Connection:
    """Rename a connection, or say what differs in this account."""
    connection = connection_by_id(connection_id, lock=True)
    sentence = f"Changed the connection '{name}'."
    return journal.change(
        connection, by=by, sentence=sentence, name=name, settings=connection.settings | settings
    )


@transaction.atomic
def rotate_secret(*, by: Actor, connection_id: int) -> str:
    """A new secret of ours, shown this once; the one before is good for a day."""
    connection = connection_by_id(connection_id, lock=True)
    secret = _new_secret(connection.peer)
    _keep_secret(connection, secret, keep_before=True)
    _note(by, connection, "Made a new secret")
    return secret


@transaction.atomic
def take_secret(*, by: Actor, connection_id: int, secret: str) -> Connection:
    """Keep the secret that the peer has made; the one before is good for a day."""
    connection = connection_by_id(connection_id, lock=True)
    given = secret.strip()
    if len(given) < SHORTEST_SECRET or not given.isprintable() or len(given) > 500:
        raise Invalid.at("secret", f"Paste the whole secret: {SHORTEST_SECRET} letters or more.")
    _keep_secret(connection, given, keep_before=True)
    _note(by, connection, "Took over a new secret")
    return connection


def _new_secret(peer: str) -> str:
    """24 random bytes; for Standard Webhooks in its own form."""
    if peer == Peer.PLAIN:
        return f"whsec_{base64.b64encode(random.token_bytes(24)).decode()}"
    return random.token_urlsafe(24)


def _keep_secret(connection: Connection, secret: str, *, keep_before: bool) -> None:
    before = connection.sealed_secret if keep_before else ""
    Connection.objects.filter(pk=connection.pk).update(
        sealed_secret=seal(secret),
        sealed_before=before,
        before_until=timezone.now() + dt.timedelta(hours=BOTH_HOURS) if before else None,
        refused_count=0,
        refused_at=None,
        refused_why="",
    )


def _note(by: Actor, connection: Connection, did: str) -> None:
    journal.record(
        by=by, verb="set", of=connection, sentence=f"{did} for the connection '{connection.name}'."
    )


@transaction.atomic
def pause_connection(*, by: Actor, connection_id: int) -> Connection:
    """What comes in is kept and waits.

    Not journaled as a change: its undo would leave what waits behind, only resuming takes it up.
    """
    connection = connection_by_id(connection_id, lock=True)
    if connection.active:
        connection.active = False
        Connection.objects.filter(pk=connection.pk).update(active=False)
        sentence = f"Paused the connection '{connection.name}'."
        journal.record(by=by, verb="paused", of=connection, sentence=sentence)
    return connection


@transaction.atomic
def resume_connection(*, by: Actor, connection_id: int) -> Connection:
    """Work on, with all that came in meanwhile."""
    connection = connection_by_id(connection_id, lock=True)
    sentence = f"Resumed the connection '{connection.name}'."
    journal.change(connection, by=by, sentence=sentence, active=True)
    waiting = Delivery.objects.filter(connection=connection, state=Delivery.State.WAITING)
    for delivery in waiting.only("pk").order_by("pk"):
        work.again(delivery)
    return connection


def remove_connection(*, by: Actor, connection_id: int) -> Connection:
    """Its address is unknown from now on; the cases it brought stay."""
    connection = connection_by_id(connection_id, lock=True)
    sentence = f"Removed the connection '{connection.name}'."
    return journal.remove(connection, by=by, sentence=sentence)


def replay(*, delivery_id: int) -> Delivery:
    """Work on a delivery once more; what it did already has no second effect."""
    delivery = delivery_by_id(delivery_id)
    if not bytes(delivery.body):
        raise Conflict(
            "delivery_forgotten",
            "The body of this delivery isn't kept any more.",
            lift="Have the helpdesk send it again.",
        )
    work.again(delivery)
    return delivery


@transaction.atomic
def link_sender(*, by: Actor, delivery_id: int, client_id: int | None) -> int:
    """Say which client a person over there is (None: no client of ours).

    All that waited for it is worked on again: how many deliveries.
    """
    delivery = delivery_by_id(delivery_id)
    connection = delivery.connection
    names = _names_waiting(delivery)
    client = client_by_id(client_id) if client_id is not None else None
    for name in names:
        Alias.objects.update_or_create(
            connection=connection, external_id=name, defaults={"client": client}
        )
    said = f"is {client.title}" if client else "is no client of ours"
    peer = connection.get_peer_display()
    journal.record(
        by=by,
        verb="linked",
        of=client or connection,
        sentence=f"Said that {_called(delivery)} of {peer} {said}.",
    )
    return work.release(connection, names)


@transaction.atomic
def add_sender(*, by: Actor, delivery_id: int, name: str) -> int:
    """Add the person as a client, with their address, and link them; how many are worked on."""
    delivery = delivery_by_id(delivery_id)
    email = str(_waits_for(delivery).get("email", ""))
    client = people.add_client(by=by, name=name, email=email)
    return link_sender(by=by, delivery_id=delivery_id, client_id=client.pk)


def _waits_for(delivery: Delivery) -> dict[str, Any]:
    details: dict[str, Any] = (delivery.problem or {}).get("details", {})
    return details


def _names_waiting(delivery: Delivery) -> list[str]:
    names: list[str] = _waits_for(delivery).get("names", [])
    if not names:
        raise Conflict(
            "nobody_to_link",
            "This delivery doesn't wait to be told whose it is.",
            lift="Reload the page to see how it stands.",
        )
    return names


def _called(delivery: Delivery) -> str:
    details = _waits_for(delivery)
    return str(details.get("name") or details.get("email") or f"ticket {details.get('ticket')}")


def send_test(*, connection_id: int, uri: str, email: str, name: str) -> Delivery:
    """Send ourselves a signed sample, through the same door as everything: nothing is changed.

    `uri` is the connection's public address; what it would become is on the delivery.
    """
    connection = connection_by_id(connection_id)
    adapter, now = ADAPTERS[connection.peer], timezone.now()
    current = connection.secrets_at(now)
    if not current:
        raise Conflict(
            "no_secret_yet",
            "This connection has no secret yet, so nothing can be signed.",
            lift="Paste the secret first.",
        )
    sample = Sample(str(int(now.timestamp() * 1000)), "A test of the connection", email, name, now)
    raw = adapter.sample(sample)
    headers = adapter.sign(raw, current[0], uri, f"test_{random.token_hex(8)}", now)
    sent = Arrived(raw, headers, "POST", uri)
    received = receive(sent, connection.address, is_test=True)
    work.work_on(received.delivery_id)
    return delivery_by_id(received.delivery_id)
