"""Addresses and numbers in their one normal form; Invalid at `value` says what is wrong."""

from __future__ import annotations

from functools import cache

import phonenumbers
from babel import Locale
from email_validator import EmailNotValidError, validate_email

from warmhand.problems import Invalid

from .models import ContactPoint


def normal(kind: str, value: str, country: str = "") -> str:
    """The normal form of a contact point of this kind (`email` or `phone`)."""
    if kind == ContactPoint.Kind.EMAIL:
        return normal_email(value)
    if kind == ContactPoint.Kind.PHONE:
        return normal_phone(value, country)
    raise Invalid.at("kind", f"Choose one of: {', '.join(ContactPoint.Kind.values)}.")


def normal_email(text: str) -> str:
    """The address in small letters; nothing is looked up in the network."""
    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError as wrong:
        raise Invalid.at("value", f"This isn't an e-mail address: {wrong}") from None
    return found.normalized.lower()


def normal_phone(text: str, country: str = "") -> str:
    """The number as E.164 (+4930…); `country` (code or English name) reads a national one."""
    try:
        number = phonenumbers.parse(text.strip(), region(country))
    except phonenumbers.NumberParseException:
        raise Invalid.at(
            "value", "Give the number with its country's code, such as +49 30 901820."
        ) from None
    if not phonenumbers.is_possible_number(number):
        raise Invalid.at("value", "This number is too long or too short for its country.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def region(country: str) -> str | None:
    """The two letters of a country given by code or by its English name; None when unknown."""
    word = country.strip()
    if len(word) == 2 and word.isalpha():
        return word.upper()
    return _regions().get(word.casefold())


@cache
def _regions() -> dict[str, str]:
    known = Locale("en").territories.items()
    named = {str(name).casefold(): code for code, name in known if len(code) == 2}
    return named | {"usa": "US", "uk": "GB"}
