"""Reads of introductions, their candidates, what is next, and how good referrals given were."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.people.queries.records import CLIENT_WORDS, in_state, of_client, with_client
from warmhand.matching.quality import Quality, parts_of_words, quality_of

from .models import Candidate, GivenQuality, Introduction

ORDERS = {"client": ("client__name",), "added": ("created_at",), "state": ("state",)}
STATES = {
    "open": Q(state__in=Introduction.OPEN),
    "waiting_for_client": Q(state__in=("draft", "asked")),
    "to_tell": Q(candidates__tell_since__isnull=False, candidates__told_at=None),
    **{state: Q(state=state) for state in Introduction.State.values},
}


def introduction_by_id(introduction_id: int, *, lock: bool = False) -> Introduction:
    """One introduction: the one door from an id to it."""
    related = ("client__company", "need", "member", "given")
    return one(Introduction, introduction_id, "introduction", lock=lock, related=related)


def candidate_by_id(candidate_id: int, *, lock: bool = False) -> Candidate:
    """One candidate: the one door from an id to it."""
    related = ("introduction__client__company", "introduction__need", "provider")
    return one(Candidate, candidate_id, "candidate", lock=lock, related=related)


def candidates_of(introduction_id: int) -> list[Candidate]:
    """The providers of an introduction in their order."""
    rows = Candidate.objects.filter(introduction=introduction_id).select_related("provider")
    return list(rows.order_by("place", "pk"))


def introductions(
    *,
    search: str = "",
    client_id: int | None = None,
    state: str = "",
    sort: str = "",
) -> QuerySet[Introduction]:
    """Introductions, newest first, with their candidates; `state` is one of STATES."""
    rows = of_client(with_client(Introduction, "member", "need"), client_id)
    rows = in_state(rows, state, STATES).distinct()
    inside = Candidate.objects.select_related("provider").order_by("place", "pk")
    rows = rows.prefetch_related(Prefetch("candidates", queryset=inside))
    return sorted_by(searched(rows, search, "need_words", *CLIENT_WORDS), sort, ORDERS)


def open_for_need(need_id: int) -> Introduction | None:
    """The introduction that is under way for a need, if there is one."""
    rows = Introduction.objects.filter(need=need_id, state__in=Introduction.OPEN)
    found: Introduction | None = rows.order_by("-pk").first()
    return found


def to_tell() -> QuerySet[Candidate]:
    """Providers who still have to learn that a consent was taken back, oldest first."""
    rows: QuerySet[Candidate] = Candidate.objects.filter(
        tell_since__isnull=False, told_at=None
    ).select_related("provider", "introduction__client")
    return rows.order_by("tell_since")


def quality_now(it: Introduction) -> Quality:
    """How good this introduction's referral is, or would be once all has gone as planned so far."""
    return quality_of(parts_of(it))


def parts_of(it: Introduction) -> set[str]:
    """The parts that an introduction has by now."""
    found = parts_of_words(
        why_confident=it.why_confident, need_words=it.need_words, context=it.context
    )
    if it.state == Introduction.State.CARD:
        return found | {"direct_contact"}
    if it.consent_at is not None:
        found |= {"consent"} | ({"direct_contact"} if it.phone or it.email else set())
        found |= {"expected_call"} if it.expects_call else set()
    if it.state == Introduction.State.CONNECTED:
        found |= {"connected"}
    return found


def qualities(givens: Iterable[ReferralGiven]) -> dict[int, Quality]:
    """The quality of referrals given by their number: as stored, else as their words tell."""
    rows = list(givens)
    stored = {
        given: quality_of(parts)
        for given, parts in GivenQuality.objects.filter(
            given__in=[row.pk for row in rows]
        ).values_list("given", "parts")
    }
    return {row.pk: stored.get(row.pk) or quality_of(_by_words(row)) for row in rows}


def _by_words(given: ReferralGiven) -> set[str]:
    words = given.need.words if given.need_id and given.need else ""
    return parts_of_words(why_confident=given.why_confident, need_words=words)


def average_quality(client_id: int | None = None) -> float | None:
    """The mean stored quality of referrals given (0 to 100); None where there is none."""
    rows: Any = GivenQuality.objects.all()
    if client_id is not None:
        rows = rows.filter(given__client=client_id)
    scores = list(rows.values_list("score", flat=True))
    return sum(scores) / len(scores) if scores else None
