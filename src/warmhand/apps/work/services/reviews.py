"""Review meetings: planned, held, rated (P14)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from warmhand.apps.accounts import days
from warmhand.apps.accounts.models import Member
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.work.models import Rating, Review
from warmhand.apps.work.queries import planned_with, review_by_id
from warmhand.problems import Conflict, Invalid, NotFound

from .ratings import rate

MINUTES = 60
"""How long a review is planned for, if nothing else is said (our choice)."""
_LONGEST = 8 * 60


def plan_review(
    *,
    by: Actor,
    client_id: int,
    on: dt.date | None = None,
    starts_at: dt.datetime | None = None,
    minutes: int = MINUTES,
    member_id: int | None = None,
    kind: str = "",
    place: str = "",
) -> Review:
    """A meeting is arranged for a day that is yet to come, or today; with its time, if known.

    `member_id` is who of us comes (the actor, if nobody is named). A member's planned meetings
    never overlap: Conflict `time_taken`, with whom it is taken by.
    """
    client = client_by_id(client_id)
    when = _when(on, starts_at, minutes)
    member_id = member_id or by.member_id
    _free(member_id, when)
    sentence = f"Planned a review with {client.title} on {when['planned_on']}."
    return journal.create(
        Review,
        by=by,
        sentence=sentence,
        client=client,
        member_id=member_id,
        kind=kind,
        place=place,
        **when,
    )


def change_review(
    *,
    by: Actor,
    review_id: int,
    on: dt.date | None = None,
    starts_at: dt.datetime | None = None,
    minutes: int = 0,
    why: str = "",
    **fields: Any,
) -> Review:
    """Move a meeting that wasn't held yet, or correct its `member_id`, `kind` and `place`.

    A new day alone keeps the time of day.
    """
    review = _not_held(review_id)
    if starts_at is None and on is not None and review.starts_at is not None:
        starts_at = _same_time(review.starts_at, on)
    when = _when(on, starts_at, minutes or review.minutes or MINUTES) if on or starts_at else {}
    if when or "member_id" in fields:
        now = {"starts_at": review.starts_at, "ends_at": review.ends_at}
        _free(fields.get("member_id", review.member_id), {**now, **when}, but=review.pk)
    day = when.get("planned_on", review.planned_on)
    sentence = f"Moved the review with {review.client.title} to {day}."
    if day == review.planned_on:
        sentence = f"Changed the review with {review.client.title} on {day}."
    return journal.change(review, by=by, sentence=sentence, why=why, **when, **fields)


def _when(on: dt.date | None, starts_at: dt.datetime | None, minutes: int) -> dict[str, Any]:
    """The day and, where it is known, the time: moments are kept in UTC."""
    if starts_at is None:
        if on is None:
            raise Invalid.at("planned_on", "Name the day of the meeting.")
        return {"planned_on": days.planned("planned_on", on), "starts_at": None, "ends_at": None}
    if not 0 < minutes <= _LONGEST:
        raise Invalid.at("minutes", f"A meeting lasts from 1 to {_LONGEST} minutes.")
    start = starts_at.astimezone(dt.UTC).replace(second=0, microsecond=0)
    day = days.planned("starts_at", days.day_of(start))
    return {
        "planned_on": day,
        "starts_at": start,
        "ends_at": start + dt.timedelta(minutes=minutes),
    }


def _same_time(starts_at: dt.datetime, on: dt.date) -> dt.datetime:
    here = timezone.localtime(starts_at, days.zone())
    return dt.datetime.combine(on, here.time(), tzinfo=here.tzinfo)


def _free(member_id: int | None, when: dict[str, Any], but: int | None = None) -> None:
    """Whoever comes isn't elsewhere then. The member is locked first: one at a time plans theirs,
    and the second learns what took the time.
    """
    if member_id is None or when["starts_at"] is None:
        return
    if not Member.objects.select_for_update(of=("self",)).filter(pk=member_id).exists():
        raise NotFound("member")
    found = planned_with(member_id, when["starts_at"], when["ends_at"])
    taken = found.exclude(pk=but or 0).first()
    if taken is not None:
        raise _taken(taken)


def _taken(review: Review) -> Conflict:
    start = timezone.localtime(review.starts_at, days.zone())
    who = review.member.name if review.member else "Somebody"
    return Conflict(
        "time_taken",
        f"{who} meets somebody else on {start:%d %B %Y at %H:%M}.",
        lift="Choose another time, or let a colleague go.",
        details={"review": review.pk},
    )


@journal.one_act()
def hold_review(
    *,
    by: Actor,
    client_id: int,
    review_id: int | None = None,
    on: dt.date | None = None,
    rating: int | None = None,
    words: str = "",
) -> Review:
    """The meeting was held, planned before or not; its rating (0 to 10) becomes a rating."""
    client = client_by_id(client_id, lock=True)
    day = days.happened("held_on", on)
    sentence = f"Held a review with {client.title}."
    held: dict[str, Any] = {"held_on": day, "rating": rating, "words": words}
    if review_id is None:
        held["member_id"] = by.member_id
        review = journal.create(Review, by=by, sentence=sentence, client=client, **held)
    else:
        review = journal.change(_not_held(review_id, client_id), by=by, sentence=sentence, **held)
    if rating is not None:
        rate(by=by, client_id=client_id, score=rating, on=day, words=words, review_id=review.pk)
    return review


def _not_held(review_id: int, client_id: int | None = None) -> Review:
    review = review_by_id(review_id, lock=True)
    if review.held_on is not None or client_id not in (None, review.client_id):
        raise Conflict(
            "review_held_already",
            "This review was held already, or was planned with somebody else.",
            lift="Record another meeting without naming a review.",
        )
    return review


@journal.one_act()
def remove_review(*, by: Actor, review_id: int, why: str = "") -> Review:
    """Take a review off the record, and with it the rating that came of it."""
    review = review_by_id(review_id, lock=True)
    sentence = f"Removed a review with {review.client.title}."
    journal.remove(review, by=by, sentence=sentence, why=why)
    for rating in Rating.objects.filter(review=review).select_for_update():
        journal.remove(rating, by=by, sentence="Removed the rating of a review.", why=why)
    return review
