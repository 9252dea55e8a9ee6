"""The agenda of a review: from the records, or as somebody wrote it (P14)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from warmhand.apps.giving.models import Favour, Need
from warmhand.apps.policies.queries import current
from warmhand.apps.reviews.models import ReviewAgenda
from warmhand.apps.work.models import Case, Commitment, Review
from warmhand.apps.work.queries import review_by_id
from warmhand.wording.reviews import AgendaFacts, Done, Point, Promised, Solved, compose_agenda

from .places import language_of, spoken_by

PARTS = ("thanks", "delivered", "open", "next", "rating", "earned")
"""The parts of an agenda, in the order of P14."""
SHOWN = 8
"""So many lines of a kind stand on an agenda; the review pack holds all of them."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is gone through in a meeting, in the client's language."""

    review: Review
    language: str
    points: tuple[Point, ...]
    edited: frozenset[str]

    @property
    def for_paper(self) -> tuple[Point, ...]:
        """The points that a client may read: without those that are for us alone."""
        return tuple(point for point in self.points if not point.for_us)


def agenda_of(review_id: int) -> Agenda:
    """The agenda of one review; what somebody wrote stands instead of the records' lines."""
    review = review_by_id(review_id)
    spoken, language = spoken_by(language_of(review.client))
    points = compose_agenda(spoken, language, _facts(review))
    written = _written(review_id)
    return Agenda(
        review=review,
        language=spoken.language,
        points=tuple(_as_written(point, written) for point in points),
        edited=frozenset(written),
    )


def _written(review_id: int) -> dict[str, str]:
    found = ReviewAgenda.objects.filter(review_id=review_id).first()
    return {part: str(text) for part, text in found.points.items()} if found else {}


def _as_written(point: Point, written: dict[str, str]) -> Point:
    if point.part not in written:
        return point
    lines = (line.strip() for line in written[point.part].splitlines())
    return replace(point, lines=tuple(line for line in lines if line))


def _facts(review: Review) -> AgendaFacts:
    since = _last_review(review)
    client = review.client
    return AgendaFacts(
        client_name=client.name,
        done=_done(client.pk, since),
        solved=_solved(client.pk, since),
        favours=_favours(client.pk, since),
        promised=_promised(client.pk),
        concerns=_titles(Case.objects.filter(client_id=client.pk, resolved_on=None)),
        needs=_needs(client.pk),
        happy_at_least=current().policy.happy_at_least,
    )


def _last_review(review: Review) -> dt.date:
    """The review before this one: what came after it is what this one is about."""
    earlier = Review.objects.filter(client_id=review.client_id, held_on__isnull=False)
    if review.held_on is not None:
        earlier = earlier.filter(held_on__lt=review.held_on)
    last = earlier.exclude(pk=review.pk).order_by("-held_on").first()
    return last.held_on if last and last.held_on else dt.date.min


def _done(client_id: int, since: dt.date) -> tuple[Done, ...]:
    rows = Commitment.objects.filter(
        client_id=client_id, delivered_on__gt=since, cancelled_on=None
    ).order_by("-delivered_on", "-pk")
    return tuple(
        Done(each.title, each.due_on, each.delivered_on, _proof(each)) for each in rows[:SHOWN]
    )


def _proof(commitment: Commitment) -> str:
    """What shows it, where it can be said: a figure; links and files lie in the review pack."""
    figure = commitment.evidence_kind == Commitment.Evidence.FIGURE
    return commitment.evidence if figure else ""


def _solved(client_id: int, since: dt.date) -> tuple[Solved, ...]:
    rows = Case.objects.filter(client_id=client_id, resolved_on__gt=since).order_by("-resolved_on")
    return tuple(
        Solved(each.title, (each.resolved_on - each.opened_on).days)
        for each in rows[:SHOWN]
        if each.resolved_on
    )


def _favours(client_id: int, since: dt.date) -> tuple[str, ...]:
    rows = Favour.objects.filter(client_id=client_id, done_on__gt=since).order_by("-done_on")
    return tuple(rows.values_list("what", flat=True)[:SHOWN])


def _promised(client_id: int) -> tuple[Promised, ...]:
    rows = Commitment.objects.filter(client_id=client_id, delivered_on=None, cancelled_on=None)
    found = [Promised(each.title, each.due_on) for each in rows.order_by("due_on", "pk")[:SHOWN]]
    favours = Favour.objects.filter(client_id=client_id, done_on=None).filter(
        Q(promised_on__isnull=False)
    )
    return (*found, *(Promised(each.what, each.due_on) for each in favours[:SHOWN]))


def _needs(client_id: int) -> tuple[str, ...]:
    rows = Need.objects.filter(client_id=client_id, met_on=None).order_by("-noted_on", "-pk")
    return tuple(rows.values_list("words", flat=True)[:SHOWN])


def _titles(rows: Any) -> tuple[str, ...]:
    return tuple(rows.order_by("opened_on").values_list("title", flat=True)[:SHOWN])
