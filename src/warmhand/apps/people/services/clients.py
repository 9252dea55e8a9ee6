"""Clients: made, changed, handed over, removed."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import member_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.models import Client
from warmhand.apps.people.queries import client_by_id, company_by_id

from .checks import check_language, check_timezone
from .contacts import add_contact_point


class ClientFields(TypedDict, total=False):
    """What can be said of a client; fields left out stay as they are."""

    name: str
    company_id: int | None
    job_title: str
    department: str
    language: str
    timezone: str
    keeper_id: int | None
    client_since: dt.date | None
    notes: str


@journal.one_act()
def add_client(
    *, by: Actor, email: str = "", phone: str = "", why: str = "", **fields: Unpack[ClientFields]
) -> Client:
    """A new client: a name, or a company whose contact isn't named yet.

    An address or number given along is added as the client's first, in the same act.
    """
    _check(fields)
    name = fields.get("name") or "a contact not named yet"
    made = journal.create(Client, by=by, sentence=f"Added the client {name}.", why=why, **fields)
    for kind, value in (("email", email), ("phone", phone)):
        if value:
            add_contact_point(by=by, client_id=made.pk, kind=kind, value=value, is_primary=True)
    return made


def change_client(
    *, by: Actor, client_id: int, why: str = "", **fields: Unpack[ClientFields]
) -> Client:
    """Change what is said of a client."""
    client = client_by_id(client_id, lock=True)
    _check(fields)
    sentence = f"Changed {client.title}."
    return journal.change(client, by=by, sentence=sentence, why=why, **fields)


def hand_over_client(*, by: Actor, client_id: int, keeper_id: int, why: str = "") -> Client:
    """Another colleague keeps this client from now on."""
    client, keeper = client_by_id(client_id, lock=True), member_by_id(keeper_id)
    sentence = f"Handed {client.title} over to {keeper.name}."
    return journal.change(client, by=by, sentence=sentence, why=why, keeper_id=keeper.pk)


def remove_client(*, by: Actor, client_id: int, why: str = "") -> Client:
    """Take a client out of every list and fact; an undo brings them back with all they have."""
    client = client_by_id(client_id, lock=True)
    return journal.remove(client, by=by, sentence=f"Removed {client.title}.", why=why)


def _check(fields: ClientFields) -> None:
    """Keys lead into this workspace, the rest is known or possible."""
    if company_id := fields.get("company_id"):
        company_by_id(company_id)
    if keeper_id := fields.get("keeper_id"):
        member_by_id(keeper_id)
    if "name" in fields:
        fields["name"] = " ".join(fields["name"].split())
    if "client_since" in fields:
        days.perhaps_happened("client_since", fields["client_since"])
    check_timezone(fields.get("timezone", ""))
    check_language(fields.get("language", ""))
