"""Answering a proposed move: put off, dismissed, handed over, done; and how an ask ended."""

from __future__ import annotations

import datetime as dt

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import member_by_id
from warmhand.apps.asks import services as asks
from warmhand.apps.asks.models import Ask
from warmhand.apps.asks.queries import ask_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.offers import services as offers
from warmhand.apps.people.models import Client
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.referrals import services as referrals
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.problems import Invalid
from warmhand.rulebook import MOVES, Move

from .models import MoveAnswer

DISMISSED_DAYS = 90
"""A dismissed move isn't proposed again for a quarter (our choice)."""


def snooze(*, by: Actor, client_id: int, move: str, until: dt.date, why: str) -> MoveAnswer:
    """Put a move off until a day."""
    if until <= days.today():
        raise Invalid.at("until", "Name a day still to come.")
    client = client_by_id(client_id)
    return _answer(
        by=by,
        client=client,
        move=move,
        answer=MoveAnswer.Answer.SNOOZED,
        until=until,
        why=_reason(why),
        sentence=f"Put off '{_title(move)}' for {client.title} until {until:%d %B %Y}.",
    )


def dismiss(*, by: Actor, client_id: int, move: str, why: str) -> MoveAnswer:
    """Say that a move isn't right; it isn't proposed again for a while."""
    client = client_by_id(client_id)
    return _answer(
        by=by,
        client=client,
        move=move,
        answer=MoveAnswer.Answer.DISMISSED,
        until=days.today() + dt.timedelta(days=DISMISSED_DAYS),
        why=_reason(why),
        sentence=f"Dismissed '{_title(move)}' for {client.title}.",
    )


def move_done(*, by: Actor, client_id: int, move: str, why: str = "") -> MoveAnswer:
    """Note that a move was made; what was done is on its own record."""
    client = client_by_id(client_id)
    return _answer(
        by=by,
        client=client,
        move=move,
        answer=MoveAnswer.Answer.DONE,
        until=days.today() + dt.timedelta(days=1),
        why=why,
        sentence=f"Done: '{_title(move)}' for {client.title}.",
    )


def hand_over(*, by: Actor, client_id: int, to_member_id: int, why: str) -> Client:
    """Give a client into a colleague's care, with the reason."""
    client, colleague = client_by_id(client_id), member_by_id(to_member_id)
    return journal.change(
        client,
        by=by,
        sentence=f"Handed {client.title} over to {colleague.name}.",
        why=_reason(why),
        keeper_id=colleague.pk,
    )


@journal.one_act()
def answer_ask(
    *,
    by: Actor,
    ask_id: int,
    outcome: str,
    words: str = "",
    later_on: dt.date | None = None,
    follow_up_on: dt.date | None = None,
    offer_id: int | None = None,
    new_person: str = "",
    resolved_confirmed: bool | None = None,
    trust_confirmed: bool | None = None,
    help_offered: bool | None = None,
    channel: str = "",
    formality: str = "",
    variant: str = "",
) -> Ask:
    """How an ask ended: a name given becomes a referral received, and a thank-you owed (P26).

    An offer that they took to pass on becomes a pass of theirs (P22).
    """
    if outcome == Ask.Outcome.NAME and not new_person.strip():
        raise Invalid.at("new_person", "Whose name did they give?")
    ask = asks.record_outcome(
        by=by,
        ask_id=ask_by_id(ask_id).pk,
        outcome=outcome,
        words=words,
        later_on=later_on,
        follow_up_on=follow_up_on,
        offer_id=offer_id,
        resolved_confirmed=resolved_confirmed,
        trust_confirmed=trust_confirmed,
        help_offered=help_offered,
        channel=channel,
        formality=formality,
        variant=variant,
    )
    if outcome == Ask.Outcome.NAME:
        referrals.receive_referral(
            by=by,
            client_id=ask.client_id,
            new_person=new_person.strip(),
            ask_id=ask.pk,
            words=words,
        )
    if ask.offer_id is not None:
        offers.pass_offer(by=by, client_id=ask.client_id, offer_id=ask.offer_id)
    return ask


@journal.one_act()
def introduced(*, by: Actor, ask_id: int, new_person: str, words: str = "") -> ReferralReceived:
    """They introduced us, as they said they would; thanks are owed from this minute (P26)."""
    if not new_person.strip():
        raise Invalid.at("new_person", "Whom did they introduce?")
    ask = asks.set_follow_up(by=by, ask_id=ask_id, on=None)
    return referrals.receive_referral(
        by=by, client_id=ask.client_id, new_person=new_person.strip(), ask_id=ask.pk, words=words
    )


def _answer(
    *,
    by: Actor,
    client: Client,
    move: str,
    answer: MoveAnswer.Answer,
    until: dt.date,
    why: str,
    sentence: str,
) -> MoveAnswer:
    return journal.create(
        MoveAnswer,
        by=by,
        sentence=sentence,
        why=why,
        client=client,
        move=Move(move).value,
        answer=answer.value,
        until=until,
        reason=why,
        member_id=by.member_id,
    )


def _title(move: str) -> str:
    if move not in set(Move):
        raise Invalid.at("move", f"Choose one of: {', '.join(Move)}.")
    return MOVES[Move(move)].title


def _reason(why: str) -> str:
    if not why.strip():
        raise Invalid.at("why", "Say why; it helps whoever looks next.")
    return why.strip()
