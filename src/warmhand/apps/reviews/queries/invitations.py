"""Reads of invitations to a review."""

from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, Value, When

from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.people.queries.records import CLIENT_WORDS, with_client
from warmhand.apps.reviews.models import ReviewInvitation

WAITING = (ReviewInvitation.State.OPEN, ReviewInvitation.State.WISH)
INVITATION_ORDERS = {"client": ("client__name",), "invited": ("created_at",)}


def invitation_by_id(invitation_id: int, *, lock: bool = False) -> ReviewInvitation:
    """One invitation: the one door from an id to it."""
    related = ("client", "client__company", "member", "review", "review__member")
    return one(ReviewInvitation, invitation_id, "invitation", lock=lock, related=related)


def open_invitation_of(client_id: int, *, lock: bool = False) -> ReviewInvitation | None:
    """The client's invitation that waits for an answer, theirs or ours."""
    rows = ReviewInvitation.objects.select_related("client", "member")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found: ReviewInvitation | None = rows.filter(client_id=client_id, state__in=WAITING).first()
    return found


def invitation_of_review(review_id: int, *, lock: bool = False) -> ReviewInvitation | None:
    """The invitation that a planned meeting came from.

    Locks are always taken in one order: the client, the invitation, the review, the link. A client
    who picks a time holds the invitation and wants the review, so whoever moves the review locks
    its invitation first; else each of two could wait for the other.
    """
    rows = ReviewInvitation.objects.select_related("client", "client__company", "member")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found: ReviewInvitation | None = rows.filter(review_id=review_id).first()
    return found


def invitations(
    *, search: str = "", state: str = "", member_id: int | None = None, sort: str = ""
) -> QuerySet[ReviewInvitation]:
    """Invitations that wait for an answer: their wishes first, since we are to answer those."""
    rows = with_client(ReviewInvitation, "member").filter(state__in=WAITING)
    if state:
        rows = rows.filter(state=state)
    if member_id is not None:
        rows = rows.filter(member_id=member_id)
    wishes_first = Case(
        When(state=ReviewInvitation.State.WISH, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = rows.order_by(wishes_first, "created_at", "id")
    return sorted_by(searched(rows, search, *CLIENT_WORDS), sort, INVITATION_ORDERS)
