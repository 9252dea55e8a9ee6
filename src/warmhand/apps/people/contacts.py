"""Addresses and numbers in their one normal form; Invalid at `value` says what is wrong."""

from __future__ import annotations

from warmhand.problems import Invalid

from .importing.values import country_code, parse_email, parse_phone
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
    found = parse_email(text)
    if found is None:
        raise Invalid.at("value", "This isn't an e-mail address, such as ida@quill.example.")
    return found


def normal_phone(text: str, country: str = "") -> str:
    """The number as E.164 (+4930…); `country` (a code or a name) reads a national one."""
    found = parse_phone(text, country_code(country) if country else None)
    if found is None:
        raise Invalid.at(
            "value", "Give a whole number with its country's code, such as +49 30 901820."
        )
    return found
