"""The meeting: moved, called off, prepared, recorded (P14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from warmhand.apps.giving import services as giving
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging.queries import standing_link
from warmhand.apps.people import services as people
from warmhand.apps.reviews.models import ReviewAgenda, ReviewInvitation
from warmhand.apps.reviews.queries.agendas import PARTS
from warmhand.apps.reviews.queries.invitations import invitation_of_review, open_invitation_of
from warmhand.apps.reviews.queries.pages import PURPOSE
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Review
from warmhand.apps.work.queries import review_by_id
from warmhand.problems import Conflict, Invalid

from .invitations import end_page, keep_page_open, settle_waiting

T = TypeVar("T")
MOST_LINES = 20
"""So many needs, names and promises come out of one meeting, no more."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What we promised in the meeting, and for when."""

    title: str
    due_on: dt.date | None = None


@journal.one_act()
def hold_review(
    *,
    by: Actor,
    client_id: int,
    review_id: int | None = None,
    on: dt.date | None = None,
    rating: int | None = None,
    words: str = "",
    needs: Iterable[str] = (),
    needs_for_us: Iterable[str] = (),
    colleagues: Iterable[str] = (),
    promises: Iterable[Promise] = (),
) -> Review:
    """The meeting was held, with all that came out of it: one act, undone as one.

    The rating (0 to 10) decides whether an ask is earned. Each need becomes a need (`needs_for_us`:
    one that we can serve), each colleague they named a key inside their company (P1: hidden until
    the ask is earned, and no more than the name), each promise a commitment. An invitation that
    still waits ends with it.
    """
    open_invitation_of(client_id, lock=True)  # before the review: see `invitation_of_review`
    review = work.hold_review(
        by=by, client_id=client_id, review_id=review_id, on=on, rating=rating, words=words
    )
    settle_waiting(by=by, client_id=client_id, why="The meeting was held.")
    for texts, for_us in ((needs, False), (needs_for_us, True)):
        for text in _lines("needs", texts):
            giving.note_need(by=by, client_id=client_id, words=text, for_us=for_us, on=on)
    for name in _lines("colleagues", colleagues):
        people.add_key(by=by, client_id=client_id, name=name, inside=True)
    for promise in _some("promises", promises):
        work.agree_commitment(
            by=by,
            client_id=client_id,
            kind="promise",
            title=promise.title,
            agreed_on=on,
            due_on=promise.due_on,
        )
    return review


def _lines(field: str, texts: Iterable[str]) -> list[str]:
    return _some(field, dict.fromkeys(filter(None, (" ".join(text.split()) for text in texts))))


def _some(field: str, found: Iterable[T]) -> list[T]:
    listed = list(found)
    if len(listed) > MOST_LINES:
        raise Invalid.at(field, f"At most {MOST_LINES} at a time.")
    return listed


@journal.one_act()
def move_review(
    *,
    by: Actor,
    review_id: int,
    on: dt.date | None = None,
    starts_at: dt.datetime | None = None,
    why: str = "",
) -> Review:
    """Another day or time for a planned meeting; calendars learn of it by the next file."""
    invitation = invitation_of_review(review_id, lock=True)
    before = review_by_id(review_id).starts_at
    review = work.change_review(by=by, review_id=review_id, on=on, starts_at=starts_at, why=why)
    if invitation is not None and review.starts_at != before:
        _bump(by, invitation, ReviewInvitation.State.PICKED, "Moved the meeting with")
        invitation.review = review
        keep_page_open(invitation, standing_link(PURPOSE, invitation.pk, lock=True))
    return review


@journal.one_act()
def call_off(*, by: Actor, review_id: int, why: str = "") -> Review:
    """We call a planned meeting off; the rating of a held one goes with it."""
    invitation = invitation_of_review(review_id, lock=True)
    review = review_by_id(review_id)
    gone = work.remove_review(by=by, review_id=review_id, why=why)
    if invitation is not None and review.held_on is None:
        _bump(by, invitation, ReviewInvitation.State.CALLED_OFF, "Called off the meeting with")
        end_page(by, invitation.pk, "The meeting was called off.")
    return gone


def _bump(by: Actor, invitation: ReviewInvitation, state: str, did: str) -> None:
    journal.change(
        invitation,
        by=by,
        sentence=f"{did} {invitation.client.title}.",
        state=state,
        sequence=invitation.sequence + 1,
    )


def set_agenda(*, by: Actor, review_id: int, points: Mapping[str, str]) -> ReviewAgenda:
    """Write points of the agenda otherwise than the records tell them; '' leaves them to those.

    Raises Invalid for a part that no agenda has, Conflict once the meeting was held.
    """
    review = review_by_id(review_id, lock=True)
    if review.held_on is not None:
        raise Conflict(
            "review_held_already",
            "This review was held already.",
            lift="Prepare the next one instead.",
        )
    unknown = next((part for part in points if part not in PARTS), None)
    if unknown is not None:
        raise Invalid.at("points", f"No part is called '{unknown}'; choose of {', '.join(PARTS)}.")
    kept = {part: text.strip() for part, text in points.items() if text.strip()}
    sentence = f"Changed the agenda of the review with {review.client.title}."
    found = ReviewAgenda.objects.filter(review=review).first()
    if found is None:
        return journal.create(ReviewAgenda, by=by, sentence=sentence, review=review, points=kept)
    return journal.change(found, by=by, sentence=sentence, points=kept)
