"""The list of moves for a person, today: read from the standings, decided nowhere else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from warmhand.apps.accounts import days
from warmhand.apps.asks.models import Standing
from warmhand.apps.asks.queries import stored_facts
from warmhand.apps.policies.queries import current
from warmhand.apps.reviews.queries import arranged
from warmhand.rulebook import MOVES, Explanation, Move, Policy, advance, explain

from .models import MoveAnswer

ORDER = tuple(sorted(MOVES, key=lambda move: MOVES[move].turn))
"""Best first, by the rulebook's turns: what mends before all, what gives before what asks."""


@dataclass(frozen=True, slots=True)
class MoveItem:
    """One proposed move: what to do for whom, why, and what else could be done."""

    client_id: int
    title: str
    company: str
    company_id: int | None
    keeper: str
    keeper_id: int | None
    explanation: Explanation
    decided_on: dt.date

    @property
    def move(self) -> str:
        """The move's code."""
        return self.explanation.decision.move.value

    @property
    def move_title(self) -> str:
        """The move in words."""
        return MOVES[self.explanation.decision.move].title

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON: the same for the API and the command line."""
        return {
            "client": {
                "id": self.client_id,
                "name": self.title,
                "company": self.company or None,
                "keeper": self.keeper or None,
            },
            "title": self.move_title,
            **self.explanation.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class TodayFilter:
    """Which moves are wanted; empty means all."""

    member_id: int | None = None
    team: str = ""
    company_id: int | None = None
    move: str = ""
    code: str = ""
    search: str = ""
    with_waiting: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything but 'in whose care' leaves moves out."""
        return bool(self.company_id or self.move or self.code or self.search)


@dataclass(frozen=True, slots=True)
class TodayPage:
    """One page of moves; `by_move` counts all that match but for the move itself."""

    items: tuple[MoveItem, ...]
    total: int
    page: int
    pages: int
    by_move: dict[str, int]
    today: dt.date
    filter: TodayFilter = field(default_factory=TodayFilter)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "today": self.today.isoformat(),
            "items": [item.as_dict() for item in self.items],
            "total": self.total,
            "page": self.page,
            "pages": self.pages,
            "by_move": self.by_move,
        }


def today_list(
    wanted: TodayFilter | None = None, *, page: int = 1, per_page: int = 25
) -> TodayPage:
    """The moves that are proposed today, best first.

    Three statements and the day, however many clients there are on the page.
    """
    wanted = wanted or TodayFilter()
    day = days.today()
    matching = _matching(wanted, day)
    by_move = {row["move"]: row["n"] for row in matching.values("move").annotate(n=Count("pk"))}
    shown = matching.filter(move=wanted.move) if wanted.move else matching
    total = by_move.get(wanted.move, 0) if wanted.move else sum(by_move.values())
    pages = max(1, -(-total // per_page))
    page = min(max(1, page), pages)
    rows = _in_order(shown)[(page - 1) * per_page : page * per_page]
    policy = current().policy
    return TodayPage(
        items=tuple(_item(row, policy, day) for row in rows),
        total=total,
        page=page,
        pages=pages,
        by_move={m.value: by_move[m.value] for m in ORDER if m.value in by_move},
        today=day,
        filter=wanted,
    )


def _matching(wanted: TodayFilter, day: dt.date) -> QuerySet[Standing]:
    # Nobody is invited to a meeting that is arranged already.
    met = Q(move=Move.INVITE_TO_REVIEW.value) & arranged()
    found = Standing.objects.filter(~_answered(day)).exclude(met)
    if not wanted.with_waiting and wanted.move != Move.WAIT:
        found = found.exclude(move=Move.WAIT.value)
    conditions = {
        "client__keeper_id": wanted.member_id,
        "client__keeper__team": wanted.team,
        "client__company_id": wanted.company_id,
        "codes__contains": [wanted.code] if wanted.code else None,
    }
    found = found.filter(**{name: value for name, value in conditions.items() if value})
    if wanted.search:
        found = found.filter(
            Q(client__name__icontains=wanted.search)
            | Q(client__company__name__icontains=wanted.search)
        )
    return found


def _answered(day: dt.date) -> Exists:
    """Somebody put this very move off, or did it today."""
    answers = MoveAnswer.objects.filter(
        client_id=OuterRef("client_id"), move=OuterRef("move"), until__gt=day
    )
    return Exists(answers)


def _in_order(found: QuerySet[Standing]) -> QuerySet[Standing]:
    rank = Case(
        *(When(move=move.value, then=Value(place)) for place, move in enumerate(ORDER)),
        default=Value(len(ORDER)),
        output_field=IntegerField(),
    )
    return found.select_related("client", "client__company", "client__keeper").order_by(
        rank, "-weight", "client__name", "client_id"
    )


def _item(row: Standing, policy: Policy, day: dt.date) -> MoveItem:
    """The kept facts, carried to today, explained: exact until `review_on`."""
    client = row.client
    facts = advance(stored_facts(row), (day - row.decided_on).days)
    return MoveItem(
        client_id=client.pk,
        title=client.title,
        company=client.company.name if client.company else "",
        company_id=client.company_id,
        keeper=client.keeper.name if client.keeper else "",
        keeper_id=client.keeper_id,
        explanation=explain(facts, policy, day),
        decided_on=row.decided_on,
    )


def answers_of(client_id: int) -> QuerySet[MoveAnswer]:
    """What was answered to proposed moves for a client, newest first."""
    return MoveAnswer.objects.filter(client_id=client_id).select_related("member", "to_member")
