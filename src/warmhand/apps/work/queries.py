"""Reads of commitments, cases, ratings, surveys, reviews and busy times.

Lists hold the client, their company and the colleague, in one query a page; a removed client's
records stay out of them. `sort` names one of the ORDERS of its list, with - in front reversed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from warmhand.apps.accounts import days
from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.messaging.models import PublicLink
from warmhand.apps.people.queries.records import (
    CLIENT_WORDS,
    in_state,
    of_client,
    with_client,
)

from .models import BusyTime, Case, Commitment, Rating, Review, Survey

COMMITMENT_KINDS = Commitment.Kind.choices
"""Kinds of commitment, each with its name for a person."""
EVIDENCE_KINDS = Commitment.Evidence.choices
"""Kinds of evidence of a delivery, likewise."""
_BY_CLIENT = {"client": ("client__name",), "added": ("created_at",)}
COMMITMENT_ORDERS = {
    **_BY_CLIENT,
    "title": ("title",),
    "agreed": ("agreed_on",),
    "due": ("due_on",),
    "delivered": ("delivered_on",),
}
CASE_ORDERS = {
    **_BY_CLIENT,
    "title": ("title",),
    "opened": ("opened_on",),
    "resolved": ("resolved_on",),
}
RATING_ORDERS = {**_BY_CLIENT, "on": ("on",), "score": ("score",)}
SURVEY_ORDERS = {**_BY_CLIENT, "sent": ("sent_on",), "answered": ("answered_on",)}
REVIEW_ORDERS = {**_BY_CLIENT, "planned": ("planned_on",), "held": ("held_on",)}
BUSY_ORDERS = {"company": ("company__name", "starts_on"), "starts": ("starts_on",)}
CASE_STATES = {
    "open": Q(resolved_on=None),
    "resolved": Q(resolved_on__isnull=False, confirmed_on=None),
    "confirmed": Q(confirmed_on__isnull=False),
}


def commitment_by_id(commitment_id: int, *, lock: bool = False) -> Commitment:
    """One commitment: the one door from an id to it."""
    related = ("client", "company", "member")
    return one(Commitment, commitment_id, "commitment", lock=lock, related=related)


def case_by_id(case_id: int, *, lock: bool = False) -> Case:
    """One case: the one door from an id to it."""
    return one(Case, case_id, "case", lock=lock, related=("client", "member"))


def rating_by_id(rating_id: int, *, lock: bool = False) -> Rating:
    """One rating: the one door from an id to it."""
    return one(Rating, rating_id, "rating", lock=lock, related=("client",))


def survey_by_id(survey_id: int, *, lock: bool = False) -> Survey:
    """One survey: the one door from an id to it."""
    return one(Survey, survey_id, "survey", lock=lock, related=("client",))


def review_by_id(review_id: int, *, lock: bool = False) -> Review:
    """One review meeting: the one door from an id to it."""
    related = ("client", "client__company", "client__keeper", "member")
    return one(Review, review_id, "review", lock=lock, related=related)


def busy_time_by_id(busy_time_id: int, *, lock: bool = False) -> BusyTime:
    """One busy time: the one door from an id to it."""
    return one(BusyTime, busy_time_id, "busy_time", lock=lock, related=("company",))


def case_by_source(*, source: str, source_ref: str, client_id: int | None = None) -> Case | None:
    """The case of this name in another system, perhaps only where it is that client's."""
    if not source_ref:
        return None
    rows = Case.objects.select_related("client", "member")
    rows = rows.filter(source=source, source_ref=source_ref)
    found: Case | None = of_client(rows, client_id).first()
    return found


def commitments(
    *,
    search: str = "",
    client_id: int | None = None,
    company_id: int | None = None,
    state: str = "",
    kind: str = "",
    sort: str = "",
) -> QuerySet[Commitment]:
    """Commitments, latest agreed first; `state` is open, overdue, delivered, late or cancelled."""
    rows: QuerySet[Commitment] = Commitment.objects.select_related(
        "client", "client__company", "company", "member"
    )
    rows = rows.filter(Q(client=None) | Q(client__removed_at=None))
    rows = in_state(of_client(rows, client_id), state, commitment_states)
    if company_id is not None:
        rows = rows.filter(Q(company_id=company_id) | Q(client__company_id=company_id))
    if kind:
        rows = rows.filter(kind=kind)
    words = ("title", "target", "client__name", "company__name", "client__company__name")
    return sorted_by(searched(rows, search, *words), sort, COMMITMENT_ORDERS)


def commitment_states() -> dict[str, Q]:
    """The states of commitments by name; overdue is a matter of today."""
    stands = Q(delivered_on=None, cancelled_on=None)
    return {
        "open": stands,
        "overdue": stands & Q(due_on__lt=days.today()),
        "delivered": Q(delivered_on__isnull=False),
        "late": Q(delivered_on__gt=F("due_on")),
        "cancelled": Q(cancelled_on__isnull=False),
    }


