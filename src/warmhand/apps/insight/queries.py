"""Giving as people see it: one's own, a team's, and the news of what was given (P35, E28)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from warmhand.apps.accounts import days
from warmhand.apps.accounts.abilities import Role
from warmhand.apps.accounts.models import Member
from warmhand.apps.accounts.queries import member_by_id, members
from warmhand.apps.people.importing.exporting import CsvText, csv_text
from warmhand.matching.contribution import Hint

from .came_of import News, news_for
from .figures import Figures, Gathered, gather
from .law import Permission, targets_allowed
from .periods import window_start
from .targets import Goal, Scope, by_scope, goals_of, together

FEWEST_IN_TEAM: Final = 3
"""In a smaller team the total would tell what a colleague gave, so it isn't shown (our choice)."""


@dataclass(frozen=True, slots=True)
class Person:
    """One member's figures, goals and what would help."""

    member_id: int
    name: str
    team: str
    figures: Figures
    goals: tuple[Goal, ...]
    hints: tuple[Hint, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "member_id": self.member_id,
            "name": self.name,
            "team": self.team,
            **_plain(self.figures),
            "goals": [goal.as_dict() for goal in self.goals],
            "would_help": [hint.sentence for hint in self.hints],
        }


@dataclass(frozen=True, slots=True)
class Total:
    """What a team gave together; `hidden` where that would tell what one of them gave."""

    name: str
    people: int
    figures: Figures
    goals: tuple[Goal, ...]

    @property
    def hidden(self) -> bool:
        """Whether the team is too small for its total to be shown to its members."""
        return self.people < FEWEST_IN_TEAM


@dataclass(frozen=True, slots=True)
class MyGiving:
    """One's own giving, what would help next, and the team's total."""

    me: Person
    team: Total
    news: tuple[News, ...]
    targets: Permission


@dataclass(frozen=True, slots=True)
class TeamGiving:
    """A team's giving: its people by name, never by figure."""

    team: str
    people: tuple[Person, ...]
    total: Total
    targets: Permission

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "team": self.team,
            "since": self.total.figures.since.isoformat(),
            "targets_allowed": self.targets.allowed,
            "total": {
                **_plain(self.total.figures),
                "goals": [goal.as_dict() for goal in self.total.goals],
            },
            "people": [person.as_dict() for person in self.people],
        }


def my_giving(member_id: int) -> MyGiving:
    """One member's giving, with the total of their team (of everybody where there are none)."""
    me = member_by_id(member_id)
    found = _people(me.team)
    everybody = found if any(each.pk == me.pk for each in found) else [*found, me]
    today = days.today()
    law = targets_allowed(today)
    data, held = gather(everybody, today, back_told=law.back_told), by_scope(law)
    return MyGiving(
        me=_person(me, held, data),
        team=_total(me.team, everybody, held, data),
        news=news_for(member_id, since=window_start(today), back_told=law.back_told),
        targets=law,
    )


def team_giving(team: str = "") -> TeamGiving:
    """The giving of a team's members, or of everybody, in the order of their names."""
    found = _people(team)
    today = days.today()
    law = targets_allowed(today)
    data, held = gather(found, today, back_told=law.back_told), by_scope(law)
    return TeamGiving(
        team=team,
        people=tuple(_person(each, held, data) for each in found),
        total=_total(team, found, held, data),
        targets=law,
    )


def may_see_team(role: str, own_team: str, team: str) -> bool:
    """A leader with a team sees that one; an owner, or a leader without one, sees any."""
    return role == Role.OWNER or not own_team or team == own_team


def teams() -> list[str]:
    """The teams that there are, by name."""
    return sorted(set(members().exclude(team="").values_list("team", flat=True)))


def _people(team: str) -> list[Member]:
    found = members().filter(team=team) if team else members()
    return list(found.order_by("name", "pk"))


def _person(member: Member, held: dict[Scope, Any], data: Gathered) -> Person:
    return Person(
        member_id=member.pk,
        name=member.name,
        team=member.team,
        figures=data.figures(member.name, [member.pk]),
        goals=goals_of(member, held, data),
        hints=data.hints(member.pk),
    )


def _total(team: str, people: Sequence[Member], held: dict[Scope, Any], data: Gathered) -> Total:
    name = team or "Everybody"
    return Total(
        name=name,
        people=len(people),
        figures=data.figures(name, [each.pk for each in people]),
        goals=together(goals_of(each, held, data) for each in people),
    )


def _plain(figures: Figures) -> dict[str, Any]:
    found = figures.score
    return {
        "points": found.points,
        "given": found.given,
        "quality": found.quality,
        "heard": found.heard,
        "happy": found.happy,
        "unhappy": found.unhappy,
        "ended": found.answered,
        "happy_percent": found.happy_percent,
        "favours": figures.favours,
        "favours_counted": figures.favours_counted,
        "clients": figures.clients,
        "covered": figures.covered,
        "came_back": figures.came_back,
        "months": [
            {
                "month": f"{each.month.first:%Y-%m}",
                "completed": each.month.done,
                "points": each.points,
                "given": each.given,
                "favours": each.favours,
            }
            for each in figures.months
        ],
    }


COLUMNS: Final = (
    "member", "team", "since", "points", "given", "quality", "heard", "happy", "unhappy", "ended",
    "favours", "clients", "covered", "came_back", "would_help",
)  # fmt: skip


def as_csv(found: TeamGiving) -> CsvText:
    """The people of a team as a table for a spreadsheet, by name."""
    return csv_text(COLUMNS, (_row(person) for person in found.people))


def _row(person: Person) -> list[object]:
    plain = person.as_dict()
    return [
        person.name,
        person.team,
        person.figures.since.isoformat(),
        *(plain[name] for name in COLUMNS[3:-1]),
        " ".join(plain["would_help"]),
    ]
