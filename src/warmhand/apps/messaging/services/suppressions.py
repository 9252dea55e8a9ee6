"""Addresses that want no mail of ours: a keyed hash each, which outlives erasure."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

from warmhand.apps.accounts.models import Workspace
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import current_workspace_id
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import clock
from warmhand.apps.messaging.models import Message, Suppression
from warmhand.apps.messaging.queries import is_suppressed
from warmhand.apps.messaging.tokens import address_hashes, nothing_behind

_SALT = "warmhand.stop"


@dataclass(frozen=True, slots=True)
class StopPage:
    """The mail whose reader wants no more, and whose workspace sent it."""

    workspace_id: int
    workspace_name: str
    message_id: int


def stop_page(token: str) -> StopPage:
    """The mail behind the address in its List-Unsubscribe header; it works as long as we do.

    Signed, so nothing of it is kept. NotFound (`unknown_public_link`) for every other text.
    """
    try:
        workspace_id, message_id = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        raise nothing_behind() from None
    workspace = Workspace.objects.filter(pk=workspace_id).first()
    if workspace is None:
        raise nothing_behind()
    return StopPage(workspace.pk, workspace.name, message_id)


def stop_token(message: Message) -> str:
    """What stands in the address by which the reader of a mail stops all of them."""
    return signing.dumps([message.workspace_id, message.pk], salt=_SALT)


def stopped_by(message_id: int) -> bool:
    """Whether the address that this mail went to is on the list."""
    message = Message.all_objects.filter(pk=message_id).first()
    return message is not None and is_suppressed(message.address)


def suppress(*, message_id: int, by: Actor | None = None) -> None:
    """No more mails to the address that this one went to; said twice, nothing more happens."""
    message = _message(message_id)
    hashes = address_hashes(current_workspace_id(), message.address)
    if Suppression.objects.filter(address_hash__in=hashes).exists():
        return
    Suppression.objects.get_or_create(address_hash=hashes[0], defaults={"at": clock.now()})
    _note(message, by, "wants no mails from here any more.")


def let_write_again(*, message_id: int, by: Actor | None = None) -> None:
    """The reader took it back: mails may go to that address again."""
    message = _message(message_id)
    hashes = address_hashes(current_workspace_id(), message.address)
    gone, _ = Suppression.objects.filter(address_hash__in=hashes).delete()
    if gone:
        _note(message, by, "may be written to again.")


def _message(message_id: int) -> Message:
    found: Message | None = (
        Message.all_objects.select_related("client", "provider").filter(pk=message_id).first()
    )
    if found is None:
        raise nothing_behind()
    return found


def _note(message: Message, by: Actor | None, did: str) -> None:
    name = str(message.provider or message.client)
    actor = by or Actor(None, name, "client")
    journal.record(by=actor, verb="stopped", of=message, sentence=f"{name} {did}")
