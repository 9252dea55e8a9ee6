"""Amounts as people say and read them, and as they are kept: whole smallest units of a currency."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from babel.numbers import format_currency, is_currency

from warmhand.problems import Invalid

from .rewards import minor_digits

_LETTERS_BEFORE: Final = re.compile(r"(?<=[A-Z])(?=\d)")
"""Where letters stand for a currency its amount begins: CHF 12.50."""


def minor_units(amount: Decimal, currency: str) -> int:
    """An amount in the currency's smallest units: 12.50 EUR is 1250, 12 JPY is 12.

    Raises Invalid at `amount` where the currency has no unit so small, such as half a yen.
    """
    units = amount.scaleb(minor_digits(currency))
    if units != units.to_integral_value():
        raise Invalid.at("amount", "This currency has no unit as small as that.")
    return int(units)


def amount_said(value: int, currency: str) -> str:
    """Smallest units of a currency as people write them: 1250 EUR is €12.50, 12 JPY is ¥12."""
    units = Decimal(value).scaleb(-minor_digits(currency))
    said = format_currency(units, currency, locale="en")
    return _LETTERS_BEFORE.sub("\u00a0", said)


def known_currency(currency: str) -> bool:
    """Whether these three letters are a currency (ISO 4217)."""
    return bool(is_currency(currency))
