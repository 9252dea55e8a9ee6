"""A list of categories that somebody brings: CSV with a column `code` (or `id`) and `title`."""

from __future__ import annotations

import csv
import io
from typing import Final

from warmhand.problems import Invalid, Place

from .schemes import Category, Scheme, of

MOST: Final = 20_000
LONGEST_CODE: Final = 12
LONGEST_TITLE: Final = 200
CODES: Final = ("code", "id")


def read_categories(raw: bytes, name: str) -> Scheme:
    """The categories of a file, in its order.

    A column `parent` names the next wider category; without it, codes that begin with another's
    are below it. Raises Invalid with the row and the field of everything that is wrong.
    """
    rows = _rows(raw, name)
    head = [each.strip().casefold() for each in rows[0]] if rows else []
    code = next((head.index(each) for each in CODES if each in head), None)
    if code is None or "title" not in head:
        raise _wrong(name, [Place("title", "The first line names the columns: code,title.", 1)])
    title, parent = head.index("title"), head.index("parent") if "parent" in head else None
    found: dict[str, Category] = {}
    places: list[Place] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        one = Category(_cell(row, code), _cell(row, title), _parents(_cell(row, parent)))
        problem = _problem(one, found, number)
        if problem:
            places.append(problem)
        else:
            found[one.code] = one
    if places or not found:
        raise _wrong(name, places or [Place("title", "There is no category in it.", 1)])
    return of(name, found.values() if parent is None else _in_lines(found))


def _rows(raw: bytes, name: str) -> list[list[str]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _wrong(name, [Place("title", "The file isn't UTF-8 text.")]) from None
    if "\0" in text:
        raise _wrong(name, [Place("title", "The file isn't text.")])
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as wrong:
        raise _wrong(name, [Place("title", f"This isn't CSV: {wrong}.")]) from wrong
    if len(rows) > MOST + 1:
        raise _wrong(name, [Place("title", f"More than {MOST:,} categories.", MOST + 2)])
    return rows


def _cell(row: list[str], at: int | None) -> str:
    return " ".join(row[at].split()) if at is not None and at < len(row) else ""


def _parents(parent: str) -> tuple[str, ...]:
    return (parent,) if parent else ()


def _problem(one: Category, found: dict[str, Category], row: int) -> Place | None:
    if not one.code or not one.title:
        return Place("code" if not one.code else "title", "This is empty.", row)
    if len(one.code) > LONGEST_CODE:
        return Place("code", f"Codes have {LONGEST_CODE} characters at most.", row)
    if len(one.title) > LONGEST_TITLE:
        return Place("title", f"Titles have {LONGEST_TITLE} characters at most.", row)
    if one.code in found:
        return Place("code", f"{one.code} stands here twice.", row)
    return None


def _in_lines(found: dict[str, Category]) -> list[Category]:
    """Each with all its wider ones, nearest first; a parent that isn't there, or is met twice, ends
    the line."""
    lines = []
    for each in found.values():
        above: list[str] = []
        next_up = each.parents
        while next_up and next_up[0] in found and next_up[0] not in (*above, each.code):
            above.append(next_up[0])
            next_up = found[next_up[0]].parents
        lines.append(Category(each.code, each.title, tuple(above)))
    return lines


def _wrong(name: str, places: list[Place]) -> Invalid:
    return Invalid(
        "invalid_categories",
        f"The categories in {name} can't be taken as they are.",
        lift="Correct the places named. A list has the columns code,title (and parent, if any).",
        places=tuple(places[:50]),
    )
