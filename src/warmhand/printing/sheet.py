"""A pack laid out: every text, figure and place of a chart, ready for paper and for the page.

Paper and page are drawn from this one value, so neither says what the other doesn't.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from .charts import Bars, Curve, TimeLine, bars_of, curve_of, time_line_of
from .letters import NO_BREAK
from .pack import DELIVERED, Concern, Deed, Entry, Item, Pack, Point, Score, State, Texts

ROWS, POINTS = 16, 12
"""How many rows a table and how many points a list shows; the rest is counted."""
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """The rows of a list that are shown; `more` says how many are not, empty where all are."""

    shown: tuple[T, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure and what it says."""

    figure: str
    label: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A line of the table of what was agreed; days as they are said, empty where there is none."""

    what: str
    target: str
    agreed: str
    due: str
    delivered: str
    state: State
    mark: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line of the table of cases; its number is that of its bar."""

    number: int
    title: str
    opened: str
    solved: str
    days: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class PointRow:
    """A line of a list: what kind it is, what it is, and when."""

    label: str
    what: str
    when: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Something to show for a delivery; `link` where it is an address."""

    what: str
    shown: str
    link: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that stands on a pack, in the order in which it stands there."""

    language: str
    texts: Texts
    title: str
    client: str
    company: str
    period: str
    prepared: str
    brand_name: str
    lead: str
    tiles: tuple[Tile, ...]
    said: str
    said_when: str
    time_line: TimeLine | None
    entries: Rows[EntryRow]
    proofs: Rows[Proof]
    values: tuple[str, ...]
    bars: Bars | None
    cases: Rows[CaseRow]
    curve: Curve | None
    ratings: Rows[PointRow]
    deeds: Rows[PointRow]
    open_points: Rows[PointRow]
    next_steps: Rows[PointRow]
    agenda: tuple[str, ...]


