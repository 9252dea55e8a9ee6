"""What came of referrals: of each, and of a provider's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from warmhand.apps.followups.models import FollowUp
from warmhand.apps.followups.outcome import Outcome, Said, Standing, standing
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.people.queries.records import with_client

from .due import in_order

_ANSWERS = ("side", "answered_on", "business", "happy")


def standings_of(referral_ids: Iterable[int]) -> dict[int, Standing]:
    """What came of each of these referrals, by its number: one query for a whole list."""
    ids = list(referral_ids)
    said: dict[int, list[Said]] = defaultdict(list)
    rows = FollowUp.objects.filter(referral__in=ids, answered_on__isnull=False)
    for pk, *answer in rows.order_by("answered_on", "pk").values_list("referral_id", *_ANSWERS):
        said[pk].append(Said(*answer))
    return {pk: standing(said[pk]) for pk in ids}


def standing_after(rows: Iterable[FollowUp]) -> Standing:
    """What came of one referral, out of its follow-ups as they were read."""
    told = sorted((row for row in rows if row.answered_on), key=in_order)
    return standing([Said(*(getattr(row, name) for name in _ANSWERS)) for row in told])


def outcomes_of_providers(provider_ids: Iterable[int]) -> dict[int, Outcome]:
    """What came of the referrals to each of these providers of the directory: one query.

    Every provider asked for is there, also one to whom nobody was sent. Its `followed_up` and
    `good` are what `warmhand.matching` ranks by.
    """
    found = {pk: Outcome() for pk in provider_ids}
    rows = ReferralGiven.objects.filter(listed__in=list(found), client__removed_at=None)
    for provider_id, client_id, came in _came(rows):
        found[provider_id].add(client_id, came)
    return found


def _came(rows: Any) -> Iterator[tuple[int, int, Standing]]:
    """Each referral's provider, its client, and what came of it, by day: one left join.

    A follow-up that was removed or not answered joins as nothing said.
    """
    answers = [f"follow_ups__{name}" for name in (*_ANSWERS, "removed_at")]
    ordered = rows.order_by(
        "given_on", "pk", "follow_ups__answered_on", "follow_ups__pk"
    ).values_list("pk", "listed_id", "client_id", *answers)
    sides: dict[int, tuple[int, int]] = {}
    said: dict[int, list[Said]] = {}
    for pk, provider_id, client_id, side, on, business, happy, removed in ordered.iterator():
        sides[pk] = provider_id, client_id
        told = said.setdefault(pk, [])
        if on is not None and removed is None:
            told.append(Said(side, on, business, happy))
    for pk, (provider_id, client_id) in sides.items():
        yield provider_id, client_id, standing(said[pk])


def newest_to(provider_id: int, most: int = 10) -> list[tuple[ReferralGiven, Standing]]:
    """The newest referrals to a provider of the directory, each with what came of it."""
    rows = with_client(ReferralGiven, "member").filter(listed=provider_id)[:most]
    found = standings_of([row.pk for row in rows])
    return [(row, found[row.pk]) for row in rows]
