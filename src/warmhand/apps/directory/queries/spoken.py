"""Languages and countries as files name them: by code, by three letters, by English name."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

from warmhand.apps.directory.models import Provider
from warmhand.matching.named import country_name as country_name
from warmhand.matching.named import language_name as language_name
from warmhand.wording.catalogue import languages

from .places import is_country


@cache
def _by_name() -> dict[str, str]:
    named = Locale("en").languages
    return {str(name).casefold(): str(code) for code, name in reversed(list(named.items()))}


@cache
def _countries() -> dict[str, str]:
    named = Locale("en").territories
    found = {str(name).casefold(): str(code) for code, name in named.items() if len(code) == 2}
    parts = dict.fromkeys(
        ("uk", "great britain", "england", "scotland", "wales", "northern ireland"), "GB"
    )
    american = dict.fromkeys(("usa", "u.s.", "u.s.a.", "united states of america"), "US")
    return found | parts | american | {"holland": "NL", "czech republic": "CZ", "u.k.": "GB"}


def language_code(text: str) -> str:
    """The code of a language named by code or in English; '' where it isn't known."""
    plain = text.strip()
    if code := _by_name().get(plain.casefold()):
        return code if len(code) in (2, 3) else ""
    return parsed_language(plain)


def parsed_language(tag: str) -> str:
    """The language of a tag such as `de`, `pt_BR` or `zh-Hant`; '' where it isn't one."""
    try:
        return str(Locale.parse(tag.strip().replace("_", "-").lower(), sep="-").language)
    except (UnknownLocaleError, ValueError, TypeError):
        return ""


def language_of_provider(provider: Provider | None, ours: str) -> str:
    """The language to write to a provider in: the first of theirs that we have texts in, else ours.

    The one rule for their pages, their mails, and the page on which they stop them.
    """
    known = [parsed_language(str(code)) for code in provider.languages] if provider else []
    return next((code for code in known if code in languages()), ours)


def country_code(text: str) -> str:
    """The two letters of a country named by code or in English; '' where it isn't known."""
    plain = text.strip()
    if is_country(plain.upper()):
        return plain.upper()
    return _countries().get(plain.casefold().removeprefix("the "), "")
