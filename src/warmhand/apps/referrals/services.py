"""Writes about referrals received: followed to their outcome, thanked twice (P2, P25, P26)."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.asks.models import Ask
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.gratitude.services import owe_thanks
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.door import one
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import client_by_id
from warmhand.problems import Conflict, Invalid

from .models import ReferralReceived
from .queries import referral_by_id


class ReferralFields(TypedDict, total=False):
    """What can be corrected of a referral received."""

    new_person: str
    received_on: dt.date
    words: str


@journal.one_act()
def receive_referral(
    *,
    by: Actor,
    client_id: int,
    new_person: str,
    on: dt.date | None = None,
    words: str = "",
    ask_id: int | None = None,
    kind: str = "",
) -> ReferralReceived:
    """A client introduced somebody; thanks are owed from this minute (P26).

    Of an ask it is of that ask's kind; else `kind` says whether the new person is a co-worker
    of theirs ('ask_coworker'), elsewhere ('ask', when left out).
    """
    client = client_by_id(client_id)
    kind = _kind_of(client_id, ask_id, kind)
    day = days.happened("received_on", on)
    made = journal.create(
        ReferralReceived,
        by=by,
        sentence=f"{client.title} introduced {new_person}.",
        client=client,
        kind=kind,
        new_person=new_person,
        received_on=day,
        words=words,
        ask_id=ask_id,
    )
    _owe(by, made, ThankYou.Occasion.RECEIPT, f"for introducing {new_person}", day)
    return made


def _kind_of(client_id: int, ask_id: int | None, kind: str) -> str:
    if ask_id is None:
        return kind or Ask.Kind.CLIENT
    ask = one(Ask, ask_id, "ask")
    if ask.client_id != client_id:
        raise Invalid.at("ask_id", "This ask went to another client.")
    if kind not in ("", ask.kind):
        raise Invalid.at("kind", f"The ask it came of was {Ask.Kind(ask.kind).label.lower()}.")
    return ask.kind


@journal.one_act()
def record_outcome(
    *, by: Actor, referral_id: int, outcome: str, on: dt.date | None = None, words: str = ""
) -> ReferralReceived:
    """What came of a referral; thanks are owed again, whatever it is (P26)."""
    referral = referral_by_id(referral_id, lock=True)
    ends = [o for o in ReferralReceived.Outcome if o != ReferralReceived.Outcome.PENDING]
    if outcome not in ends:
        raise Invalid.at("outcome", f"Choose one of: {', '.join(ends)}.")
    day = days.happened("outcome_on", on)
    label = ReferralReceived.Outcome(outcome).label.lower()
    changed = journal.change(
        referral,
        by=by,
        sentence=f"{referral.new_person}, introduced by {referral.client.title}: {label}.",
        outcome=outcome,
        outcome_on=day,
        words=words or referral.words,
    )
    words = f"at the outcome of introducing {referral.new_person}"
    _owe(by, changed, ThankYou.Occasion.OUTCOME, words, day)
    return changed


def _owe(by: Actor, referral: ReferralReceived, occasion: str, words: str, on: dt.date) -> None:
    owe_thanks(
        by=by,
        client_id=referral.client_id,
        referral_id=referral.pk,
        occasion=occasion,
        words=words[:300],
        on=on,
    )


def change_referral(
    *, by: Actor, referral_id: int, why: str = "", **fields: Unpack[ReferralFields]
) -> ReferralReceived:
    """Correct a referral received."""
    referral = referral_by_id(referral_id, lock=True)
    if "received_on" in fields:
        days.happened("received_on", fields["received_on"])
    sentence = f"Changed the referral of {referral.new_person}."
    return journal.change(referral, by=by, sentence=sentence, why=why, **fields)


def mark_hurt(
    *, by: Actor, referral_id: int, on: dt.date | None = None, why: str
) -> ReferralReceived:
    """Our handling of a referral hurt the giver's name: asks stop until it is mended (P2)."""
    referral = referral_by_id(referral_id, lock=True)
    if referral.hurt_on is not None and referral.mended_on is None:
        raise Conflict("hurt_already", "This is on record.", lift="Mend it, then record that.")
    if not why.strip():
        raise Invalid.at("why", "Say what happened, so that somebody can mend it.")
    sentence = f"Our handling of {referral.new_person} hurt the name of {referral.client.title}."
    day = days.happened("hurt_on", on)
    return journal.change(referral, by=by, sentence=sentence, why=why, hurt_on=day, mended_on=None)


def mend(
    *, by: Actor, referral_id: int, on: dt.date | None = None, why: str = ""
) -> ReferralReceived:
    """We mended it, with the giver and the new person; `why` says how (P2)."""
    referral = referral_by_id(referral_id, lock=True)
    if referral.hurt_on is None or referral.mended_on is not None:
        raise Conflict("nothing_to_mend", "Nothing stands to be mended.", lift="Reload the page.")
    sentence = f"Mended with {referral.client.title} how we handled {referral.new_person}."
    day = days.happened("mended_on", on)
    return journal.change(referral, by=by, sentence=sentence, why=why, mended_on=day)


@journal.one_act()
def remove_referral(*, by: Actor, referral_id: int, why: str = "") -> ReferralReceived:
    """It never was, or was entered twice: the thanks not given yet go with it."""
    referral = referral_by_id(referral_id, lock=True)
    sentence = f"Removed the referral of {referral.new_person}."
    journal.remove(referral, by=by, sentence=sentence, why=why)
    for owed in ThankYou.objects.filter(referral=referral, given_on=None).select_for_update():
        journal.remove(owed, by=by, sentence="Removed the thanks owed for it.", why=why)
    return referral
