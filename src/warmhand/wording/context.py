"""What is known around a text that is checked: from the records, or from whoever sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final, TypeVar

from warmhand.problems import Invalid, Place

from .choices import Channel, Formality, Kind, Moment

MOST: Final = 1000
"""So many names or facts of others are looked for."""
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Context:
    """All of it may be left out.

    `kind` says that the text is meant as an ask of that kind. `case`, `agreed`, `delivered` and
    `liked` are what there is to show. `other_clients` and `facts` may not be said (P24). `reward`
    says that something is given for it, `disclosure` what must then stand in the text.
    """

    kind: Kind | None = None
    moment: Moment = Moment.OTHER
    channel: Channel = Channel.SPOKEN
    formality: Formality = Formality.NEUTRAL
    client: str = ""
    company: str = ""
    case: str = ""
    agreed: str = ""
    delivered: str = ""
    liked: str = ""
    other_clients: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    reward: bool = False
    disclosure: str = ""

    @property
    def ours(self) -> tuple[str, ...]:
        """The words that come from this client's own records."""
        return tuple(filter(None, (self.client, self.company, self.case, self.agreed, self.liked)))


_CHOICES: Final[Mapping[str, type[StrEnum]]] = {
    "kind": Kind,
    "moment": Moment,
    "channel": Channel,
    "formality": Formality,
}
KEYS: Final = tuple(field.name for field in fields(Context))


def context_from(given: Mapping[str, Any]) -> Context:
    """A context from JSON. Raises Invalid, naming every key that is unknown or wrong."""
    places, found = [], {}
    for key, value in given.items():
        try:
            found[key] = _value(key, value)
        except ValueError as wrong:
            places.append(Place(f"context.{key}", str(wrong)))
    if places:
        raise Invalid(
            "invalid_input",
            "Some of the context can't be taken as it is.",
            lift="Correct the places named and send it again.",
            places=tuple(places),
        )
    return Context(**found)


def _value(key: str, value: Any) -> Any:
    if key not in KEYS:
        raise ValueError(f"There is no such key. Known are: {', '.join(KEYS)}.")
    if key in _CHOICES:
        return _choice(_CHOICES[key], value)
    if key in ("other_clients", "facts"):
        return _texts(value)
    kind: type = bool if key == "reward" else str
    if not isinstance(value, kind):
        raise ValueError("true or false." if kind is bool else "A text.")
    return value


def _choice(choices: type[Choice], value: Any) -> Choice:
    if value not in [each.value for each in choices]:
        raise ValueError(f"One of: {', '.join(choices)}.")
    return choices(value)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError("A list of texts.")
    if len(value) > MOST:
        raise ValueError(f"At most {MOST}.")
    return tuple(each for each in value if each.strip())
