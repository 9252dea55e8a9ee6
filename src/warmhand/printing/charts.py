"""The charts of a pack as places from 0 to 1: what is where, with the words that say the same.

They are drawn once, by `templates/charts.typ`, for paper and for the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from babel.dates import format_date

from .pack import DELIVERED, KEPT, Concern, Entry, Score, State, Texts

DAY = dt.timedelta(days=1)
BEFORE, AFTER = 90 * DAY, 120 * DAY
"""How far a time line reaches beyond its period, to show what was agreed before or is due after."""
MOST_TICKS = 7
TOP_SCORE = 10


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Span:
    """One line of a time line; -1 where there is no such day."""

    label: str
    start: float
    due: float
    end: float
    state: State
    mark: str


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Agreed versus delivered."""

    spans: tuple[Span, ...]
    ticks: tuple[Tick, ...]
    today: float
    alt: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Days to solve one case."""

    number: int
    days: int
    height: float
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """Days to solve, case by case; `median` as a height."""

    bars: tuple[Bar, ...]
    median: float
    median_label: str
    alt: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A rating on its day."""

    at: float
    height: float
    score: int


@dataclass(frozen=True, slots=True)
class Curve:
    """Ratings over time."""

    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from left (0) to right (1)."""

    first: dt.date
    last: dt.date

    def at(self, day: dt.date | None) -> float:
        """Where a day is; days beyond an end stand at that end, no day at -1."""
        if day is None:
            return -1.0
        length = max(1, (self.last - self.first).days)
        return round(min(1.0, max(0.0, (day - self.first).days / length)), 4)

    def ticks(self, language: str) -> tuple[Tick, ...]:
        """Beginnings of months, as many as can be read."""
        days = [day for day in _months(self.first, self.last) if day >= self.first]
        step = next(
            s for s in (1, 2, 3, 4, 6, 12, 24, 60, 240, 9_999) if len(days) / s <= MOST_TICKS
        )
        kept = [day for day in days if (day.year * 12 + day.month - 1) % step == 0]
        return tuple(Tick(self.at(day), _month(day, language)) for day in kept)


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    count = (last.year - first.year) * 12 + last.month - first.month
    start = first.year * 12 + first.month - 1
    return [dt.date(m // 12, m % 12 + 1, 1) for m in range(start, start + count + 1)]


def _month(day: dt.date, language: str) -> str:
    return format_date(day, "MMM yyyy" if day.month == 1 else "MMM", locale=language)


def time_line_of(
    rows: Sequence[tuple[Entry, str, str]],
    *,
    since: dt.date,
    until: dt.date,
    today: dt.date,
    language: str,
    texts: Texts,
) -> TimeLine | None:
    """The time line of entries, each with its title and its mark; None where no day is known."""
    known = [row for row in rows if row[0].last_day]
    if not known:
        return None
    axis = _axis([entry for entry, *_ in known], since, until, today)
    spans = tuple(_span(entry, title, mark, axis, today) for entry, title, mark in known)
    states = [span.state for span in spans]
    alt = texts["alt_time_line"].format(
        count=len(spans),
        kept=sum(state in KEPT for state in states),
        late=states.count(State.LATE),
        rest=sum(state not in DELIVERED for state in states),
    )
    inside = axis.first <= today <= axis.last
    return TimeLine(spans, axis.ticks(language), axis.at(today) if inside else -1.0, alt)


def _axis(entries: list[Entry], since: dt.date, until: dt.date, today: dt.date) -> Axis:
    days = [
        day
        for e in entries
        for day in (e.agreed, e.due, e.delivered, e.cancelled)
        if day is not None
    ]
    running = any(not (e.delivered or e.cancelled) for e in entries)
    last = max([*days, *([today] if running else [])])
    return Axis(max(min(days), since - BEFORE) - 3 * DAY, min(last, until + AFTER) + 3 * DAY)


def _span(entry: Entry, title: str, mark: str, axis: Axis, today: dt.date) -> Span:
    end = entry.delivered or entry.cancelled or today
    start = entry.agreed or min(day for day in (entry.due, end) if day)
    return Span(title, axis.at(start), axis.at(entry.due), axis.at(end), entry.state(today), mark)


def bars_of(cases: Sequence[tuple[int, Concern]], texts: Texts, said: str) -> Bars | None:
    """Days to solve of numbered cases, in their order; None where fewer than two are solved.

    `said` is the median of all cases of the pack as it is told elsewhere.
    """
    solved = [(n, case, case.days) for n, case in cases if case.days is not None]
    if len(solved) < 2:
        return None
    days = [each for _, _, each in solved]
    top, middle = max(*days, 1), median(days)
    bars = tuple(Bar(n, d, round(d / top, 4), case.confirmed is not None) for n, case, d in solved)
    alt = texts["alt_cases"].format(count=len(bars), least=min(days), most=max(days), median=said)
    return Bars(bars, round(middle / top, 4), texts["legend_median"].format(days=said), alt)


def curve_of(ratings: Sequence[Score], language: str, texts: Texts) -> Curve | None:
    """Ratings by day; None for fewer than two."""
    if len(ratings) < 2:
        return None
    axis = Axis(ratings[0].on - 7 * DAY, ratings[-1].on + 7 * DAY)
    dots = tuple(Dot(axis.at(r.on), round(r.score / TOP_SCORE, 4), r.score) for r in ratings)
    alt = texts["alt_ratings"].format(
        first=format_date(ratings[0].on, "medium", locale=language),
        last=format_date(ratings[-1].on, "medium", locale=language),
        scores=", ".join(str(r.score) for r in ratings),
    )
    return Curve(dots, axis.ticks(language), alt)
