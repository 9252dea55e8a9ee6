"""The calendar file of a meeting, whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from warmhand.apps.accounts.models import Member
from warmhand.apps.accounts.queries import our_workspace
from warmhand.apps.journal.queries import history_of
from warmhand.apps.messaging import clock
from warmhand.apps.people.models import Client, ContactPoint
from warmhand.apps.reviews.calendar_file import Meeting, Person, Status, calendar_file
from warmhand.apps.reviews.models import ReviewInvitation
from warmhand.apps.reviews.slots import Slot
from warmhand.apps.work.models import Review
from warmhand.problems import NotFound
from warmhand.wording.reviews import calendar_words

from .invitations import invitation_of_review
from .places import language_of, spoken_by, zone_by_name, zone_of


@dataclass(frozen=True, slots=True)
class _Known:
    """How calendars know a meeting, and when it is."""

    uid: str
    sequence: int
    slot: Slot
    status: Status
    place: str


def file_of_invitation(invitation: ReviewInvitation, *, address: str = "", url: str = "") -> str:
    """The file as the invitation stands: its first time proposed, the one picked, or called off.

    One `uid` for all of them, and a `sequence` that rises with every change.
    """
    review = invitation.review
    state = ReviewInvitation.State
    slot = _slot(review) or invitation.slots[0]
    picked = invitation.state == state.PICKED
    off = invitation.state in (state.CALLED_OFF, state.WITHDRAWN)
    status = Status.CANCELLED if off else Status.CONFIRMED if picked else Status.TENTATIVE
    known = _Known(invitation.uid, invitation.sequence, slot, status, invitation.place)
    return _written(invitation.client, invitation.member, known, invitation.timezone, address, url)


def file_of_review(review: Review, *, address: str = "") -> str:
    """The file of a planned meeting; one that was arranged without an invitation has it too.

    NotFound (`unknown_time`) where only its day is known.
    """
    invitation = invitation_of_review(review.pk)
    slot = _slot(review)
    if slot is None:
        raise NotFound("time", "Only the day of this meeting is known: name its time first.")
    if invitation is not None:
        invitation.review = review
        return file_of_invitation(invitation, address=address)
    entries = history_of(review._meta.label, review.pk)
    changes = entries.filter(verb__in=("changed", "undid")).count()
    uid = f"review-{review.workspace_id}-{review.pk}@warmhand"
    known = _Known(uid, changes, slot, Status.CONFIRMED, review.place)
    zone = zone_of(review.client).key
    return _written(review.client, review.member, known, zone, address, "")


def _slot(review: Review | None) -> Slot | None:
    if review is None or review.starts_at is None or review.ends_at is None:
        return None
    return Slot(review.starts_at, review.ends_at)


def _written(
    client: Client, member: Member | None, known: _Known, zone: str, address: str, url: str
) -> str:
    spoken, _ = spoken_by(language_of(client))
    words = calendar_words(
        spoken,
        workspace=our_workspace().name,
        client_name=client.title,
        tentative=known.status is Status.TENTATIVE,
    )
    meeting = Meeting(
        uid=known.uid,
        sequence=known.sequence,
        starts_at=known.slot.starts_at,
        ends_at=known.slot.ends_at,
        zone=zone_by_name(zone),
        summary=words.summary,
        description=words.description,
        location=known.place,
        url=url,
        status=known.status,
        organizer=Person(member.name, member.email) if member else Person(""),
        attendee=Person(client.name, address or _address_of(client)),
        written_at=clock.now(),
    )
    return calendar_file(meeting)


def _address_of(client: Client) -> str:
    """Their first e-mail address, so that their calendar knows whose meeting it is."""
    rows = ContactPoint.objects.filter(client=client, kind=ContactPoint.Kind.EMAIL)
    return rows.values_list("value", flat=True).first() or ""
