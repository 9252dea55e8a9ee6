"""Checks of values that clients and companies share."""

from __future__ import annotations

from babel.core import Locale, UnknownLocaleError

from warmhand.apps.accounts import services as accounts
from warmhand.problems import Invalid


def check_timezone(name: str) -> None:
    """A known time zone, or none."""
    if name:
        accounts.check_timezone(name)


def check_language(code: str) -> None:
    """A known language such as de or pt-BR, or none."""
    try:
        if code:
            Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        raise Invalid.at("language", f"'{code}' isn't a language, such as de or pt-BR.") from None
