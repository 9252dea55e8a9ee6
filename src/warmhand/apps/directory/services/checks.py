"""How what is said of a provider is kept: one spelling of codes, days that can be right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from warmhand.apps.accounts import days
from warmhand.apps.directory.queries.places import is_country
from warmhand.apps.directory.queries.spoken import parsed_language
from warmhand.apps.people.queries import client_by_id
from warmhand.problems import Invalid

_SPLIT = re.compile(r"[,;|/\s]+")
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
    """Two capital letters of a country that there is, or nothing; Invalid at `country`."""
    code = value.strip().upper()
    if code and not is_country(code):
        raise Invalid.at("country", "Name the country by its two letters, such as DE or GB.")
    return code


def language_codes(value: Any) -> list[str]:
    """Codes such as `["de", "en"]`, out of a list or a text with commas; Invalid at `languages`."""
    parts = _SPLIT.split(value) if isinstance(value, str) else [str(each) for each in value or ()]
    found = list(dict.fromkeys(_language(part) for part in parts if part.strip()))
    if len(found) > MOST_LANGUAGES:
        raise Invalid.at("languages", f"Name at most {MOST_LANGUAGES} languages.")
    return found


def _language(part: str) -> str:
    if code := parsed_language(part):
        return code
    sentence = f"'{part.strip()[:20]}' is no code of a language: write en, de, fr and the like."
    raise Invalid.at("languages", sentence)
