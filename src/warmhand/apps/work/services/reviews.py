"""Review meetings: planned, held, rated (P14)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.work.models import Rating, Review
from warmhand.apps.work.queries import review_by_id
from warmhand.problems import Conflict

from .ratings import rate


def plan_review(*, by: Actor, client_id: int, on: dt.date) -> Review:
    """A meeting is arranged for a day that is yet to come, or today."""
    client = client_by_id(client_id)
    sentence = f"Planned a review with {client.title} on {on}."
    day = days.planned("planned_on", on)
    return journal.create(Review, by=by, sentence=sentence, client=client, planned_on=day)


def change_review(*, by: Actor, review_id: int, on: dt.date, why: str = "") -> Review:
    """Move a meeting that wasn't held yet to another day."""
    review = _not_held(review_id)
    sentence = f"Moved the review with {review.client.title} to {on}."
    day = days.planned("planned_on", on)
    return journal.change(review, by=by, sentence=sentence, why=why, planned_on=day)


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
