"""What a side says: by its page, or to a member who writes it down (P34, P7)."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.followups.queries import PURPOSE, given_with_sides, next_for
from warmhand.apps.followups.queries.rows import follow_up_by_id
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import services as messaging
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.policies.queries import current
from warmhand.apps.work.models import Rating
from warmhand.apps.work.services.voiding import void_link
from warmhand.problems import Invalid


class Answer(TypedDict, total=False):
    """What was said; all may be left out, but something has to be said.

    `may_tell`: the other side may hear it, without the words. `no_more`: it is over, or they wish
    not to be asked about it again.
    """

    business: str
    happy: bool | None
    again: bool | None
    words: str
    may_tell: bool
    no_more: bool


@journal.one_act()
def answer_by_link(
    *,
    follow_up_id: int,
    link_id: int,
    edition: int,
    proof: messaging.Proof,
    **answer: Unpack[Answer],
) -> FollowUp:
    """What a side answered by its link, or corrected within 24 hours; one answer stands.

    Locks client, follow-up, link in that order, as all who write to them do.
    """
    row = _locked(follow_up_id)
    messaging.take_outcome(link_id=link_id, edition=edition, proof=proof)
    corrected = row.answered_on is not None
    by = Actor(None, row.speaker, "client")
    values: dict[str, Any] = {**_EMPTY, **answer}
    if not corrected:
        values |= {"answered_on": days.today(), "noted_by": None}
    sentence = f"{row.speaker} corrected their answer." if corrected else _sentence(row, values)
    return _kept(journal.change(row, by=by, sentence=sentence, **values), by)


@journal.one_act()
def note_answer(
    *,
    by: Actor,
    referral_given_id: int,
    side: str,
    on: dt.date | None = None,
    **answer: Unpack[Answer],
) -> FollowUp:
    """Write down what a side said, as it was told to one of us.

    It answers the question that is due, and ends its link; where none is due it is kept as heard
    in between, and the next question comes on its day.
    """
    referral = given_with_sides(referral_given_id)
    client_by_id(referral.client_id, lock=True)
    day = days.happened("on", on)
    if day < referral.given_on:
        raise Invalid.at("on", f"The referral was given on {days.said(referral.given_on)}.")
    coming, is_due = next_for(referral, side)
    number = coming.number if coming is not None and is_due and day >= coming.due_on else 0
    row = _waiting(by, referral, side, number, day)
    if row is None:
        row = _new(by, referral, side, number, day, answer)
    else:
        values: dict[str, Any] = {**_EMPTY, **answer, "answered_on": day}
        values["noted_by_id"] = by.member_id
        row = journal.change(row, by=by, sentence=_sentence(row, values), **values)
    return _kept(row, by)


def _new(
    by: Actor, referral: ReferralGiven, side: str, number: int, day: dt.date, answer: Answer
) -> FollowUp:
    values: dict[str, Any] = {**_EMPTY, **answer, "answered_on": day}
    name = FollowUp(referral=referral, client=referral.client, side=side)
    return journal.create(
        FollowUp,
        by=by,
        sentence=_sentence(name, values),
        referral=referral,
        client=referral.client,
        side=side,
        round=number,
        noted_by_id=by.member_id,
        **values,
    )


def _waiting(
    by: Actor, referral: ReferralGiven, side: str, number: int, day: dt.date
) -> FollowUp | None:
    """The question that this answers: asked before that day, and not answered yet.

    Its link, and those of older questions, open nothing any more.
    """
    rows = FollowUp.objects.filter(referral=referral, side=side, answered_on=None)
    waiting = list(rows.filter(asked_on__lte=day).select_for_update().order_by("round"))
    for row in waiting:
        void_link(by=by, purpose=PURPOSE, object_id=row.pk, why="Answered another way.")
    found = [row for row in waiting if number in (0, row.round)]
    return found[-1] if found else None


def change_answer(
    *, by: Actor, follow_up_id: int, on: dt.date | None = None, **answer: Unpack[Answer]
) -> FollowUp:
    """Correct what was written down."""
    row = _locked(follow_up_id)
    values: dict[str, Any] = dict(answer)
    if on is not None:
        values["answered_on"] = days.happened("on", on)
    sentence = f"Corrected what {row.speaker} said about the referral to {row.referral.provider}."
    with journal.one_act():
        return _kept(journal.change(row, by=by, sentence=sentence, **values), by)


def remove_answer(*, by: Actor, follow_up_id: int, why: str = "") -> FollowUp:
    """Take a follow-up off the record, and with it what stands to be made good for it."""
    row = _locked(follow_up_id)
    with journal.one_act():
        sentence = f"Removed what {row.speaker} said about the referral to {row.referral.provider}."
        journal.remove(row, by=by, sentence=sentence, why=why)
        void_link(by=by, purpose=PURPOSE, object_id=row.pk, why="It was removed.")
        _drop_rating(row, by)
    return row


_EMPTY: Answer = {
    "business": "",
    "happy": None,
    "again": None,
    "words": "",
    "may_tell": False,
    "no_more": False,
}


def _locked(follow_up_id: int) -> FollowUp:
    row = follow_up_by_id(follow_up_id)
    client_by_id(row.client_id, lock=True)
    return follow_up_by_id(follow_up_id, lock=True)


def _kept(row: FollowUp, by: Actor) -> FollowUp:
    """An unhappy client's answer opens what has to be made good; a happier one takes it back (P7).

    They named no number, so the rating is the highest that counts as unhappy in this workspace.
    """
    unhappy = row.side == FollowUp.Side.CLIENT and row.happy is False
    if not unhappy:
        _drop_rating(row, by)
        return row
    if _stands(row):
        return row
    provider = row.referral.provider
    rating = journal.create(
        Rating,
        by=by,
        sentence=f"{row.client.title} isn't happy with {provider}, to whom we sent them.",
        client=row.client,
        on=row.answered_on or days.today(),
        score=current().policy.unhappy_at_most,
        source=Rating.Source.NOTE,
        words=row.words or f"Not happy with {provider}, to whom we sent them.",
    )
    return _linked(row, rating, by)


def _stands(row: FollowUp) -> bool:
    return row.rating is not None and row.rating.removed_at is None


def _linked(row: FollowUp, rating: Rating | None, by: Actor) -> FollowUp:
    sentence = f"Noted what has to be made good with {row.client.title}."
    return journal.change(row, by=by, sentence=sentence, rating=rating)


def _drop_rating(row: FollowUp, by: Actor) -> None:
    """A rating that came of an answer taken back goes too; one made good already stays."""
    rating = row.rating
    if rating is None or rating.removed_at is not None or rating.recovered_on is not None:
        return
    sentence = f"Took back what had to be made good with {row.client.title}."
    journal.remove(rating, by=by, sentence=sentence)


def _sentence(row: FollowUp, values: dict[str, Any]) -> str:
    """What was said, in the journal: without the words, which stand on the record."""
    about = f"the referral to {row.referral.provider}"
    if row.side == FollowUp.Side.PROVIDER:
        about = f"the referral of {row.client.title}"
    said = _SAID.get(values.get("business", ""), "")
    if values.get("happy") is not None:
        said = f"{said}, {'happy' if values['happy'] else 'not happy'}".removeprefix(", ")
    if not said:
        said = "not to be asked again" if values.get("no_more") else "answered"
    return f"{row.speaker} on {about}: {said}."


_SAID = {
    FollowUp.Business.YES.value: "they do business",
    FollowUp.Business.NOT_YET.value: "not yet",
    FollowUp.Business.NO.value: "nothing came of it",
}
