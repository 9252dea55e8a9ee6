"""The kinds of values that come in: strict, so that a mistake is told and not guessed around."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from ninja import Path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic import StringConstraints as Limits

from warmhand.api.body import LARGEST

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
_DIGITS = re.compile(r"[0-9]{1,19}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class In(BaseModel):
    """A body: no unknown fields, no other type taken for the right one."""

    model_config = ConfigDict(strict=True, extra="forbid")

    def sent(self) -> Any:
        """What was sent, by name; what was left out keeps the service's own default."""
        return self.model_dump(exclude_unset=True)


class Out(BaseModel):
    """A part of an answer, read off the object it describes."""

    model_config = ConfigDict(from_attributes=True)


def left_out() -> Any:
    """A field that may be left out of a change: then it stays as it is."""
    return Field(default_factory=lambda: None)


def _whole(value: Any) -> Any:
    """Text of an address as a whole number; nothing but digits is one."""
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    if isinstance(value, str):
        raise ValueError("A whole number, in digits")
    return value


def _truth(value: Any) -> Any:
    if value not in ("true", "false", True, False):
        raise ValueError("true or false")
    return value


def _listed(value: Any) -> Any:
    """Related records, as Django hands them over."""
    return list(value.all()) if hasattr(value, "all") else value


def _day(value: Any) -> Any:
    if isinstance(value, str):
        if not _DAY.fullmatch(value):
            raise ValueError("A day, as YYYY-MM-DD")
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"There is no {value} in the calendar") from None
    if value is not None and not isinstance(value, dt.date):
        raise ValueError("A day, as YYYY-MM-DD")
    return value


def _moment(value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            raise ValueError("A moment, as 2026-12-03T10:00:00+01:00") from None
    if value is not None and (not isinstance(value, dt.datetime) or value.tzinfo is None):
        raise ValueError("A moment with its zone, as 2026-12-03T10:00:00+01:00")
    if value is not None and not EARLIEST.year < value.year < LATEST.year:
        raise ValueError(f"A moment from {EARLIEST.year + 1} to {LATEST.year - 1}")
    return value


def _in_reach(value: dt.date) -> dt.date:
    if not EARLIEST <= value <= LATEST:
        raise ValueError(f"A day from {EARLIEST} to {LATEST}")
    return value


def _amount(value: Any) -> Any:
    """Money comes as text or a number; a truth isn't one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise ValueError('An amount, such as "120.50"')
    return Decimal(str(value)) if isinstance(value, int | float) else value


Id = Annotated[int, Field(ge=1, le=LARGEST)]
"""The number of a record, in a body."""

PathId = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=LARGEST), Path()]
"""The number of a record, in an address."""

T = TypeVar("T")
Many = Annotated[list[T], BeforeValidator(_listed)]
"""Related records in an answer."""

Truth = Annotated[bool, BeforeValidator(_truth)]
"""A yes or no, in an address."""

Whole = Annotated[int, BeforeValidator(_whole)]
Day = Annotated[dt.date, BeforeValidator(_day), AfterValidator(_in_reach)]
Moment = Annotated[dt.datetime, BeforeValidator(_moment)]
"""A day and a time with its zone."""
Score = Annotated[int, Field(ge=0, le=10, description="0 (worst) to 10 (best).")]
Amount = Annotated[
    Decimal, BeforeValidator(_amount), Field(strict=False, max_digits=14, decimal_places=2)
]
Line = Annotated[str, Limits(strip_whitespace=True, max_length=200)]
"""One line of text."""
Title = Annotated[str, Limits(strip_whitespace=True, min_length=1, max_length=300)]
Name = Annotated[str, Limits(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, Limits(strip_whitespace=True, max_length=10_000)]
"""Some paragraphs."""
Search = Annotated[str, Field(max_length=200)]


class MemberRef(Out):
    """A colleague."""

    id: int
    name: str


class CompanyRef(Out):
    """A company."""

    id: int
    name: str


class ClientRef(Out):
    """A client."""

    id: int
    name: str = Field(validation_alias="title")
