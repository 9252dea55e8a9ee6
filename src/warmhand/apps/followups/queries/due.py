"""Which follow-ups are due, overdue or to come: derived, page by page (P34)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, overload

from django.db.models import Q, QuerySet

from warmhand.apps.accounts import days
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.followups.plan import LAPSE_DAYS, Heard, Round, next_round
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.introductions.models import Introduction
from warmhand.apps.island.listing import searched
from warmhand.apps.people.queries.records import CLIENT_WORDS, with_client
from warmhand.apps.policies.queries import current
from warmhand.problems import Invalid
from warmhand.rulebook import Policy

NOW, TODAY, OVERDUE, WAITING, COMING = "now", "today", "overdue", "waiting", "coming"
STATES: Final = {
    NOW: (TODAY, OVERDUE),
    TODAY: (TODAY,),
    OVERDUE: (OVERDUE,),
    WAITING: (WAITING,),
    COMING: (COMING,),
    "any": (TODAY, OVERDUE, WAITING, COMING),
}
"""What `state` may be, and what it stands for."""
DUE_ORDERS: Final = ("due", "-due", "client", "-client", "provider", "-provider")
PATIENCE_DAYS: Final = 5
"""For so long after it was asked a question waits, then it is overdue again (our choice)."""
_SIDES: Final = tuple(FollowUp.Side.values)


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    """A question for one side of a referral: which, from when on, and how it stands."""

    referral: ReferralGiven
    side: str
    number: int
    due_on: dt.date
    state: str
    asked_on: dt.date | None = None

    @property
    def client(self) -> Any:
        """The client who was sent."""
        return self.referral.client

    @property
    def client_id(self) -> int:
        """The client's number."""
        return int(self.referral.client_id)

    @property
    def referral_given_id(self) -> int:
        """The referral's number."""
        return int(self.referral.pk)

    @property
    def provider(self) -> str:
        """To whom they were sent."""
        return self.referral.provider

    @property
    def speaker(self) -> str:
        """Who is to be asked, by name."""
        return self.client.title if self.side == FollowUp.Side.CLIENT else self.referral.provider

    @property
    def responsible(self) -> Any:
        """Who of us asks: whoever gave the referral, else whoever cares for the client."""
        return self.referral.member or self.client.keeper


