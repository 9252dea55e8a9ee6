"""When a public form was rendered, signed: what comes back too quickly wasn't sent by a person.

Mail scanners open links, run scripts and send forms (safety.md, control 3).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core import signing

from warmhand.problems import Conflict, Problem

from . import clock

QUICKEST = dt.timedelta(seconds=3)
LONGEST = dt.timedelta(hours=24)
_SALT = "warmhand.public_form"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which page was shown, in which state, and when."""

    page: str
    edition: int
    at: dt.datetime


def stamp(page: str, edition: int = 0) -> str:
    """The signed moment of rendering, to be put into the form. `page` names what was shown."""
    return signing.dumps([page, edition, clock.now().timestamp()], salt=_SALT)


def read_stamp(text: str, page: str) -> Stamp:
    """The stamp that came back with a form of this page.

    Problems: `form_not_ours` (409) for none, a forged one and one of another page; `form_too_old`;
    `form_too_quick` under three seconds.
    """
    try:
        named, edition, at = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        named, edition, at = "", 0, 0.0
    if named != page:
        raise Conflict("form_not_ours", "This form didn't come from this page.", lift="Send again.")
    found = Stamp(page, edition, dt.datetime.fromtimestamp(at, dt.UTC))
    age = clock.now() - found.at
    if age > LONGEST:
        raise Conflict("form_too_old", "This page was open for a long time.", lift="Send again.")
    if age < QUICKEST:
        raise Problem(
            "form_too_quick",
            "That was quicker than anybody reads.",
            lift="Look at your answers and send them once more.",
        )
    return found
