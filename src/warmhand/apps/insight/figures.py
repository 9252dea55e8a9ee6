"""Each member's giving, gathered for many at once: a fixed number of statements (P35)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import IntegerField, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from warmhand.apps.accounts.models import Member
from warmhand.apps.asks.models import Standing
from warmhand.apps.giving.coverage import Share, coverage
from warmhand.apps.giving.models import Favour, ReferralGiven
from warmhand.apps.island.scoped import FORGOTTEN
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.matching.contribution import (
    Around,
    CameOf,
    Given,
    Hint,
    Score,
    hints,
    points,
    score,
)
from warmhand.matching.favour_worth import Did, favours_hundredths, favours_worth, tells

from .came_of import came_of
from .periods import Month, months, window_start
from .quality import Quality, qualities

UNHEARD_DAYS = 7
"""After so many days without a word a referral can be followed up (P34)."""


@dataclass(frozen=True, slots=True)
class Gift:
    """One referral given by somebody of us."""

    member_id: int
    client_id: int
    on: dt.date
    quality: Quality
    came_of: CameOf

    @property
    def given(self) -> Given:
        """As the score sees it."""
        return Given(self.quality.percent, self.came_of)


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What was given in one month."""

    month: Month
    points: int
    given: int
    favours: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What one member, or all of a team together, gave since the six completed months began."""

    name: str
    since: dt.date
    score: Score
    months: tuple[MonthFigures, ...]
    favours: int
    favours_counted: int
    """Of these, so many count where favours are a goal: by what came of them and the time spent."""
    clients: int
    covered: int
    came_back: int | None
    """Referrals received from clients to whom they had given before; None where it isn't told."""

    @property
    def coverage(self) -> int | None:
        """Clients in their care with a recent favour, in per cent; None: no clients in care."""
        return round(100 * self.covered / self.clients) if self.clients else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given at all."""
        return not (self.score.given or self.favours)


@dataclass(slots=True)
class Gathered:
    """What was read for some members, before it is reckoned."""

    today: dt.date
    gifts: dict[int, list[Gift]] = field(default_factory=lambda: defaultdict(list))
    favours: dict[int, list[Did]] = field(default_factory=lambda: defaultdict(list))
    care: dict[int, Share] = field(default_factory=dict)
    back: Counter[int] = field(default_factory=Counter)
    needs: dict[int, tuple[int, int]] = field(default_factory=dict)
    back_told: bool = True

    def figures(self, name: str, ids: Iterable[int]) -> Figures:
        """What these members gave, as one."""
        members = list(ids)
        gifts = [gift for member in members for gift in self.gifts.get(member, ())]
        favours = [each for member in members for each in self.favours.get(member, ())]
        care = [self.care[member] for member in members if member in self.care]
        return Figures(
            name=name,
            since=window_start(self.today),
            score=score([gift.given for gift in gifts]),
            months=tuple(_month(each, gifts, favours) for each in months(self.today)),
            favours=len(favours),
            favours_counted=_counted(self.favours.get(each, ()) for each in members),
            clients=sum(each.clients for each in care),
            covered=sum(each.covered for each in care),
            came_back=sum(self.back[member] for member in members) if self.back_told else None,
        )

    def points_of(self, member_id: int, since: dt.date) -> int:
        """The points of what a member gave from a day on."""
        return points(each.given for each in self.gifts.get(member_id, ()) if each.on >= since)

    def favours_of(self, member_id: int, since: dt.date) -> int:
        """How many of the favours that a member did from a day on count (P35)."""
        return favours_worth(each for each in self.favours.get(member_id, ()) if each.on >= since)

    def hints(self, member_id: int) -> tuple[Hint, ...]:
        """What would help this member next."""
        gifts = self.gifts.get(member_id, ())
        share = self.care.get(member_id)
        served, open_ = self.needs.get(member_id, (0, 0))
        around = Around(
            needs_served=served,
            needs_open=open_,
            unheard_old=sum(self._waits(each) for each in gifts),
            untold=sum(not each.told for each in self.favours.get(member_id, ())),
            timeless=sum(each.lacks_time for each in self.favours.get(member_id, ())),
            without_favour=share.without if share else 0,
            missing=Counter(part for each in gifts for part in each.quality.missing),
        )
        return hints(score([each.given for each in gifts]), around)

    def _waits(self, gift: Gift) -> bool:
        old = (self.today - gift.on).days >= UNHEARD_DAYS
        return old and gift.came_of is CameOf.NO_ANSWER


def gather(members: Sequence[Member], today: dt.date, *, back_told: bool) -> Gathered:
    """Read all that these members gave: a fixed number of statements, however many they are."""
    ids = [member.pk for member in members]
    since = window_start(today)
    found = Gathered(today, back_told=back_told)
    _take_gifts(found, ids, since)
    _take_favours(found, ids, since)
    found.care = _care(ids)
    found.needs = _needs(ids)
    if found.back_told:
        found.back = _back(ids, since)
    return found


def _take_favours(found: Gathered, ids: list[int], since: dt.date) -> None:
    done = Favour.objects.filter(member__in=ids, done_on__gte=since, done_on__lte=found.today)
    for member_id, client_id, on, need_id, met_on, minutes, outcome in done.values_list(
        "member_id", "client_id", "done_on", "need_id", "need__met_on", "minutes", "outcome"
    ):
        if on is not None:
            told = met_on is not None or outcome == FORGOTTEN or tells(outcome)
            found.favours[member_id].append(Did(client_id, on, told, minutes or 0, need_id))


def _take_gifts(found: Gathered, ids: list[int], since: dt.date) -> None:
    rows = list(
        ReferralGiven.objects.filter(
            member__in=ids, given_on__gte=since, client__removed_at=None
        ).values_list("pk", "member_id", "client_id", "given_on")
    )
    numbers = [row[0] for row in rows]
    quality, outcome = qualities(numbers), came_of(numbers)
    for pk, member_id, client_id, on in rows:
        gift = Gift(member_id, client_id, on, quality[pk], outcome[pk])
        found.gifts[member_id].append(gift)


def _care(ids: list[int]) -> dict[int, Share]:
    """How many clients in each one's care had a favour lately (P9)."""
    wanted = {str(each) for each in ids}
    return {int(s.value): s for s in coverage().by["member"] if s.value in wanted}


