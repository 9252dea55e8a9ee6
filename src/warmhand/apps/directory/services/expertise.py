"""What clients do for their own clients, and could do for another of ours (P30)."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.directory.models import Expertise
from warmhand.apps.directory.queries.expertise import expertise_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import client_by_id


class ExpertiseFields(TypedDict, total=False):
    """What can be corrected of an expertise."""

    words: str
    category: str
    may_pass_on: bool | None
    noted_on: dt.date


def note_expertise(
    *,
    by: Actor,
    client_id: int,
    words: str,
    category: str = "",
    may_pass_on: bool | None = None,
    on: dt.date | None = None,
) -> Expertise:
    """A client does something well, in their words; `may_pass_on`: whether others may be told.

    None: they haven't been asked. `category` is a code of NAICS 2022.
    """
    client = client_by_id(client_id)
    return journal.create(
        Expertise,
        by=by,
        sentence=f"{client.title} does: {words}.",
        client=client,
        words=words,
        category=category.strip(),
        may_pass_on=may_pass_on,
        noted_on=days.happened("noted_on", on),
    )


def change_expertise(
    *, by: Actor, expertise_id: int, why: str = "", **fields: Unpack[ExpertiseFields]
) -> Expertise:
    """Correct what a client does, or note whether others may be told."""
    found = expertise_by_id(expertise_id, lock=True)
    if "noted_on" in fields:
        days.happened("noted_on", fields["noted_on"])
    sentence = f"Changed what {found.client.title} does."
    return journal.change(found, by=by, sentence=sentence, why=why, **fields)


def remove_expertise(*, by: Actor, expertise_id: int, why: str = "") -> Expertise:
    """Take an expertise off the record, as entered by mistake."""
    found = expertise_by_id(expertise_id, lock=True)
    sentence = f"Removed what {found.client.title} does: {found.words}."
    return journal.remove(found, by=by, sentence=sentence, why=why)
