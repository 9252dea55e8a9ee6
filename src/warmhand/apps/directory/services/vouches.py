"""Who among us answers for a provider, and why one can be confident (P31, P32)."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import member_by_id
from warmhand.apps.directory.models import Provider, Vouch
from warmhand.apps.directory.queries.providers import provider_by_id, vouch_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.problems import Conflict, Invalid


class VouchFields(TypedDict, total=False):
    """What can be corrected of a vouch."""

    why_confident: str
    basis: str
    since: dt.date


def vouch(
    *,
    by: Actor,
    provider_id: int,
    why_confident: str,
    basis: str = Vouch.Basis.WORKED,
    since: dt.date | None = None,
    member_id: int | None = None,
) -> Vouch:
    """A member answers for a provider and says why one can be confident (P32).

    `basis`: from what they know it. The member is who acts, unless another is named. Raises
    Conflict (`vouches_already`) where that member does so already.
    """
    provider = provider_by_id(provider_id, lock=True)
    member_id = member_id or by.member_id
    if member_id is None:
        raise Invalid.at("member_id", "Say which of us answers for them.")
    member = member_by_id(member_id)
    _refuse_second(provider, member_id)
    return journal.create(
        Vouch,
        by=by,
        sentence=f"{member.name} vouches for {provider.name}.",
        provider=provider,
        member=member,
        why_confident=why_confident,
        basis=basis,
        since=days.happened("since", since),
    )


def _refuse_second(provider: Provider, member_id: int) -> None:
    if Vouch.objects.filter(provider=provider, member_id=member_id).exists():
        raise Conflict(
            "vouches_already",
            f"This member vouches for {provider.name} already.",
            lift="Change what they say there.",
        )


def change_vouch(
    *, by: Actor, vouch_id: int, why: str = "", **fields: Unpack[VouchFields]
) -> Vouch:
    """Correct why one can be confident, or say that it still holds: `since` a later day."""
    found = vouch_by_id(vouch_id, lock=True)
    if "since" in fields:
        days.happened("since", fields["since"])
    sentence = f"Changed why {found.member.name} vouches for {found.provider.name}."
    return journal.change(found, by=by, sentence=sentence, why=why, **fields)


def remove_vouch(*, by: Actor, vouch_id: int, why: str = "") -> Vouch:
    """They no longer answer for the provider."""
    found = vouch_by_id(vouch_id, lock=True)
    sentence = f"{found.member.name} no longer vouches for {found.provider.name}."
    return journal.remove(found, by=by, sentence=sentence, why=why)
