"""The key ring: whom a client could introduce us to, once that is earned (P1)."""

from __future__ import annotations

from typing import TypedDict, Unpack

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.door import one
from warmhand.apps.journal import services as journal
from warmhand.apps.people.models import KeyRingEntry
from warmhand.apps.people.queries import client_by_id


class KeyFields(TypedDict, total=False):
    """What can be said of a key: `inside` the client's company; `closeness` 1 to 5."""

    name: str
    company_name: str
    inside: bool
    relation: str
    closeness: int | None
    notes: str


def add_key(*, by: Actor, client_id: int, **fields: Unpack[KeyFields]) -> KeyRingEntry:
    """Somebody the client knows. The journal keeps no name: a key is hidden until earned."""
    client = client_by_id(client_id)
    sentence = f"Added a key to the ring of {client.title}."
    return journal.create(KeyRingEntry, by=by, sentence=sentence, client=client, **fields)


def change_key(*, by: Actor, key_id: int, **fields: Unpack[KeyFields]) -> KeyRingEntry:
    """Change what is known of a key."""
    key = one(KeyRingEntry, key_id, "key", lock=True, related=("client",))
    sentence = f"Changed a key of {key.client.title}."
    return journal.change(key, by=by, sentence=sentence, **fields)


def remove_key(*, by: Actor, key_id: int, why: str = "") -> KeyRingEntry:
    """Take a key off the ring."""
    key = one(KeyRingEntry, key_id, "key", lock=True, related=("client",))
    sentence = f"Took a key off the ring of {key.client.title}."
    return journal.remove(key, by=by, sentence=sentence, why=why)
