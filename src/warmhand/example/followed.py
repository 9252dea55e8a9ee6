"""What came of the referrals in the stories: heard from both sides, due, and one unhappy client."""

from __future__ import annotations

import datetime as dt
from typing import Any

from warmhand.apps.directory.models import Provider
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.work.models import Rating

from .ledger import Draft
from .lives import Setting
from .story import CAST

_SAID = ("They came the same day.", "", "Straight and quick.", "", "My team asked for them again.")
_LATE = "They have put us off twice now."


def follow_up(setting: Setting) -> None:
    """Of the referrals given so far, oldest first: most were followed up, the newest wait.

    Which is which comes from their order alone, so that no other story changes by it.
    """
    drafts = setting.ledger.drafts.get(ReferralGiven, [])
    listed = {it.record.name: it.record for it in setting.ledger.drafts.get(Provider, [])}
    by_day = sorted(drafts, key=lambda draft: (draft.record.given_on, draft.record.client.name))
    for number, draft in enumerate(by_day):
        draft.record.listed = draft.record.listed or listed.get(draft.record.provider)
        _heard(setting, draft, number)
    _unhappy(setting, by_day)


def _heard(setting: Setting, draft: Draft, number: int) -> None:
    """Three of four clients told us after a week, most of them again after a month."""
    if number % 4 == 0:
        return
    if number % 7 == 3:
        _said(setting, draft, "client", 1, 8, business="no")
        return
    words = _SAID[number % len(_SAID)]
    _said(setting, draft, "client", 1, 8, business="not_yet", may_tell=True)
    _said(setting, draft, "client", 2, 31, business="yes", happy=True, again=True, words=words)
    _said(setting, draft, "provider", 1, 9, business="yes", may_tell=number % 2 == 1)


def _said(
    setting: Setting, draft: Draft, side: str, number: int, days: int, **answer: Any
) -> Draft | None:
    """An answer so many days after the referral, where that day is over."""
    given = draft.record
    on = given.given_on + dt.timedelta(days=days)
    if on >= setting.today:
        return None
    name = given.client.name if side == "client" else given.provider
    return setting.ledger.add(
        FollowUp, on, given.member, f"{name} told us how it goes.", client=given.client,
        referral=given, side=side, round=number, answered_on=on, noted_by=given.member, **answer,
    )  # fmt: skip


def _unhappy(setting: Setting, by_day: list[Draft]) -> None:
    """The newest referral that is old enough went wrong: to be made good (P7)."""
    cast = {character.name for character in CAST}
    taken = {id(draft.record.referral) for draft in setting.ledger.drafts.get(FollowUp, [])}
    free = (
        draft
        for draft in reversed(by_day)
        if draft.record.given_on <= setting.today - dt.timedelta(days=9)
        and draft.record.client.name not in cast
        and id(draft.record) not in taken
    )
    draft = next(free, None)
    if draft is None:
        return
    given, on = draft.record, setting.today - dt.timedelta(days=1)
    rating = setting.ledger.add(
        Rating, on, given.member, f"{given.client.name} isn't happy with {given.provider}.",
        client=given.client, on=on, score=4, words=_LATE, source="note",
    )  # fmt: skip
    setting.ledger.add(
        FollowUp, on, given.member, f"{given.client.name} told us how it goes.",
        client=given.client, referral=given, side="client", round=1, answered_on=on,
        noted_by=given.member, business="yes", happy=False, words=_LATE, rating=rating.record,
    )  # fmt: skip