def cases(
    *,
    search: str = "",
    client_id: int | None = None,
    company_id: int | None = None,
    state: str = "",
    sort: str = "",
) -> QuerySet[Case]:
    """Cases, latest opened first; `state` is open, resolved or confirmed."""
    rows = of_client(with_client(Case, "member"), client_id, company_id)
    rows = in_state(rows, state, CASE_STATES)
    return sorted_by(searched(rows, search, "title", *CLIENT_WORDS), sort, CASE_ORDERS)


def ratings(
    *,
    search: str = "",
    client_id: int | None = None,
    company_id: int | None = None,
    at_most: int | None = None,
    not_made_good: bool = False,
    sort: str = "",
) -> QuerySet[Rating]:
    """Ratings, newest first; `at_most` a score, and perhaps only those not made good yet."""
    rows = of_client(with_client(Rating, "commitment", "case"), client_id, company_id)
    if at_most is not None:
        rows = rows.filter(score__lte=at_most)
    if not_made_good:
        rows = rows.filter(recovered_on=None)
    return sorted_by(searched(rows, search, "words", *CLIENT_WORDS), sort, RATING_ORDERS)


def surveys(
    *,
    search: str = "",
    client_id: int | None = None,
    answered: bool | None = None,
    sort: str = "",
) -> QuerySet[Survey]:
    """Surveys, latest answered first."""
    rows = of_client(with_client(Survey), client_id)
    if answered is not None:
        rows = rows.filter(answered_on__isnull=not answered)
    return sorted_by(searched(rows, search, "words", *CLIENT_WORDS), sort, SURVEY_ORDERS)


def unanswered_invitation(client_id: int) -> Survey | None:
    """The survey that a client was invited to by a link, open or not, and hasn't answered."""
    links = PublicLink.objects.filter(
        purpose=PublicLink.Purpose.SURVEY, object_id=OuterRef("pk"), answered_at=None
    )
    rows = Survey.objects.filter(Exists(links), client_id=client_id, answered_on=None)
    found: Survey | None = rows.order_by("-pk").first()
    return found


@dataclass(frozen=True, slots=True)
class Gap:
    """Who would say good things when asked, and who would introduce us to somebody (P8).

    Of the latest survey of each client that answers both; `at_least` counts as a yes.
    """

    clients: int
    at_least: int
    would_recommend: int
    would_introduce: int
    only_recommend: int

    @property
    def enough(self) -> bool:
        """Whether there is anything to count."""
        return self.clients > 0


def recommending_and_introducing(at_least: int) -> Gap:
    """How many clients would recommend, how many would introduce, of how many; one query."""
    both = Survey.objects.filter(
        client__removed_at=None,
        would_recommend__isnull=False,
        would_introduce__isnull=False,
    )
    latest = both.order_by("client_id", "-answered_on", "-pk").distinct("client_id")
    answers = [
        (recommend or 0, introduce or 0)
        for recommend, introduce in latest.values_list("would_recommend", "would_introduce")
    ]
    return Gap(
        clients=len(answers),
        at_least=at_least,
        would_recommend=sum(recommend >= at_least for recommend, _ in answers),
        would_introduce=sum(introduce >= at_least for _, introduce in answers),
        only_recommend=sum(r >= at_least > i for r, i in answers),
    )


def reviews(
    *, search: str = "", client_id: int | None = None, held: bool | None = None, sort: str = ""
) -> QuerySet[Review]:
    """Review meetings, held or planned."""
    rows = of_client(with_client(Review, "member"), client_id)
    if held is not None:
        rows = rows.filter(held_on__isnull=not held)
    return sorted_by(searched(rows, search, "words", *CLIENT_WORDS), sort, REVIEW_ORDERS)


def planned_with(member_id: int, starts_at: dt.datetime, ends_at: dt.datetime) -> QuerySet[Review]:
    """A member's planned meetings that overlap a time: from `starts_at` to before `ends_at`."""
    rows = Review.objects.select_related("member").filter(member_id=member_id, held_on=None)
    return rows.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


def busy_times(
    *, search: str = "", company_id: int | None = None, coming: bool = False, sort: str = ""
) -> QuerySet[BusyTime]:
    """Busy times with their company, earliest first; `coming` leaves out those that are over."""
    rows = BusyTime.objects.select_related("company").filter(company__removed_at=None)
    if company_id is not None:
        rows = rows.filter(company_id=company_id)
    if coming:
        rows = rows.filter(ends_on__gte=days.today())
    return sorted_by(searched(rows, search, "label", "company__name"), sort, BUSY_ORDERS)
