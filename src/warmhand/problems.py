"""The one shape of every refusal and error, for pages, the API and the command line.

A 'no' explains itself: a stable code, a sentence for a person, what lifts it, and until when.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input a problem stands: a field, and the row of a file (1 = first line)."""

    field: str
    sentence: str
    row: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """The place as the JSON of the error shape."""
        return {"field": self.field, "sentence": self.sentence, "row": self.row}


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why something wasn't done that nobody is stopped from doing: a code, why, what lifts it."""

    code: str
    sentence: str
    lift: str

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"code": self.code, "sentence": self.sentence, "lift": self.lift}


class Problem(Exception):
    """Something that can't be done, said so that the person knows what to do next.

    `status` is the HTTP status the surfaces answer with; the command line derives its exit code.
    """

    status = 422

    def __init__(
        self,
        code: str,
        sentence: str,
        *,
        lift: str = "",
        until: dt.date | None = None,
        places: tuple[Place, ...] = (),
        status: int | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.lift = lift
        self.until = until
        self.places = places
        self.details = details or {}
        if status is not None:
            self.status = status

    def as_dict(self) -> dict[str, Any]:
        """The error shape: `{"error": {code, sentence, lift, until, places, details}}`."""
        return {
            "error": {
                "code": self.code,
                "sentence": self.sentence,
                "lift": self.lift,
                "until": self.until.isoformat() if self.until else None,
                "places": [place.as_dict() for place in self.places],
                "details": self.details,
            }
        }


class NotFound(Problem):
    """Absent, or in another workspace: both look alike (safety.md, control 8)."""

    status = 404

    def __init__(self, what: str, sentence: str = "") -> None:
        super().__init__(
            f"unknown_{what}",
            sentence or f"There is no such {what.replace('_', ' ')} in this workspace.",
            lift="Check the link or the number, or search for it.",
        )


class Forbidden(Problem):
    """The member's role lacks the ability."""

    status = 403

    def __init__(self, doing: str, roles: str) -> None:
        super().__init__(
            "not_your_role",
            f"Your role doesn't let you {doing}.",
            lift=f"Ask somebody with one of these roles: {roles}.",
        )


class Conflict(Problem):
    """Somebody else was first, or the record has changed since."""

    status = 409


class Invalid(Problem):
    """Input that can't be taken as it is; `places` say where."""

    status = 422

    @classmethod
    def at(cls, field: str, sentence: str, *, code: str = "invalid_input") -> Invalid:
        """A problem with one field."""
        return cls(
            code,
            sentence,
            lift="Correct the field and send it again.",
            places=(Place(field, sentence),),
        )
