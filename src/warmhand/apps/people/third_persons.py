"""Contact data in a text: what we don't keep of somebody who hasn't come to us themself.

The law of several places, and the person's own peace, want it so: whoever is on a key ring is
kept by name and work alone, until they act (P24).
"""

from __future__ import annotations

import re
from typing import Final

from warmhand.problems import Invalid

REACHES: Final = re.compile(
    r"\S+@\S+\.\S+"
    r"|\b[a-z][a-z0-9+.-]*://\S+"
    r"|\bwww\.\S+"
    r"|\b(?:[\w-]+\.)*(?:linkedin|xing|facebook|instagram|twitter)\.(?:com|de)(?:/\S*)?"
    r"|(?<![\w+])(?:\+|00?)\(?[1-9](?:[\s()/.-]{0,2}\d){5,}"  # +49 30…, 0049…, 030…
    r"|(?<!\w)\(?\d{3}\)?[\s.-]?\d{3}[\s.-]\d{4}(?!\w)",  # (212) 555-0100
    re.IGNORECASE,
)


def without_contact_data(text: str) -> str:
    """The text without addresses, profiles and numbers to dial."""
    return " ".join(REACHES.sub(" ", text).split())


def has_contact_data(text: str) -> bool:
    """Whether somebody could be reached by this text."""
    return REACHES.search(text) is not None


def refuse_contact_data(fields: dict[str, object]) -> None:
    """Raise Invalid at the first text by which a third person could be reached."""
    for name, value in fields.items():
        if isinstance(value, str) and has_contact_data(value):
            raise Invalid.at(
                name,
                "Leave out addresses, profiles and phone numbers: of a third person we keep none "
                "until they come to us themselves.",
                code="third_person_contact",
            )
