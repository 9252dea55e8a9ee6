"""Languages, countries and places by name on a page: records hold their codes."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from warmhand.matching import named

register = template.Library()


@register.filter
def languages_named(codes: Iterable[str]) -> str:
    """Languages by their names: "German, Polish"."""
    return ", ".join(named.language_name(code) for code in codes)


@register.filter
def place_named(code: str) -> str:
    """A country, or a state of one, by its name."""
    return named.place_name(code)


@register.filter
def places_named(codes: Iterable[str]) -> str:
    """Countries by their names."""
    return ", ".join(named.place_name(code) for code in codes)
