"""How what is said of a provider is kept: one spelling of codes, days that can be right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from warmhand.apps.accounts import days
from warmhand.apps.directory.queries import spoken
from warmhand.apps.people.queries import client_by_id
from warmhand.problems import Invalid

_SPLIT = re.compile(r"[,;|/&\n]+|\band\b", re.IGNORECASE)
MOST_LANGUAGES = 30


def tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a provider as they are kept; raises Invalid at the field that can't be."""
    found = {name: _tidied(name, value) for name, value in values.items()}
    days.perhaps_happened("hears_from_us_since", found.get("hears_from_us_since"))
    for name in ("away_from", "away_until", "licence_until"):
        days.perhaps_planned(name, found.get(name))
    if found.get("client_id") is not None:
        client_by_id(found["client_id"])
    return found


def _tidied(name: str, value: Any) -> Any:
    if name == "languages":
        return language_codes(value)
    if name == "country":
        return country_code(value)
    if name == "postcode":
        return " ".join(str(value).upper().split())
    return " ".join(value.split()) if name in ("name", "city") and value else value


def country_code(value: str) -> str:
    """Two capital letters of a country, given so or by its English name; Invalid at `country`."""
    code = spoken.country_code(value)
    if value.strip() and not code:
        sentence = f"'{value.strip()[:30]}' is no country we know: write Germany, or DE."
        raise Invalid.at("country", sentence)
    return code


def language_codes(value: Any) -> list[str]:
    """Codes such as `["de", "en"]`, out of a list or a text; Invalid at `languages`.

    A text holds codes or English names, with commas or blanks between: "German, Haitian Creole".
    """
    parts = _SPLIT.split(value) if isinstance(value, str) else [str(each) for each in value or ()]
    found = list(dict.fromkeys(code for part in parts for code in _languages(part)))
    if len(found) > MOST_LANGUAGES:
        raise Invalid.at("languages", f"Name at most {MOST_LANGUAGES} languages.")
    return found


def _languages(part: str) -> list[str]:
    whole = spoken.language_code(part)
    return [whole] if whole else [_language(word) for word in part.split()]


def _language(word: str) -> str:
    if code := spoken.language_code(word):
        return code
    sentence = f"'{word[:20]}' is no language we know: write German, or de."
    raise Invalid.at("languages", sentence)
