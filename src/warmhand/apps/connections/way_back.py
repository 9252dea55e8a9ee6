"""Setting up the way back: where notes go and as whom, and who may frame the panel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.problems import Invalid

from .models import Connection, PanelKey
from .notes import NOTE_PEERS, NotePeer
from .panel import make_panel_secret, origins_from
from .queries import connection_by_id
from .vault import seal
from .writing import desk_of


def note_peer_of(connection: Connection) -> NotePeer | None:
    """How this peer takes notes; None where it has no API for them."""
    return NOTE_PEERS.get(connection.peer)


def lacks(connection: Connection) -> str:
    """What is missing before a note can be written, in words; empty: nothing."""
    peer = note_peer_of(connection)
    return peer.lacks(desk_of(connection)) if peer else ""


def has_panel_secret(connection: Connection) -> bool:
    """Whether the panel can be opened at all."""
    return PanelKey.objects.filter(connection=connection).exists()


@transaction.atomic
def change_notes(
    *,
    by: Actor,
    connection_id: int,
    write_notes: bool,
    api_base: str = "",
    api_token: str = "",
    api_user: str = "",
    api_account: str = "",
) -> Connection:
    """Where notes go. An empty `api_token` keeps the one that is kept; none is ever journaled.

    Raises Invalid: an address that isn't https (unless the operator has named its host), another
    address without its token (nobody sends a kept one elsewhere), and notes that are switched on
    while something for them is missing.
    """
    connection = connection_by_id(connection_id, lock=True)
    peer = note_peer_of(connection)
    if peer is None:
        raise Invalid.at("write_notes", "This system takes no notes; use the panel.")
    base = _base(api_base, peer)
    if not base and (api_token.strip() or connection.sealed_api_token):
        raise Invalid.at("api_base", "Before notes can be written, give: Address of its API.")
    if connection.sealed_api_token and base != connection.api_base and not api_token.strip():
        raise Invalid.at("api_token", "Give the token again for the new address.")
    changed = journal.change(
        connection,
        by=by,
        sentence=f"Changed where the verdict goes back to at '{connection.name}'.",
        api_base=base,
        api_user=api_user.strip(),
        api_account=api_account.strip(),
        write_notes=write_notes,
    )
    if api_token.strip():
        _keep_token(by, changed, api_token.strip())
    missing = lacks(changed) if write_notes else ""
    if missing:
        raise Invalid.at("write_notes", f"Before notes can be written, give: {missing}.")
    return changed


def _keep_token(by: Actor, connection: Connection, token: str) -> None:
    connection.sealed_api_token = seal(token)
    Connection.objects.filter(pk=connection.pk).update(sealed_api_token=connection.sealed_api_token)
    journal.record(
        by=by,
        verb="changed_token",
        of=connection,
        sentence=f"Put in a new token for the API of '{connection.name}'.",
    )


def _base(text: str, peer: NotePeer) -> str:
    """An address as it was typed: its origin, or the peer's own where there is one for all."""
    said = text.strip() or peer.base
    if not said:
        return ""
    parts: Any = None
    try:
        parts = urlsplit(said)
        [origin] = origins_from(f"{parts.scheme}://{parts.netloc}", inside=_inside())
    except (Invalid, ValueError):
        raise Invalid.at(
            "api_base", "Write the address like https://ours.zendesk.com, without a path."
        ) from None
    if parts.path.strip("/") or parts.query:
        raise Invalid.at("api_base", f"Without a path: {origin}")
    return origin


def _inside() -> Iterable[str]:
    found: Iterable[str] = settings.PRIVATE_HELPDESKS
    return found


def change_panel(*, by: Actor, connection_id: int, panel_origins: str) -> Connection:
    """Who may frame the panel: origins, one a line; none: nobody may."""
    connection = connection_by_id(connection_id, lock=True)
    return journal.change(
        connection,
        by=by,
        sentence=f"Changed who may frame the panel of '{connection.name}'.",
        panel_origins=origins_from(panel_origins, inside=_inside()),
    )


@transaction.atomic
def new_panel_secret(*, by: Actor, connection_id: int) -> str:
    """A new secret for the panel's address, shown this once; the one before is good for a day."""
    return make_panel_secret(by=by, connection=connection_by_id(connection_id, lock=True))
