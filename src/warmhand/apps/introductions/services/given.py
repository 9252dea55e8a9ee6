"""A referral that a member gave without an introduction of ours, and how good it was (P32)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from warmhand.apps.directory.models import Provider
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.giving.services import give_referral, note_need
from warmhand.apps.introductions.models import GivenQuality
from warmhand.apps.introductions.queries import quality_of_given
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.matching.quality import Quality
from warmhand.problems import Invalid


@journal.one_act()
def record_referral(
    *,
    by: Actor,
    client_id: int,
    provider: str = "",
    why_confident: str = "",
    need_id: int | None = None,
    need_words: str = "",
    done: Collection[str] = (),
    on: dt.date | None = None,
    listed_id: int | None = None,
) -> ReferralGiven:
    """We sent a client to somebody good; its quality is kept with it, as it was that day (P32).

    `done` are codes of `matching.quality.DONE`. `need_words` is a need that isn't on record: it is
    noted, and the referral serves it. A name that stands once in the directory means that provider.
    """
    if need_words.strip() and need_id is not None:
        raise Invalid.at("need_words", "Choose a need on record, or put another into words.")
    quality = quality_of_given(
        why_confident=why_confident, need_id=need_id, need_words=need_words, done=done
    )
    if need_words.strip():
        may = True if "consent" in done else None
        words = need_words.strip()
        need = note_need(by=by, client_id=client_id, words=words, on=on, may_pass_on=may)
        need_id = need.pk
    given = give_referral(
        by=by,
        client_id=client_id,
        provider=provider,
        why_confident=why_confident,
        need_id=need_id,
        on=on,
        listed_id=listed_id or _by_name(provider),
    )
    keep_quality(by=by, given=given, quality=quality)
    return given


def _by_name(name: str) -> int | None:
    found = list(Provider.objects.filter(name__iexact=name.strip()).values_list("pk", flat=True))
    return found[0] if len(found) == 1 else None


def keep_quality(*, by: Actor, given: ReferralGiven, quality: Quality) -> GivenQuality:
    """Keep the parts that a referral had on the day it was given."""
    return journal.create(
        GivenQuality,
        by=by,
        sentence=f"The quality of this referral is {quality.score} of 100.",
        given=given,
        parts=quality.codes,
    )
