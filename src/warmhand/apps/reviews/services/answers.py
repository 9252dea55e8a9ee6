"""What the client answers on their page: a time, a wish, or that they call it off."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import clock
from warmhand.apps.messaging.queries import standing_link
from warmhand.apps.messaging.services import keep_open
from warmhand.apps.reviews.models import ReviewInvitation
from warmhand.apps.reviews.queries.invitations import invitation_by_id
from warmhand.apps.reviews.queries.pages import PURPOSE
from warmhand.apps.reviews.queries.places import zone_by_name
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Review
from warmhand.problems import Conflict, Invalid

_OPEN_WISH = 2_000


@journal.one_act()
def pick_slot(*, by: Actor, invitation_id: int, starts_at: dt.datetime) -> ReviewInvitation:
    """They take one of the times: the review is planned, or moved if they had another before.

    Conflicts: `time_taken` (somebody else has it by now), `time_not_proposed`, `time_passed`,
    `too_late_to_change` (from the day of the meeting on), `invitation_over`.
    """
    invitation = _answerable(invitation_id)
    start = _proposed(invitation, starts_at)
    planned = invitation.review
    if planned is not None and planned.starts_at == start:
        return invitation
    review = _moved(by, planned, start) if planned else _planned(by, invitation, start)
    changed = journal.change(
        invitation,
        by=by,
        sentence=f"{invitation.client.title} takes {_said(start)} for the review.",
        state=ReviewInvitation.State.PICKED,
        review=review,
        wish="",
        answered_at=clock.now(),
        sequence=invitation.sequence + 1,
    )
    link = standing_link(PURPOSE, invitation_id, lock=True)
    if link is not None and review.ends_at is not None:
        keep_open(link=link, until=review.ends_at)
    return changed


def _planned(by: Actor, invitation: ReviewInvitation, start: dt.datetime) -> Review:
    return work.plan_review(
        by=by,
        client_id=invitation.client_id,
        starts_at=start,
        minutes=invitation.minutes,
        member_id=invitation.member_id,
        kind=invitation.kind,
        place=invitation.place,
    )


def _moved(by: Actor, review: Review, start: dt.datetime) -> Review:
    return work.change_review(by=by, review_id=review.pk, starts_at=start)


@journal.one_act()
def wish_for(*, by: Actor, invitation_id: int, words: str) -> ReviewInvitation:
    """None of the times suits them: what they wish instead, in their own words."""
    invitation = _answerable(invitation_id)
    said = words.strip()
    if not said:
        raise Invalid.at("words", "Write when it would suit you better.")
    if invitation.review is not None:
        _removed(by, invitation.review, said)
    return journal.change(
        invitation,
        by=by,
        sentence=f"{invitation.client.title} wishes for another time for the review.",
        why=said[:_OPEN_WISH],
        state=ReviewInvitation.State.WISH,
        review=None,
        wish=said[:_OPEN_WISH],
        answered_at=clock.now(),
        sequence=invitation.sequence + 1,
    )


@journal.one_act()
def call_off_by_client(*, by: Actor, invitation_id: int, words: str = "") -> ReviewInvitation:
    """They call the meeting off, until the day before."""
    invitation = _answerable(invitation_id)
    if invitation.review is None:
        raise _over()
    _removed(by, invitation.review, words)
    return journal.change(
        invitation,
        by=by,
        sentence=f"{invitation.client.title} called the review off.",
        why=words.strip()[:_OPEN_WISH],
        state=ReviewInvitation.State.CALLED_OFF,
        wish=words.strip()[:_OPEN_WISH],
        answered_at=clock.now(),
        sequence=invitation.sequence + 1,
    )


def may_change(invitation: ReviewInvitation, at: dt.datetime) -> bool:
    """Whether the client may still change it: until the day before, where they are."""
    start: dt.datetime | None = invitation.review.starts_at if invitation.review else None
    if start is None:
        return True
    zone = zone_by_name(invitation.timezone)
    return at.astimezone(zone).date() < start.astimezone(zone).date()


def _answerable(invitation_id: int) -> ReviewInvitation:
    invitation = invitation_by_id(invitation_id, lock=True)
    state = ReviewInvitation.State
    if invitation.state in (state.WITHDRAWN, state.CALLED_OFF):
        raise _over()
    if invitation.review is not None and invitation.review.held_on is not None:
        raise _over()
    if not may_change(invitation, clock.now()):
        raise Conflict(
            "too_late_to_change",
            "It is too close to the meeting to change it here.",
            lift="Please call us.",
        )
    return invitation


def _proposed(invitation: ReviewInvitation, starts_at: dt.datetime) -> dt.datetime:
    start = next((s.starts_at for s in invitation.slots if s.starts_at == starts_at), None)
    if start is None:
        raise Conflict(
            "time_not_proposed", "This time isn't proposed any more.", lift="Take another one."
        )
    if start <= clock.now():
        raise Conflict("time_passed", "This time has passed.", lift="Take another one.")
    return start


def _removed(by: Actor, review: Review, why: str) -> None:
    work.remove_review(by=by, review_id=review.pk, why=why)


def _said(start: dt.datetime) -> str:
    return f"{timezone.localtime(start, days.zone()):%d %B %Y at %H:%M}"


def _over() -> Conflict:
    return Conflict(
        "invitation_over",
        "This invitation doesn't wait for an answer any more.",
        lift="Reload the page to see how it stands.",
    )
