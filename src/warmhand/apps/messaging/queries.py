"""Reads of links, of what came of them, and of the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from warmhand.apps.island.door import one
from warmhand.apps.island.scope import current_workspace_id
from warmhand.problems import NotFound

from .models import LinkOutcome, Message, PublicLink, Suppression
from .tokens import address_hashes


def link_by_id(link_id: int, *, lock: bool = False) -> PublicLink:
    """One link: the one door from an id to it."""
    return one(PublicLink, link_id, "public_link", lock=lock)


def standing_link(purpose: str, object_id: int, *, lock: bool = False) -> PublicLink | None:
    """The link about a record that nobody has withdrawn; it may be answered or expired."""
    rows = PublicLink.objects.filter(purpose=purpose, object_id=object_id, ended_at=None)
    found: PublicLink | None = (rows.select_for_update() if lock else rows).first()
    return found


def newest_links(purpose: str, object_ids: Iterable[int]) -> dict[int, PublicLink]:
    """The newest link about each of these records, by the record's number, with its mails."""
    rows = PublicLink.objects.filter(purpose=purpose, object_id__in=list(object_ids))
    rows = rows.prefetch_related("messages")
    return {link.object_id: link for link in rows.order_by("created_at", "pk")}


def last_said(link_id: int) -> dict[str, Any]:
    """What was answered last by a link; empty where nothing was."""
    found = LinkOutcome.objects.filter(link=link_id).order_by("-edition").first()
    return dict(found.said) if found else {}


def message_by_id(message_id: int) -> Message:
    """One mail, removed or not, with its client: who reads it may stop others."""
    rows = Message.all_objects.select_related("client__company", "provider")
    found = rows.filter(pk=message_id).first()
    if found is None:
        raise NotFound("message")
    message: Message = found
    return message


def messages_about(link_ids: Iterable[int]) -> dict[int, list[Message]]:
    """The mails about each of these links, oldest first, with who sent them."""
    found: dict[int, list[Message]] = {}
    rows = Message.objects.filter(link__in=list(link_ids)).select_related("member")
    for message in rows.order_by("created_at", "pk"):
        found.setdefault(message.link_id or 0, []).append(message)
    return found


def messages(*, client_id: int | None = None) -> QuerySet[Message]:
    """Mails to clients, newest first."""
    rows: QuerySet[Message] = Message.objects.select_related("client", "member", "link")
    return rows.filter(client_id=client_id) if client_id is not None else rows


def is_suppressed(address: str) -> bool:
    """Whether this address wants no mail of this workspace."""
    hashes = address_hashes(current_workspace_id(), address)
    found: bool = Suppression.objects.filter(address_hash__in=hashes).exists()
    return found


def can_send() -> bool:
    """Whether this installation knows a mail server."""
    return bool(settings.EMAIL_HOST)