def _needs(ids: list[int]) -> dict[int, tuple[int, int]]:
    """Open needs in each one's care that somebody in the directory serves, and all of them."""
    rows = Standing.objects.filter(client__keeper__in=ids).values("client__keeper_id").order_by()
    found = rows.annotate(served=_sum("needs_served"), open=_sum("needs"))
    return {row["client__keeper_id"]: (row["served"] or 0, row["open"] or 0) for row in found}


def _sum(fact: str) -> Sum:
    return Sum(Cast(KT(f"facts__{fact}"), IntegerField()))


def _back(ids: list[int], since: dt.date) -> Counter[int]:
    """Referrals received from clients to whom somebody had given before, by who gave last."""
    received = list(
        ReferralReceived.objects.filter(
            received_on__gte=since, client__removed_at=None
        ).values_list("client_id", "received_on")
    )
    gifts = _gifts_to({client_id for client_id, _ in received})
    count: Counter[int] = Counter()
    for client_id, on in received:
        before = [(day, member) for day, member in gifts.get(client_id, ()) if day <= on]
        if before and (giver := max(before)[1]) in ids:
            count[giver] += 1
    return count


def _gifts_to(client_ids: set[int]) -> dict[int, list[tuple[dt.date, int]]]:
    """When and by whom something was given to these clients: referrals and favours."""
    found: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
    given = ReferralGiven.objects.filter(client__in=client_ids, member__isnull=False)
    done = Favour.objects.filter(client__in=client_ids, member__isnull=False, done_on__isnull=False)
    rows: list[Any] = [
        *given.values_list("client_id", "given_on", "member_id"),
        *done.values_list("client_id", "done_on", "member_id"),
    ]
    for client_id, day, member_id in rows:
        found[client_id].append((day, member_id))
    return found


def _counted(each_ones: Iterable[Iterable[Did]]) -> int:
    """How many of the favours of several members count: cut to whole ones only once."""
    return sum(favours_hundredths(done) for done in each_ones) // 100


def _month(month: Month, gifts: Sequence[Gift], favours: Sequence[Did]) -> MonthFigures:
    inside = [each.given for each in gifts if month.first <= each.on <= month.last]
    return MonthFigures(
        month=month,
        points=points(inside),
        given=len(inside),
        favours=sum(month.first <= each.on <= month.last for each in favours),
    )
