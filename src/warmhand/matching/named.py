"""Languages, countries and places as people call them; files and records hold their codes."""

from __future__ import annotations

from functools import cache

from babel import Locale


@cache
def _locale(language: str) -> Locale:
    return Locale(language)


def language_name(code: str, language: str = "en") -> str:
    """What a language is called, in English or in `language`; its code where it has no name."""
    return str(_locale(language).languages.get(code, code))


def country_name(code: str, language: str = "en") -> str:
    """What a country is called (ISO 3166, two letters); its code where it has no name."""
    return str(_locale(language).territories.get(code.strip().upper(), code))


def place_name(code: str) -> str:
    """A country, or a state of one such as `US-NY`, in words: "Germany", "United States (NY)"."""
    country, _, state = code.partition("-")
    return f"{country_name(country)} ({state})" if state else country_name(country)


def together(names: list[str]) -> str:
    """Names in one sentence: "German", "German and Polish", "Danish, German and Polish"."""
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last
