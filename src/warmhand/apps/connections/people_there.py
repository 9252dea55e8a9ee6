"""Whose is it: from what a peer calls somebody to a client of ours; never by guessing."""

from __future__ import annotations

from dataclasses import dataclass

from warmhand.apps.people.models import Client
from warmhand.apps.people.queries import client_by_reference
from warmhand.problems import NotFound, Problem

from .models import Alias, Connection
from .peers.kinds import Who

UNKNOWN = "unknown_sender"


class Ignored(Exception):
    """Somebody of ours has said that this person is no client."""


@dataclass(frozen=True, slots=True)
class Match:
    """A client, and whether it took their address to find them."""

    client: Client
    by_address: bool


def names_of(who: Who, ticket: str = "") -> list[str]:
    """By which names a person may be known here; a ticket's where nothing of a person is told."""
    found = [*who.ids]
    if who.email:
        found.append(f"mailto:{who.email.strip().lower()}")
    return [name[:254] for name in found] or ([f"ticket:{ticket}"] if ticket else [])


def client_of(connection: Connection, who: Who, ticket: str = "") -> Match:
    """The client an event is about: by a name told before, by import key, then by address.

    Raises Ignored, and Problem (`unknown_sender`, `several_clients`) with what is known of them.
    """
    names = names_of(who, ticket)
    aliases = Alias.objects.filter(connection=connection, external_id__in=names)
    for alias in aliases.select_related("client").order_by("pk"):
        if alias.client is None:
            raise Ignored
        if alias.client.removed_at is None:
            return Match(alias.client, by_address=False)
    for number in who.ids:
        found = Client.objects.filter(source=_import_source(connection), source_ref=number).first()
        if found is not None:
            return Match(found, by_address=False)
    if not who.email:
        raise _unknown(connection, who, ticket)
    try:
        return Match(client_by_reference(email=who.email), by_address=True)
    except NotFound:
        raise _unknown(connection, who, ticket) from None
    except Problem as several:
        several.details |= _details(who, ticket)
        raise


def _import_source(connection: Connection) -> str:
    """Under which name an import brought the peer's own ids; its own where the owner says none."""
    return str(connection.settings.get("client_source") or connection.peer)


def _details(who: Who, ticket: str) -> dict[str, object]:
    return {
        "names": names_of(who, ticket),
        "email": who.email,
        "name": who.name,
        "ticket": ticket,
    }


def _unknown(connection: Connection, who: Who, ticket: str) -> Problem:
    said = who.name or who.email or (f"person {who.ids[0]}" if who.ids else "")
    sentence = (
        f"{said} of {connection.get_peer_display()} isn't linked to a client yet."
        if said
        else f"Ticket {ticket} doesn't say whose it is."
    )
    return Problem(
        "unknown_sender",
        sentence,
        lift="Say which client it is, add them, or say that they are no client of ours.",
        details=_details(who, ticket),
    )


def remember(connection: Connection, who: Who, client: Client) -> bool:
    """Keep the peer's ids of somebody found by address; whether that is news."""
    known = set(
        Alias.objects.filter(connection=connection, external_id__in=who.ids).values_list(
            "external_id", flat=True
        )
    )
    fresh = [name for name in who.ids if name not in known]
    for name in fresh:
        Alias.objects.get_or_create(
            connection=connection, external_id=name[:254], defaults={"client": client}
        )
    return bool(fresh)