class Words:
    """How a pack says days, figures and states, in its language."""

    def __init__(self, pack: Pack) -> None:
        self.texts = pack.texts
        self.language = pack.texts["language"]
        self.locale = "en_GB" if self.language == "en" else self.language
        self.today = pack.today

    def day(self, day: dt.date | None) -> str:
        """A day, such as 3 May 2026."""
        return format_date(day, "long", locale=self.locale) if day else ""

    def short(self, day: dt.date | None) -> str:
        """A day for a table, such as 3 May 2026 or 03.05.2026, never broken over two lines."""
        said = format_date(day, "medium", locale=self.locale) if day else ""
        return said.replace(" ", NO_BREAK)

    def number(self, number: float | Decimal) -> str:
        """A number, with at most one place after the point."""
        return format_decimal(number, format="#,##0.#", locale=self.locale)

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount in its currency; a plain number where none is known."""
        if len(currency) != 3 or not currency.isalpha():
            return self.number(amount)
        return format_currency(amount, currency.upper(), locale=self.locale)

    def prepared(self, by: str) -> str:
        """Who made it and when."""
        name = "prepared_by" if by else "prepared"
        return self.fill(name, member=by, day=self.day(self.today))

    def fill(self, name: str, **values: object) -> str:
        """A text by its name, with its places filled."""
        return self.texts[name].format(**values)

    def mark(self, entry: Entry) -> str:
        """How something agreed turned out, in a word or two."""
        state = entry.state(self.today)
        if state in (State.DELIVERED, State.OPEN):
            return self.texts[f"is_{state}"]
        if state not in (State.EARLY, State.LATE) or not (entry.delivered and entry.due):
            return self.texts[state.value]
        days = abs((entry.delivered - entry.due).days)
        return self.texts[f"{state}_one"] if days == 1 else self.fill(state.value, days=days)

    def rows(self, items: Sequence[R], most: int, make: Callable[[R], T]) -> Rows[T]:
        """The first rows, and how many more there are."""
        rest = len(items) - most
        more = self.fill("more", count=self.number(rest)) if rest > 0 else ""
        return Rows(tuple(make(item) for item in items[:most]), more)


def lay_out(pack: Pack) -> Sheet:
    """The pack as it is printed and shown. Lists are cut to what is latest, and say so."""
    words = Words(pack)
    entries = sorted(pack.entries, key=lambda e: e.last_day or dt.date.min, reverse=True)
    cases = sorted(pack.cases, key=lambda case: case.opened, reverse=True)
    ratings = sorted(pack.ratings, key=lambda rating: rating.on)
    deeds = sorted(pack.deeds, key=lambda deed: deed.on, reverse=True)
    numbered = list(enumerate(reversed(cases[:ROWS]), start=1))
    shown = [(e, e.what, words.mark(e)) for e in reversed(entries[:ROWS])]
    return Sheet(
        **_head(pack, words),
        time_line=time_line_of(
            shown, since=pack.since, until=pack.until, today=pack.today,
            language=words.locale, texts=pack.texts,
        ),
        entries=Rows(
            tuple(_entry(entry, words) for entry in reversed(entries[:ROWS])),
            words.rows(entries, ROWS, lambda entry: entry).more,
        ),
        proofs=words.rows(
            [e for e in entries if e.proof and e.state(pack.today) in DELIVERED], POINTS, _proof
        ),
        values=_values(entries, words),
        bars=bars_of(numbered, pack.texts, _median(pack, words)),
        cases=Rows(
            tuple(_case(number, case, words) for number, case in numbered),
            words.rows(cases, ROWS, lambda case: case).more,
        ),
        curve=curve_of(ratings[-ROWS:], words.locale, pack.texts),
        ratings=words.rows(ratings[::-1], ROWS, lambda rating: _rating(rating, words)),
        deeds=words.rows(deeds, POINTS, lambda deed: _deed(deed, words)),
        open_points=words.rows(pack.open_points, POINTS, lambda item: point_row(item, words)),
        next_steps=words.rows(pack.next_steps, POINTS, lambda item: point_row(item, words)),
        agenda=pack.agenda,
    )  # fmt: skip


def _head(pack: Pack, words: Words) -> dict[str, Any]:
    said = pack.said
    return {
        "language": words.language,
        "texts": pack.texts,
        "title": pack.texts["title"],
        "client": pack.client,
        "company": pack.company,
        "period": words.fill("period", since=words.day(pack.since), until=words.day(pack.until)),
        "prepared": words.prepared(pack.prepared_by),
        "brand_name": pack.brand.name,
        "lead": _lead(pack, words),
        "tiles": tuple(_tiles(pack, words)),
        "said": said.words if said else "",
        "said_when": words.fill("you_said", day=words.day(said.on)) if said else "",
    }


def _lead(pack: Pack, words: Words) -> str:
    counts = pack.counts
    if counts.agreed == 1 and counts.kept == 1:
        return pack.texts["lead_one"]
    if counts.agreed > 1 and counts.kept == counts.agreed:
        return words.fill("lead_all", agreed=words.number(counts.agreed))
    if counts.agreed > 1 and counts.delivered:
        numbers = {n: words.number(getattr(counts, n)) for n in ("agreed", "delivered", "kept")}
        return words.fill("lead_some", **numbers)
    return pack.texts["lead_plain"]


def _tiles(pack: Pack, words: Words) -> list[Tile]:
    counts, texts, said = pack.counts, pack.texts, words.number
    found = []
    if counts.agreed:
        part = words.fill("of", part=said(counts.delivered), whole=said(counts.agreed))
        found.append(Tile(part, texts["tile_delivered"]))
    if counts.due_known:
        part = words.fill("of", part=said(counts.kept), whole=said(counts.due_known))
        found.append(Tile(part, texts["tile_kept"]))
    if counts.median_days is not None:
        found.append(Tile(_median(pack, words), texts["tile_solve"]))
    if counts.latest:
        figure = words.fill("of", part=counts.latest.score, whole=10)
        found.append(Tile(figure, words.fill("tile_rating", day=words.short(counts.latest.on))))
    if pack.deeds:
        found.append(Tile(said(len(pack.deeds)), texts["tile_deeds"]))
    return found


def _median(pack: Pack, words: Words) -> str:
    return words.number(pack.counts.median_days or 0)


def _entry(entry: Entry, words: Words) -> EntryRow:
    return EntryRow(
        what=entry.what,
        target=entry.target,
        agreed=words.short(entry.agreed),
        due=words.short(entry.due),
        delivered=words.short(entry.delivered),
        state=entry.state(words.today),
        mark=words.mark(entry),
    )


def _proof(entry: Entry) -> Proof:
    link = entry.proof if entry.proof.startswith(("https://", "http://")) else ""
    return Proof(entry.what, entry.proof, link)


def _values(entries: Sequence[Entry], words: Words) -> tuple[str, ...]:
    """What was delivered is worth, one sum for each currency."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        if entry.value is not None and entry.state(words.today) in DELIVERED:
            sums[entry.currency] += entry.value
    return tuple(words.money(total, currency) for currency, total in sorted(sums.items()))


def _case(number: int, case: Concern, words: Words) -> CaseRow:
    texts = words.texts
    return CaseRow(
        number=number,
        title=case.title,
        opened=words.short(case.opened),
        solved=words.short(case.resolved) or texts["is_open"],
        days="" if case.days is None else words.number(case.days),
        confirmed=words.short(case.confirmed) or texts["not_yet"],
    )


def _rating(rating: Score, words: Words) -> PointRow:
    return PointRow("", str(rating.score), words.day(rating.on))


def _deed(deed: Deed, words: Words) -> PointRow:
    label = words.texts["deed_referral" if deed.referral else "deed_favour"]
    return PointRow(label, deed.what, words.day(deed.on))


_SINCE = (
    Point.CASE, Point.NEED, Point.THANKS, Point.UNCONFIRMED, Point.RATING, Point.HURT,
)  # fmt: skip


def point_row(item: Item, words: Words) -> PointRow:
    """An open point or a next step as a line."""
    label = words.texts[f"point_{item.kind}"]
    if item.on is None:
        return PointRow(label, item.what, "")
    if item.kind in _SINCE:
        when = "since"
    elif item.on < words.today:
        when = "was_due"
    else:
        when = "on" if item.kind is Point.REVIEW else "by"
    return PointRow(label, item.what, words.fill(when, day=words.day(item.on)))
