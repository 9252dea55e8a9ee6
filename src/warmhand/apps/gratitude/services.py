"""Writes about thank-yous: a debt from the first minute, cleared only by thanking (P26)."""

from __future__ import annotations

import datetime as dt

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.policies.queries import current
from warmhand.problems import Conflict

from .models import ThankYou
from .queries import thank_you_by_id


def owe_thanks(
    *,
    by: Actor,
    client_id: int,
    words: str,
    occasion: str = ThankYou.Occasion.OTHER,
    referral_id: int | None = None,
    on: dt.date | None = None,
) -> ThankYou:
    """We owe a client thanks; due as soon as the policy's `thanks_due_days` says.

    For a referral once per occasion: the debt that is on record already is returned.
    """
    client = client_by_id(client_id)
    known = ThankYou.objects.filter(referral_id=referral_id, occasion=occasion).first()
    if referral_id is not None and known is not None:
        return known
    owed_on = days.happened("owed_on", on)
    grace = current().policy.thanks_due_days
    return journal.create(
        ThankYou,
        by=by,
        sentence=f"We owe {client.title} thanks {words}.",
        client=client,
        referral_id=referral_id,
        occasion=occasion,
        words=words,
        owed_on=owed_on,
        due_on=owed_on + dt.timedelta(days=grace),
    )


def give_thanks(
    *, by: Actor, thank_you_id: int, how: str = "", on: dt.date | None = None
) -> ThankYou:
    """We thanked them; `how`: a call, a card, lunch."""
    owed = thank_you_by_id(thank_you_id, lock=True)
    if owed.given_on is not None:
        raise Conflict(
            "thanked_already",
            f"They were thanked on {days.said(owed.given_on)}.",
            lift="Reload the page to see how it stands.",
        )
    return journal.change(
        owed,
        by=by,
        sentence=f"Thanked {owed.client.title} {owed.words}.",
        given_on=days.happened("given_on", on),
        how=how,
        member_id=by.member_id,
    )


def remove_thank_you(*, by: Actor, thank_you_id: int, why: str = "") -> ThankYou:
    """Take a thank-you off the record; refused for a referral's: only thanking clears it."""
    owed = thank_you_by_id(thank_you_id, lock=True)
    if owed.referral_id is not None:
        raise Conflict(
            "thanks_stay_owed",
            "Thanks for a referral are owed whatever came of it.",
            lift="Thank them and record it, or remove the referral if it never was.",
        )
    sentence = f"Removed a thank-you of {owed.client.title}."
    return journal.remove(owed, by=by, sentence=sentence, why=why)
