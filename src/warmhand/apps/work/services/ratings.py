"""How clients feel, in numbers and in their own words; and making good (P7, P14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.work.models import Rating
from warmhand.apps.work.queries import (
    case_by_id,
    commitment_by_id,
    rating_by_id,
    review_by_id,
    survey_by_id,
)
from warmhand.problems import Conflict, Invalid

_DOORS: dict[str, Callable[[int], Any]] = {
    "commitment": commitment_by_id,
    "case": case_by_id,
    "survey": survey_by_id,
    "review": review_by_id,
}


class RatingFields(TypedDict, total=False):
    """What can be corrected of a rating: the day, the score (0 to 10), the client's words."""

    on: dt.date
    score: int
    words: str


def rate(
    *,
    by: Actor,
    client_id: int,
    score: int,
    on: dt.date | None = None,
    words: str = "",
    commitment_id: int | None = None,
    case_id: int | None = None,
    survey_id: int | None = None,
    review_id: int | None = None,
) -> Rating:
    """A client's rating, 0 to 10: of a commitment, case, survey or review, or said in passing."""
    client = client_by_id(client_id)
    about = {
        "commitment": commitment_id,
        "case": case_id,
        "survey": survey_id,
        "review": review_id,
    }
    return journal.create(
        Rating,
        by=by,
        sentence=f"{client.title} rated us {score} of 10.",
        client=client,
        on=days.happened("on", on),
        score=score,
        words=words,
        **_source(about, client.pk),
    )


def _source(about: dict[str, int | None], client_id: int) -> dict[str, Any]:
    """What the rating is of: at most one record, and one of that client."""
    named = {name: pk for name, pk in about.items() if pk is not None}
    if len(named) > 1:
        raise Invalid.at("source", "A rating is of one thing only.")
    for name, pk in named.items():
        record = _DOORS[name](pk)
        if record.client_id not in (client_id, None):
            raise Invalid.at(f"{name}_id", "This belongs to another client.")
        return {"source": name, f"{name}_id": pk}
    return {"source": Rating.Source.NOTE}


def change_rating(
    *, by: Actor, rating_id: int, why: str = "", **fields: Unpack[RatingFields]
) -> Rating:
    """Correct a rating."""
    rating = rating_by_id(rating_id, lock=True)
    if "on" in fields:
        days.happened("on", fields["on"])
    sentence = f"Changed a rating of {rating.client.title}."
    return journal.change(rating, by=by, sentence=sentence, why=why, **fields)


def place_rating(*, by: Actor, rating_id: int, case_id: int) -> Rating:
    """Say of which case a rating was that was taken down before we knew of the case.

    One that is of something already stays as it is.
    """
    rating, case = rating_by_id(rating_id, lock=True), case_by_id(case_id)
    if rating.source != Rating.Source.NOTE or case.client is None:
        return rating
    sentence = f"The rating of {case.client.title} was about the case '{case.title}'."
    return journal.change(
        rating, by=by, sentence=sentence, client=case.client, case=case, source=Rating.Source.CASE
    )


def settle_rating(
    *,
    by: Actor,
    known: Rating | None,
    score: int | None,
    words: str,
    client_id: int,
    on: dt.date | None = None,
    **about: int | None,
) -> Rating | None:
    """The rating that a client gave by a link, as it should be now: made, corrected, or gone where
    they left it out this time. `about` names what it is of, as with `rate`.
    """
    if score is None:
        if known is not None:
            remove_rating(by=by, rating_id=known.pk, why="Taken back by the client.")
        return None
    if known is not None:
        return change_rating(by=by, rating_id=known.pk, score=score, words=words)
    return rate(by=by, client_id=client_id, score=score, words=words, on=on, **about)


def recover_rating(
    *, by: Actor, rating_id: int, on: dt.date | None = None, why: str = ""
) -> Rating:
    """We made good what made the client unhappy; `why` says how (P7)."""
    rating = rating_by_id(rating_id, lock=True)
    if rating.recovered_on is not None:
        raise Conflict(
            "recovered_already",
            f"This was made good on {days.said(rating.recovered_on)}.",
            lift="Reload the page to see how it stands.",
        )
    return journal.change(
        rating,
        by=by,
        sentence=f"Made good with {rating.client.title} after a rating of {rating.score}.",
        why=why,
        recovered_on=days.happened("recovered_on", on),
    )


def remove_rating(*, by: Actor, rating_id: int, why: str = "") -> Rating:
    """Take a rating off the record, as entered by mistake."""
    rating = rating_by_id(rating_id, lock=True)
    sentence = f"Removed a rating of {rating.client.title}."
    return journal.remove(rating, by=by, sentence=sentence, why=why)
