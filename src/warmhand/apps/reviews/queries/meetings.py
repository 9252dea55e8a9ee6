"""Reads of meetings that are planned, and what of them a member has to know today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from warmhand.apps.accounts import days
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.people.queries.records import CLIENT_WORDS, with_client
from warmhand.apps.reviews.models import ReviewInvitation
from warmhand.apps.reviews.slots import Slot
from warmhand.apps.work.models import Review

from .invitations import WAITING

PLANNED_ORDERS = {"client": ("client__name",), "planned": ("planned_on", "starts_at")}
AHEAD_DAYS = 7
_MOST_AHEAD = 6


def planned(
    *, search: str = "", member_id: int | None = None, past: bool | None = None, sort: str = ""
) -> QuerySet[Review]:
    """Meetings to come, the next one first; `past`: only those whose day is over, unrecorded."""
    rows = with_client(Review, "member").filter(held_on=None)
    if member_id is not None:
        rows = rows.filter(member_id=member_id)
    if past is not None:
        today = days.today()
        rows = rows.filter(planned_on__lt=today) if past else rows.filter(planned_on__gte=today)
    rows = rows.order_by("planned_on", "starts_at", "id")
    return sorted_by(searched(rows, search, *CLIENT_WORDS), sort, PLANNED_ORDERS)


def planned_review_of(client_id: int) -> Review | None:
    """The client's next meeting, today's included."""
    rows = Review.objects.filter(client_id=client_id, held_on=None, planned_on__gte=days.today())
    found: Review | None = rows.order_by("planned_on", "pk").first()
    return found


def arranged(client: str = "client_id") -> Q:
    """For rows that hang on a client: a meeting lies ahead, waits to be recorded, or times are
    proposed to them."""
    meeting = Review.objects.filter(client_id=OuterRef(client), held_on=None)
    waiting = ReviewInvitation.objects.filter(client_id=OuterRef(client), state__in=WAITING)
    return Q(Exists(meeting)) | Q(Exists(waiting))


def taken_times(member_id: int, after: dt.datetime) -> list[Slot]:
    """When a member meets clients or has offered to: what isn't to be proposed to another."""
    rows = Review.objects.filter(member_id=member_id, held_on=None, ends_at__gt=after)
    pairs = rows.values_list("starts_at", "ends_at")
    found = [Slot(start, end) for start, end in pairs if start is not None and end is not None]
    offered = ReviewInvitation.objects.filter(
        member_id=member_id, state=ReviewInvitation.State.OPEN
    )
    for invitation in offered:
        found += [slot for slot in invitation.slots if slot.ends_at > after]
    return found


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a member has to know of their reviews: wishes to answer, meetings, meetings over."""

    wishes: list[ReviewInvitation]
    meetings: list[Review]
    unrecorded: list[Review]

    def __bool__(self) -> bool:
        return bool(self.wishes or self.meetings or self.unrecorded)


def ahead_of(member_id: int, *, today: dt.date | None = None) -> Ahead:
    """A member's reviews of the coming week, those whose day is over, and wishes of clients."""
    today = today or days.today()
    until = today + dt.timedelta(days=AHEAD_DAYS)
    mine = planned(member_id=member_id).filter(planned_on__lte=until)
    found = list(mine[: 2 * _MOST_AHEAD])
    return Ahead(
        wishes=list(invitations_wishing(member_id)[:_MOST_AHEAD]),
        meetings=[each for each in found if each.planned_on and each.planned_on >= today],
        unrecorded=[each for each in found if each.planned_on and each.planned_on < today],
    )


def invitations_wishing(member_id: int) -> QuerySet[ReviewInvitation]:
    """Clients who wish for another time and wait for this member."""
    rows: QuerySet[ReviewInvitation] = with_client(ReviewInvitation, "member")
    return rows.filter(member_id=member_id, state=ReviewInvitation.State.WISH)
