"""How figures of a ledger are written."""

from __future__ import annotations

from typing import Final

from django import template

from warmhand.apps.alliances.worth import worth_said
from warmhand.matching.figures import grouped

register = template.Library()
register.filter(grouped)
_TREND: Final = {
    "closing": "closing",
    "steady": "steady",
    "widening": "widening",
    "not_known": "no year before to compare",
}


@register.filter
def signed(number: int) -> str:
    """With its sign: +3, −2, 0."""
    return f"+{number}" if number > 0 else str(number).replace("-", "−")


@register.filter
def money(value: int, unit: str) -> str:
    """An amount in the smallest unit of its currency, or points, as people write them."""
    return worth_said(value, unit)


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours and minutes."""
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes >= 60 else f"{minutes} min"


@register.filter
def trend_words(trend: str) -> str:
    """A trend in words."""
    return _TREND[str(trend)]
