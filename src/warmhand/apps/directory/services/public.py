"""The page on which we name providers of our choice to anybody: off until an owner wants it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import IntegrityError, transaction

from warmhand.apps.accounts.queries import our_workspace
from warmhand.apps.directory.models import PublicDirectory
from warmhand.apps.directory.queries.public import public_page
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.problems import Conflict, Invalid


def set_public_page(*, by: Actor, on: bool, slug: str = "", intro: str = "") -> PublicDirectory:
    """Open or close the page of chosen providers; `slug` ends its address.

    Without a slug it has the workspace's own short name. Raises Conflict (`address_taken`) where
    another workspace has the address.
    """
    values: dict[str, Any] = {"on": on, "slug": _slug(slug), "intro": intro.strip()}
    sentence = f"{'Opened' if on else 'Closed'} the public page of providers."
    page = public_page(lock=True)
    try:
        with transaction.atomic():
            if page is None:
                return journal.create(PublicDirectory, by=by, sentence=sentence, **values)
            changed = sentence if page.on != on else "Changed the public page of providers."
            return journal.change(page, by=by, sentence=changed, **values)
    except IntegrityError as taken:
        raise Conflict(
            "address_taken", "This address is taken.", lift="Choose another one."
        ) from taken


def _slug(slug: str) -> str:
    wanted = slug.strip().lower() or our_workspace().slug
    try:
        validate_slug(wanted)
    except ValidationError:
        sentence = "Letters, digits and hyphens only, as in harbour-advisers."
        raise Invalid.at("slug", sentence) from None
    return wanted[:60]
