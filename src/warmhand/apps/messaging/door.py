"""The one door from a public link to the workspace behind it.

Wrong, cut off, expired, withdrawn and answered long ago look alike: who guesses learns nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.utils import timezone
from django_scopes import scopes_disabled

from warmhand.apps.accounts.queries import hashed
from warmhand.apps.island.scope import bound, workspace_scope

from . import clock
from .models import PublicLink
from .tokens import nothing_behind

LONGEST_TOKEN = 100


@dataclass(frozen=True, slots=True)
class Visit:
    """A client on a page of ours: all that the page needs to know of the link they hold."""

    link_id: int
    purpose: str
    client_id: int
    object_id: int
    edition: int
    answered_at: dt.datetime | None
    correctable_until: dt.datetime | None
    workspace_id: int
    workspace_name: str
    workspace_language: str
    timezone: str

    @property
    def page(self) -> str:
        """What a form of this page is stamped with."""
        return f"link {self.link_id}"


@contextmanager
def visiting(token: str, purpose: str) -> Iterator[Visit]:
    """Open the workspace of a link for this purpose, in one transaction, in its own time zone.

    Raises NotFound (`unknown_public_link`) for every link that opens nothing (any more). Nothing is
    written: looking at a page isn't an answer.
    """
    visit = _visit(token, purpose)
    if visit is None:
        raise nothing_behind()
    with workspace_scope(visit.workspace_id), timezone.override(ZoneInfo(visit.timezone)):
        yield visit


def looked_at_anew(visit: Visit) -> Visit:
    """The visit as its link stands now, after somebody else has answered meanwhile."""
    link = PublicLink.objects.get(pk=visit.link_id)
    return replace(
        visit,
        edition=link.edition,
        answered_at=link.answered_at,
        correctable_until=link.correctable_until,
    )


def _visit(token: str, purpose: str) -> Visit | None:
    token_hash = hashed(token[:LONGEST_TOKEN])
    with bound("app.public_link", token_hash), scopes_disabled():
        found: PublicLink | None = (
            PublicLink.objects.filter(token_hash=token_hash, purpose=purpose)
            .select_related("workspace")
            .first()
        )
    if found is None or not found.is_open(clock.now()):
        return None
    workspace = found.workspace
    return Visit(
        link_id=found.pk,
        purpose=found.purpose,
        client_id=found.client_id,
        object_id=found.object_id,
        edition=found.edition,
        answered_at=found.answered_at,
        correctable_until=found.correctable_until,
        workspace_id=workspace.pk,
        workspace_name=workspace.name,
        workspace_language=workspace.language,
        timezone=workspace.timezone,
    )
