"""What came of referrals: of each, of a provider's, of those that a member or a team gave."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from warmhand.apps.followups.models import FollowUp
from warmhand.apps.followups.outcome import GivenOutcome, Outcome, Said, Standing, standing
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.people.queries.records import with_client

_ANSWERS = ("side", "answered_on", "business", "happy")


def standings_of(referral_ids: Iterable[int]) -> dict[int, Standing]:
    """What came of each of these referrals, by its number: one query for a whole list."""
    ids = list(referral_ids)
    said: dict[int, list[Said]] = defaultdict(list)
    rows = FollowUp.objects.filter(referral__in=ids, answered_on__isnull=False)
    for pk, *answer in rows.order_by("answered_on", "pk").values_list("referral_id", *_ANSWERS):
        said[pk].append(Said(*answer))
    return {pk: standing(said[pk]) for pk in ids}


def outcomes_of_providers(provider_ids: Iterable[int]) -> dict[int, Outcome]:
    """What came of the referrals to each of these providers of the directory: one query.

    Every provider asked for is there, also one to whom nobody was sent. Its `followed_up` and
    `good` are what `warmhand.matching` ranks by.
    """
    found = {pk: Outcome() for pk in provider_ids}
    rows = ReferralGiven.objects.filter(listed__in=list(found), client__removed_at=None)
    for key, came in _came(rows, "listed_id", "client_id"):
        found[key[0]].add(key[1], came)
    return found


def given_outcomes(
    *, since: dt.date, until: dt.date, member_id: int | None = None, team: str = ""
) -> GivenOutcome:
    """What came of the referrals given from `since` to `until`, both included (P35).

    By everybody, by one member, or by a team's members.
    """
    rows = _given(since, until)
    if member_id is not None:
        rows = rows.filter(member=member_id)
    if team:
        rows = rows.filter(member__team=team)
    return _counted(rows).total()


def given_outcomes_by_member(*, since: dt.date, until: dt.date) -> dict[int, GivenOutcome]:
    """The same for every member who gave one, by the member's number: one query."""
    return dict(_counted(_given(since, until), "member_id"))


def given_outcomes_by_team(*, since: dt.date, until: dt.date) -> dict[str, GivenOutcome]:
    """The same by team; '' for members without one: one query."""
    return dict(_counted(_given(since, until), "member__team"))


class _Counted(defaultdict[Any, GivenOutcome]):
    def __init__(self) -> None:
        super().__init__(GivenOutcome)

    def total(self) -> GivenOutcome:
        return sum(self.values(), GivenOutcome())


def _given(since: dt.date, until: dt.date) -> Any:
    rows = ReferralGiven.objects.filter(given_on__gte=since, given_on__lte=until)
    return rows.filter(client__removed_at=None, member__isnull=False)


def _counted(rows: Any, by: str = "member_id") -> _Counted:
    found = _Counted()
    for key, came in _came(rows, by):
        found[key[0]].add(came)
    return found


def _came(rows: Any, *columns: str) -> Iterator[tuple[tuple[Any, ...], Standing]]:
    """Each referral's values of `columns` and what came of it, by day: one left join.

    A follow-up that was removed or not answered joins as nothing said.
    """
    answers = [f"follow_ups__{name}" for name in (*_ANSWERS, "removed_at")]
    ordered = rows.order_by(
        "given_on", "pk", "follow_ups__answered_on", "follow_ups__pk"
    ).values_list("pk", *columns, *answers)
    keys: dict[int, tuple[Any, ...]] = {}
    said: dict[int, list[Said]] = {}
    for row in ordered.iterator():
        pk, (side, on, business, happy, removed) = row[0], row[-5:]
        keys[pk] = row[1:-5]
        told = said.setdefault(pk, [])
        if on is not None and removed is None:
            told.append(Said(side, on, business, happy))
    for pk, key in keys.items():
        yield key, standing(said[pk])


def newest_to(provider_id: int, most: int = 10) -> list[tuple[ReferralGiven, Standing]]:
    """The newest referrals to a provider of the directory, each with what came of it."""
    rows = with_client(ReferralGiven, "member").filter(listed=provider_id)[:most]
    found = standings_of([row.pk for row in rows])
    return [(row, found[row.pk]) for row in rows]
