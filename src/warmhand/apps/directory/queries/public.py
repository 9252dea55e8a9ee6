"""The page that anybody may see: which one it is, and the public facts of chosen providers.

Only what stands in `PublicProvider` ever leaves; nothing else is read for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django_scopes import scopes_disabled

from warmhand.apps.directory.models import Provider, PublicDirectory
from warmhand.apps.island.scope import bound, workspace_scope
from warmhand.problems import NotFound


@dataclass(frozen=True, slots=True)
class PublicProvider:
    """All that strangers learn of a provider."""

    name: str
    good_at: str
    words: str
    city: str
    website: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """The head of the page."""

    workspace_name: str
    language: str
    slug: str
    intro: str


def public_page(*, lock: bool = False) -> PublicDirectory | None:
    """The settings of the open workspace's page; None where nobody has looked at them yet."""
    rows = PublicDirectory.objects.all()
    return (rows.select_for_update() if lock else rows).first()


def public_providers() -> list[PublicProvider]:
    """The public facts of the providers chosen, by name."""
    rows = Provider.objects.filter(is_public=True)
    return [
        PublicProvider(
            name=it.name,
            good_at=it.about,
            words=it.public_words,
            city=it.city,
            website=it.website,
            languages=tuple(it.languages),
        )
        for it in rows.order_by("name", "id")
    ]


@contextmanager
def opened_to_anybody(slug: str) -> Iterator[PublicPage]:
    """Open the workspace whose page has this address, for reading.

    Raises NotFound (`unknown_page`) for an address that is nobody's, or whose page is off: both
    look alike.
    """
    with bound("app.public_directory", slug), scopes_disabled():
        found: PublicDirectory | None = (
            PublicDirectory.objects.filter(slug=slug, on=True).select_related("workspace").first()
        )
    if found is None:
        raise NotFound("page", "There is no such page.")
    with workspace_scope(found.workspace_id):
        yield PublicPage(found.workspace.name, found.workspace.language, slug, found.intro)
