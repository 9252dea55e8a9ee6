"""What every list has in common: words to search for, and named orders to sort by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from warmhand.problems import Invalid

M = TypeVar("M", bound=Model)
_MOST_WORDS = 8


def searched(rows: QuerySet[M], search: str, *fields: str) -> QuerySet[M]:
    """Rows in which every word of `search` stands in one of the fields, in any case of letters."""
    for word in search.replace("\x00", " ").split()[:_MOST_WORDS]:
        rows = rows.filter(reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields)))
    return rows


def sorted_by(rows: QuerySet[M], sort: str, orders: Mapping[str, tuple[str, ...]]) -> QuerySet[M]:
    """Rows in one of the named orders; `-name` turns it round. The id makes it total.

    Raises Invalid at `sort` for any other name. An empty name keeps the rows' own order.
    """
    if not sort:
        return rows
    fields = orders.get(sort.removeprefix("-"))
    if fields is None:
        names = ", ".join(orders)
        raise Invalid.at("sort", f"Sort by one of: {names} (with - in front: reversed).")
    if sort.startswith("-"):
        return rows.order_by(*(_reversed(field) for field in fields), "-id")
    return rows.order_by(*fields, "id")


def _reversed(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"