@dataclass(slots=True)
class _Sides:
    """What each side of one referral has said, in order, and which rounds wait for an answer."""

    heard: dict[str, list[Heard]] = field(default_factory=lambda: {side: [] for side in _SIDES})
    asked: dict[tuple[str, int], dt.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    referral_id: int
    client: str
    provider: str
    side: str
    round: Round
    state: str
    asked_on: dt.date | None


class DueList(Sequence[DueFollowUp]):
    """Follow-ups that are due, read in pages: a slice costs one statement, however long it is."""

    def __init__(self, lines: list[_Line]) -> None:
        self._lines = lines

    def count(self, value: Any = None) -> int:
        """How many there are; what a paginator asks for."""
        return len(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: int) -> DueFollowUp: ...
    @overload
    def __getitem__(self, at: slice) -> list[DueFollowUp]: ...
    def __getitem__(self, at: int | slice) -> DueFollowUp | list[DueFollowUp]:
        if isinstance(at, slice):
            return _loaded(self._lines[at])
        return _loaded([self._lines[at]])[0]


def after_days(policy: Policy) -> tuple[int, int, int]:
    """The distances of the three rounds from the referral, in days."""
    return (
        policy.follow_up_first_days,
        policy.follow_up_second_days,
        policy.follow_up_third_days,
    )


def due(
    *,
    search: str = "",
    state: str = NOW,
    side: str = "",
    member_id: int | None = None,
    client_id: int | None = None,
    sort: str = "",
    today: dt.date | None = None,
) -> DueList:
    """Follow-ups with both sides, the longest due first; `state` is one of STATES.

    `member_id`: for whom of us; `side`: client or provider. Three statements and one for each
    page; it looks at the referrals of as many days as the last round takes, and no others.
    """
    _check("state", state, tuple(STATES))
    _check("side", side, ("", *_SIDES))
    _check("sort", sort, ("", *DUE_ORDERS))
    today, policy = today or days.today(), current().policy
    rows = _recent(policy, today, member_id, client_id)
    rows = searched(rows, search, "provider", *CLIENT_WORDS)
    lines = [
        line
        for line in _lines(rows, policy, today)
        if line.state in STATES[state] and (not side or line.side == side)
    ]
    return DueList(_sorted(lines, sort))


def due_count(member_id: int, *, today: dt.date) -> int:
    """How many follow-ups a member has to ask now: those due on this day and before."""
    return len(due(member_id=member_id, today=today))


def next_for(referral: ReferralGiven, side: str) -> tuple[Round | None, bool]:
    """The next question for a side of one referral, and whether its day has come."""
    today = days.today()
    rows = list(FollowUp.objects.filter(referral=referral))
    found = next_after(referral.given_on, rows, side, today)
    return found, found is not None and found.due_on <= today


def next_after(
    given_on: dt.date, rows: Iterable[FollowUp], side: str, today: dt.date
) -> Round | None:
    """The next question for a side after these follow-ups of one referral."""
    sides = _sides(
        (0, row.side, row.round, row.asked_on, row.answered_on, row.business, row.no_more)
        for row in sorted(rows, key=in_order)
    )
    return _next(given_on, sides.get(0, _NOTHING), side, current().policy, today)


def in_order(row: FollowUp) -> tuple[bool, dt.date, int]:
    """The order in which things were told; what wasn't answered comes last, as in the database."""
    return row.answered_on is None, row.answered_on or dt.date.min, row.pk


def _check(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise Invalid.at(name, f"Choose one of: {', '.join(filter(None, allowed))}.")


def _recent(
    policy: Policy, today: dt.date, member_id: int | None, client_id: int | None
) -> QuerySet[ReferralGiven]:
    reach = dt.timedelta(days=policy.follow_up_third_days + LAPSE_DAYS)
    rows = with_client(ReferralGiven).filter(given_on__gte=today - reach)
    rows = rows.exclude(pk__in=_taken_back())
    if member_id is not None:
        rows = rows.filter(Q(member=member_id) | Q(member=None, client__keeper=member_id))
    return rows.filter(client=client_id) if client_id is not None else rows


def _taken_back() -> Any:
    """The referrals about which nobody is asked: the consent to their introduction is gone."""
    rows = Introduction.objects.filter(state=Introduction.State.WITHDRAWN, given__isnull=False)
    return rows.values("given")


def _lines(rows: QuerySet[ReferralGiven], policy: Policy, today: dt.date) -> list[_Line]:
    wanted = rows.values("pk")
    plain = list(rows.order_by("pk").values_list("pk", "given_on", "client__name", "provider"))
    if not plain:
        return []
    told = FollowUp.objects.filter(referral__in=wanted).order_by("answered_on", "pk")
    sides = _sides(told.values_list(*_COLUMNS))
    found = []
    for pk, given_on, client, provider in plain:
        mine = sides.get(pk, _NOTHING)
        for side in _SIDES:
            coming = _next(given_on, mine, side, policy, today)
            if coming is not None:
                asked_on = mine.asked.get((side, coming.number))
                state = _state(coming, asked_on, today)
                found.append(_Line(pk, client, provider, side, coming, state, asked_on))
    return found


_NOTHING = _Sides()


_COLUMNS: Final = (
    "referral_id", "side", "round", "asked_on", "answered_on", "business", "no_more",
)  # fmt: skip


def _sides(told: Iterable[Any]) -> dict[int, _Sides]:
    """Each referral's sides, out of rows of _COLUMNS in the order in which they were told."""
    found: dict[int, _Sides] = {}
    for pk, side, number, asked_on, answered_on, business, no_more in told:
        sides = found.setdefault(pk, _Sides())
        if answered_on is not None:
            sides.heard[side].append(Heard(number, answered_on, business, no_more))
        else:
            sides.asked[side, number] = asked_on
    return found


def _next(
    given_on: dt.date, sides: _Sides, side: str, policy: Policy, today: dt.date
) -> Round | None:
    other = next(each for each in _SIDES if each != side)
    return next_round(given_on, after_days(policy), sides.heard[side], sides.heard[other], today)


def _state(coming: Round, asked_on: dt.date | None, today: dt.date) -> str:
    if asked_on is not None and today <= asked_on + dt.timedelta(days=PATIENCE_DAYS):
        return WAITING
    if coming.due_on > today:
        return COMING
    return TODAY if coming.due_on == today and asked_on is None else OVERDUE


def _sorted(lines: list[_Line], sort: str) -> list[_Line]:
    name = sort.removeprefix("-") or "due"
    keys = {
        "due": lambda line: (line.round.due_on, line.referral_id, line.side),
        "client": lambda line: (line.client.casefold(), line.round.due_on, line.side),
        "provider": lambda line: (line.provider.casefold(), line.round.due_on, line.side),
    }
    return sorted(lines, key=keys[name], reverse=sort.startswith("-"))


def _loaded(lines: list[_Line]) -> list[DueFollowUp]:
    rows = with_client(ReferralGiven, "member", "need", "listed", "client__keeper")
    by_id = {row.pk: row for row in rows.filter(pk__in={line.referral_id for line in lines})}
    return [
        DueFollowUp(
            by_id[line.referral_id],
            line.side,
            line.round.number,
            line.round.due_on,
            line.state,
            line.asked_on,
        )
        for line in lines
        if line.referral_id in by_id
    ]
