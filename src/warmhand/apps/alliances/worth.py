"""What an exchange was worth: an amount of one currency, or points; never two added together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from warmhand.apps.gratitude.amounts import amount_said, known_currency, minor_units
from warmhand.matching.figures import grouped
from warmhand.problems import Invalid

POINTS: Final = "points"
APART: Final = "Each currency stands by itself: amounts in different ones are never added together."
"""Said wherever amounts in more than one unit stand side by side."""


def check_unit(unit: str) -> None:
    """Raise Invalid at `unit` for what is neither a currency (ISO 4217) nor 'points'."""
    if unit != POINTS and not known_currency(unit):
        raise Invalid.at("unit", "Three letters of a currency, such as EUR, or points.")


def unit_of(said: str) -> str:
    """A unit as it is kept: EUR for eur, points as it is."""
    said = said.strip()
    return POINTS if said.lower() == POINTS else said.upper()


def kept_value(amount: Decimal, unit: str) -> int:
    """An amount as it is kept: in the smallest unit of its currency, or whole points.

    Raises Invalid at `unit` or `amount`.
    """
    check_unit(unit)
    if unit != POINTS:
        return minor_units(amount, unit)
    if amount != amount.to_integral_value():
        raise Invalid.at("amount", "Points are whole.")
    return int(amount)


def worth_said(value: int, unit: str) -> str:
    """What was kept, as people write it: €12.50, ¥12, 7 points."""
    if unit == POINTS:
        return f"{grouped(value)} {POINTS}"
    return amount_said(value, unit).replace("-", "−")


def worths_said(value: Mapping[str, int]) -> str:
    """Amounts by unit, one beside the other."""
    return ", ".join(worth_said(each, unit) for unit, each in value.items())


def stand_apart(values: Iterable[Mapping[str, int]]) -> str:
    """The sentence that amounts aren't added together, where they have more than one unit."""
    return APART if len({unit for each in values for unit in each}) > 1 else ""
