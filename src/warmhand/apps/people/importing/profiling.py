"""What stands in each column: the first pass over a table, in bounded memory.

The first rows say what a column looks like; for columns that look like dates or numbers every
row then counts as evidence for how the column writes them, so that one 13/05 on the last line
settles the order for all.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from warmhand.apps.people.importing.reading import Table
from warmhand.apps.people.importing.rows import Refusal, Row
from warmhand.apps.people.importing.values import (
    NO,
    YES,
    DateOrder,
    DecimalMark,
    country_code,
    split_date,
)

SAMPLE_ROWS = 2_000
SHOWN_ROWS = 20
EXAMPLES = 3
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+$")
PHONE = re.compile(r"\+?[\d(][\d\s()./-]{5,}\d$")
URL = re.compile(
    r"(https?://|www\.)\S+$|[\w-]+(\.[\w-]+)*\.(com|org|net|de|es|io|eu|co\.uk|info)/?$"
)
MONEY = re.compile(r"[€£$¥]|\b(EUR|USD|GBP|CHF|JPY)\b")
PLAIN_NUMBER = re.compile(r"[+-]?\d[\d.,']*%?$|[+-]?[.,]\d+$")
NAME = re.compile(r"[^\W\d_][^\W\d_'’.-]*( [^\W\d_'’.-]+\.?){1,3}$")


@dataclass(slots=True)
class Profile:
    """Counts over one column; `looks` over the first `SAMPLE_ROWS` filled or empty cells."""

    name: str
    seen: int = 0
    filled: int = 0
    looks: Counter[str] = field(default_factory=Counter)
    orders: Counter[DateOrder] = field(default_factory=Counter)
    undecided: int = 0
    marks: Counter[DecimalMark] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    values: set[str] = field(default_factory=set)

    def share(self, look: str) -> float:
        """Part of the filled sample cells that look like `look`, 0 to 1."""
        return self.looks[look] / self.filled if self.filled else 0.0

    @property
    def unique(self) -> bool:
        """Every row of the sample is filled, each differently."""
        return self.filled == self.seen > 1 and len(self.values) == self.filled

    def date_order(self) -> tuple[DateOrder, bool, str]:
        """(order, whether the column settles it, why) for a column of dates."""
        day, month = self.orders[DateOrder.DAY_FIRST], self.orders[DateOrder.MONTH_FIRST]
        if not (day or month or self.undecided):
            return DateOrder.YEAR_FIRST, True, "the year stands first"
        if day > month:
            return DateOrder.DAY_FIRST, True, f"{day} dates have a first number above 12"
        if month > day:
            return DateOrder.MONTH_FIRST, True, f"{month} dates have a second number above 12"
        return DateOrder.DAY_FIRST, False, "no date in the column settles it: day first is assumed"

    def decimal_mark(self) -> DecimalMark:
        """The decimal mark most cells speak for; a point when none does."""
        comma, point = self.marks[DecimalMark.COMMA], self.marks[DecimalMark.POINT]
        return DecimalMark.COMMA if comma > point else DecimalMark.POINT


@dataclass(frozen=True, slots=True)
class Survey:
    """A whole table looked at once: counts, a profile a column, and the first rows."""

    rows: int
    refused: int
    profiles: dict[str, Profile]
    shown: tuple[Row | Refusal, ...]


def survey(table: Table) -> Survey:
    """Read every row once; raises `ImportRefused` for what makes the whole file unreadable."""
    profiles = {name: Profile(name) for name in table.columns}
    rows = refused = 0
    shown: list[Row | Refusal] = []
    for item in table.rows():
        rows += 1
        if len(shown) < SHOWN_ROWS:
            shown.append(item)
        if isinstance(item, Refusal):
            refused += 1
            continue
        for name, cell in item.cells.items():
            _look(profiles[name], cell, sampling=rows <= SAMPLE_ROWS)
    return Survey(rows, refused, profiles, tuple(shown))


def _look(profile: Profile, cell: str, *, sampling: bool) -> None:
    if sampling:
        profile.seen += 1
        if cell:
            _sample(profile, cell)
    if cell and profile.share("date") > 0.5:
        _weigh_date(profile, cell)
    elif cell and profile.share("number") > 0.5:
        _weigh_number(profile, cell)


def _sample(profile: Profile, cell: str) -> None:
    profile.filled += 1
    profile.values.add(cell[:100])
    if len(profile.examples) < EXAMPLES and cell not in profile.examples:
        profile.examples.append(cell[:80])
    profile.looks.update(looks_like(cell))


def looks_like(cell: str) -> list[str]:
    """Every look a cell has: email, url, date, number, money, phone, flag, country, name."""
    looks = [
        look
        for look, pattern in (
            ("email", EMAIL),
            ("url", URL),
            ("number", PLAIN_NUMBER),
            ("name", NAME),
        )
        if pattern.match(cell)
    ]
    if split_date(cell) and ("number" not in looks or len(cell) == 8):
        looks.append("date")
    elif PHONE.match(cell) and not ("number" in looks and len(cell) < 7):
        looks.append("phone")
    if MONEY.search(cell):
        looks.append("money")
    if cell.casefold() in YES or cell.casefold() in NO:
        looks.append("flag")
    if len(cell) < 60 and country_code(cell):
        looks.append("country")
    return looks


def _weigh_date(profile: Profile, cell: str) -> None:
    found = split_date(cell)
    if found is None:
        return
    plain, (first, second, _year) = found
    if plain:
        profile.orders[plain] += 1
    elif first > 12 >= second:
        profile.orders[DateOrder.DAY_FIRST] += 1
    elif second > 12 >= first:
        profile.orders[DateOrder.MONTH_FIRST] += 1
    else:
        profile.undecided += 1


def _weigh_number(profile: Profile, cell: str) -> None:
    comma, point = cell.rfind(","), cell.rfind(".")
    if comma == point:
        return
    last = max(comma, point)
    mark = DecimalMark.COMMA if comma > point else DecimalMark.POINT
    other = DecimalMark.POINT if mark is DecimalMark.COMMA else DecimalMark.COMMA
    if min(comma, point) >= 0 or len(cell.rstrip("%")) - last - 1 != 3:
        profile.marks[mark] += 1
    elif cell.count(mark.value) > 1:
        profile.marks[other] += 1
