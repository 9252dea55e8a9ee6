"""The key ring: whom a client could introduce us to, once that is earned (P1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.door import one
from warmhand.apps.journal import services as journal
from warmhand.apps.people.models import Client, KeyRingEntry
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.people.third_persons import refuse_contact_data
from warmhand.matching import same_company
from warmhand.problems import Invalid

MOST_AT_ONCE = 30


class KeyFields(TypedDict, total=False):
    """What can be said of a key: `inside` the client's company; `closeness` 1 to 5."""

    name: str
    company_name: str
    position: str
    inside: bool
    relation: str
    closeness: int | None
    notes: str
    connected_on: dt.date | None
    source: str


def add_key(*, by: Actor, client_id: int, **fields: Unpack[KeyFields]) -> KeyRingEntry:
    """Somebody the client knows. The journal's sentences name no key: it is hidden until earned.

    Raises Invalid where a text holds an address or a number: a third person's are not kept.
    """
    client = client_by_id(client_id)
    _check(fields)
    sentence = f"Added a key to the ring of {client.title}."
    return journal.create(
        KeyRingEntry,
        by=by,
        sentence=sentence,
        client=client,
        confirmed_on=days.today(),
        **_inside_by_name(client, fields),
    )


@journal.one_act()
def add_keys(*, by: Actor, client_id: int, keys: Sequence[KeyFields]) -> list[KeyRingEntry]:
    """Several at once, in one act: undone together. At most MOST_AT_ONCE."""
    if not keys:
        raise Invalid.at("keys", "Name at least one person.")
    if len(keys) > MOST_AT_ONCE:
        raise Invalid.at("keys", f"Add at most {MOST_AT_ONCE} at once.")
    return [add_key(by=by, client_id=client_id, **fields) for fields in keys]


def change_key(*, by: Actor, key_id: int, **fields: Unpack[KeyFields]) -> KeyRingEntry:
    """Change what is known of a key; from now on it counts as confirmed today."""
    key = one(KeyRingEntry, key_id, "key", lock=True, related=("client",))
    _check(fields)
    sentence = f"Changed a key of {key.client.title}."
    today = days.today()
    return journal.change(key, by=by, sentence=sentence, confirmed_on=today, **fields)


def confirm_key(*, by: Actor, key_id: int) -> KeyRingEntry:
    """It still holds: they know each other as well as noted."""
    return change_key(by=by, key_id=key_id)


def decline_key(
    *, by: Actor, key_id: int, on: dt.date | None = None, why: str = ""
) -> KeyRingEntry:
    """This person wants no contact: they are never held up as a name again."""
    key = one(KeyRingEntry, key_id, "key", lock=True, related=("client",))
    sentence = f"Somebody on the ring of {key.client.title} wants no contact."
    day = days.happened("on", on)
    return journal.change(key, by=by, sentence=sentence, why=why, declined_on=day)


def remove_key(*, by: Actor, key_id: int, why: str = "") -> KeyRingEntry:
    """Take a key off the ring."""
    key = one(KeyRingEntry, key_id, "key", lock=True, related=("client",))
    sentence = f"Took a key off the ring of {key.client.title}."
    return journal.remove(key, by=by, sentence=sentence, why=why)


def note_named(*, by: Actor, key_ids: Iterable[int], ask_id: int, on: dt.date) -> None:
    """These names were held up in an ask: for the period of the budget they aren't again (P16)."""
    for key in KeyRingEntry.objects.filter(pk__in=list(key_ids)).select_related("client"):
        sentence = f"Held a name of the ring of {key.client.title} up in an ask."
        journal.change(key, by=by, sentence=sentence, named_on=on, named_in=ask_id)


def _check(fields: KeyFields) -> None:
    if "name" in fields:
        fields["name"] = " ".join(fields["name"].split())
    if "connected_on" in fields:
        days.perhaps_happened("connected_on", fields["connected_on"])
    refuse_contact_data({name: value for name, value in fields.items() if name != "source"})


def _inside_by_name(client: Client, fields: KeyFields) -> KeyFields:
    """A colleague by the name of their company, where nobody said so."""
    company = client.company.name if client.company else ""
    inside = fields.get("inside", False) or same_company(fields.get("company_name", ""), company)
    return {**fields, "inside": inside}
