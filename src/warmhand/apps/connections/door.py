"""The door of every hook: whose address, is it really them, kept once, then answered.

Nothing is parsed before the signature over the raw bytes fits. A wrong signature and an unknown
address cost and say the same, so that nobody learns which addresses there are.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from psycopg.types.numeric import Int8

from warmhand.apps.island.raw import one_row
from warmhand.apps.island.scope import bound, workspace_scope
from warmhand.problems import Problem

from .peers import ADAPTERS
from .peers.kinds import Arrived, Refusal
from .queue import enqueue
from .vault import good_at, seal, unseal

SEEN_EVERY = dt.timedelta(seconds=60)
"""A busy connection notes that it was heard once a minute: its row isn't fought over."""


@dataclass(frozen=True, slots=True)
class Received:
    """A delivery that was let in and is kept."""

    workspace_id: int
    delivery_id: int
    duplicate: bool

    def as_dict(self) -> dict[str, Any]:
        """The answer's JSON."""
        return {"received": True, "duplicate": self.duplicate}


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose address it is; a decoy where it is nobody's."""

    workspace_id: int
    connection_id: int
    peer: str
    active: bool
    secrets: tuple[str, ...]
    seen: bool


def receive(arrived: Arrived, address: str, *, is_test: bool = False) -> Received:
    """Let a delivery in and keep it. Raises Problem (`hook_refused`) for all others.

    Kept and put into the queue in one transaction, committed when this returns.
    """
    now = timezone.now()
    owner = _owner(address, now)
    adapter = ADAPTERS[owner.peer]
    refusal = adapter.verify(arrived, owner.secrets, now)
    if refusal is not None or not owner.connection_id:
        _note_refusal(owner, refusal or Refusal.WRONG_SIGNATURE, now)
        raise refused()
    headers = {name: arrived.headers[name] for name in adapter.keeps if name in arrived.headers}
    kept = replace(arrived, raw=adapter.kept(arrived.raw), headers=headers)
    return _keep(owner, adapter.key(arrived)[:200], kept, now, is_test)


def refused() -> Problem:
    """The one answer to a wrong signature and to an unknown address."""
    return Problem(
        "hook_refused",
        "This delivery isn't taken: the address is unknown, or the signature doesn't fit.",
        lift="Compare address and secret with those on the connection's page.",
        status=401,
    )


def public_uri(request: HttpRequest) -> str:
    """The address of a request as the sender knows it: some sign it."""
    return f"{public_origin(request)}{request.get_full_path()}"


def public_origin(request: HttpRequest) -> str:
    """Where this installation is reached from outside: behind a proxy, as it was told."""
    return told_origin() or f"{request.scheme}://{request.get_host()}"


def told_origin() -> str:
    """The first address of ours that the operator has named; empty where none is."""
    told = [each for each in settings.CSRF_TRUSTED_ORIGINS if "*" not in each]
    return told[0].rstrip("/") if told else ""


def row_at(sql: str, address: str) -> tuple[Any, ...] | None:
    """What is kept of the connection at an address, before any workspace is open."""
    asked = address.replace("\x00", "")  # PostgreSQL takes none; an address never holds one
    with bound("app.hook_address", asked):
        return one_row(sql, [asked])


_OWNER = """
SELECT workspace_id, id, peer, active, sealed_secret, sealed_before, before_until, last_seen_at
FROM connections_connection WHERE address = %s AND removed_at IS NULL
"""
_DECOY = seal("whsec_ZGVjb3kgZGVjb3kgZGVjb3kgZGVjb3k=")


def _owner(address: str, now: dt.datetime) -> _Owner:
    row = row_at(_OWNER, address)
    if row is None:
        return _Owner(0, 0, "plain", False, (unseal(_DECOY),), True)
    workspace_id, id_, peer, active, secret, before, until, seen_at = row
    secrets = good_at(now, secret, before, until)
    seen = seen_at is not None and now - seen_at < SEEN_EVERY
    return _Owner(workspace_id, id_, peer, active, secrets, seen)


_KEEP = """
INSERT INTO connections_delivery
  (workspace_id, connection_id, key, received_at, times, body, headers, is_test, state, became)
VALUES (%s, %s, %s, %s, 1, %s, %s, %s, 'waiting', '[]')
ON CONFLICT (workspace_id, connection_id, key)
  DO UPDATE SET times = connections_delivery.times + 1
RETURNING id, times
"""
_AGAIN = """
UPDATE connections_delivery
SET state = 'waiting', problem = NULL, received_at = %s, body = %s, headers = %s
WHERE id = %s AND state <> 'waiting' RETURNING id
"""
_SEEN = "UPDATE connections_connection SET last_seen_at = %s WHERE id = %s RETURNING id"
_REFUSED = """
UPDATE connections_connection
SET refused_count = refused_count + 1, refused_at = %s, refused_why = %s
WHERE id = %s RETURNING id
"""


def _keep(owner: _Owner, key: str, kept: Arrived, now: dt.datetime, is_test: bool) -> Received:
    said = [now, kept.raw, json.dumps(dict(kept.headers))]
    values = [Int8(owner.workspace_id), Int8(owner.connection_id), key, *said, is_test]
    with workspace_scope(owner.workspace_id):
        id_, times = one_row(_KEEP, values) or (0, 0)
        fresh = times == 1
        if not fresh and ADAPTERS[owner.peer].hear_again:
            fresh = one_row(_AGAIN, [*said, Int8(id_)]) is not None
        if fresh and owner.active:
            enqueue(workspace_id=owner.workspace_id, delivery_id=id_)
        if not owner.seen and not is_test:
            one_row(_SEEN, [now, Int8(owner.connection_id)])
    return Received(owner.workspace_id, id_, duplicate=times > 1)


def _note_refusal(owner: _Owner, why: Refusal, now: dt.datetime) -> None:
    """Count it for the owner. It needn't survive a crash, so nobody waits for the disk."""
    with bound("app.workspace", str(owner.workspace_id)), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
        one_row(_REFUSED, [now, why.value, Int8(owner.connection_id)])
