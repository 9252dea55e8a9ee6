"""A link whose question is settled another way opens nothing any more."""

from __future__ import annotations

from warmhand.apps.island.actor import Actor
from warmhand.apps.messaging.queries import standing_link
from warmhand.apps.messaging.services import end_link


def void_link(*, by: Actor, purpose: str, object_id: int, why: str) -> None:
    """End the unused link about a record; an answered one may still be corrected."""
    link = standing_link(purpose, object_id, lock=True)
    if link is not None and link.answered_at is None:
        end_link(by=by, link=link, why=why, sentence=f"Ended a link: {why}")
