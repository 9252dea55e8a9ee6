"""Paging, the same everywhere: `page` and `per_page` in, items and their number out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, Field

from warmhand.api.fields import Out, Whole

T = TypeVar("T")
PER_PAGE, MOST = 25, 100


class Paging(BaseModel):
    """Which page; filters of a list are added by inheriting."""

    page: Annotated[Whole, Field(ge=1, le=1_000_000, description="The first page is 1.")] = 1
    per_page: Annotated[Whole, Field(ge=1, le=MOST, description="How many items a page has.")] = (
        PER_PAGE
    )


class Page(Out, Generic[T]):
    """A page of a list."""

    items: list[T]
    total: int = Field(description="How many there are on all pages together.")
    page: int
    pages: int


class Countable(Protocol):
    """A query that can be counted and cut."""

    def count(self) -> int:
        """How many there are."""
        ...

    def __getitem__(self, cut: slice, /) -> Iterable[Any]: ...


def paged(found: Countable, paging: Paging) -> dict[str, Any]:
    """The page asked for; beyond the last one it is empty."""
    total = found.count()
    first = (paging.page - 1) * paging.per_page
    return {
        "items": list(found[first : first + paging.per_page]),
        "total": total,
        "page": paging.page,
        "pages": -(-total // paging.per_page),
    }
