"""Names from a key ring, held up as a question, and why; in the client's language (P1, P13).

Who is offered, and whether at all, is decided in `warmhand.matching`; here is only how it is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from .catalogue import Catalogue, catalogue


class Reason(Protocol):
    """One thing that speaks for a name: a code, and the value that goes with it."""

    @property
    def why(self) -> str:
        """close, relation, trade, words, recent or long."""

    @property
    def value(self) -> str:
        """A word, a number, a noted relation."""


class Name(Protocol):
    """Somebody to hold up to a client."""

    @property
    def name(self) -> str:
        """As the client calls them."""

    @property
    def company(self) -> str:
        """Where they work, if that is known."""

    @property
    def position(self) -> str:
        """What they do there, if that is known."""

    @property
    def inside(self) -> bool:
        """Whether that is the client's own company."""

    @property
    def grounds(self) -> Sequence[Reason]:
        """What speaks for them, the strongest first."""


def question(offered: Sequence[Name], language: str = "en") -> str:
    """The names as one question of ours, with a way out; empty for no name. At most two are said.

    We ask whom we might *help* (P13); the client, who knows them, decides whether it fits.
    """
    texts = catalogue(language)
    people = [_who(each, texts) for each in offered[:2]]
    if not people:
        return ""
    if len(people) == 1:
        return texts.say(
            "Might {person} be somebody whom we could help in the same way? "
            "You know best whether it fits, and nobody hears of it from us.",
            person=people[0],
        )
    return texts.say(
        "Might {first} or {second} be somebody whom we could help in the same way? "
        "You know best whether it fits, and neither hears of it from us.",
        first=people[0],
        second=people[1],
    )


def _who(name: Name, texts: Catalogue) -> str:
    """A colleague by what they do, anybody else by where they work."""
    if name.inside and name.position:
        return texts.say("{person} ({position})", person=name.name, position=name.position)
    if not name.inside and name.company:
        return texts.say("{person} at {company}", person=name.name, company=name.company)
    return name.name


def because(name: Name, language: str = "en") -> str:
    """Why this name, in one sentence for us."""
    texts = catalogue(language)
    parts = [part for each in name.grounds if (part := _ground(each, texts))]
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _ground(ground: Reason, texts: Catalogue) -> str:
    value = ground.value
    if ground.why == "close":
        if value == "5":
            return texts.say("they know each other very well")
        return texts.say("they know each other well")
    if ground.why == "relation":
        return texts.say("how they know each other: {relation}", relation=value)
    if ground.why == "trade":
        return texts.say("their company is in the same trade ({trade})", trade=value)
    if ground.why == "words":
        return texts.say("their work has this in common with what we did: {words}", words=value)
    if ground.why == "recent":
        return texts.say("we were told within the last year")
    return texts.say("they have been connected for {years} years", years=value)


def nobody(without: Mapping[str, int]) -> str:
    """Why there is no name to hold up, in words for us: the first thing that can be changed."""
    texts = {
        "not_earned": "No name is held up before the ask is earned.",
        "no_names": "More business is a matter between them and us: no third name comes into it.",
        "empty": "Nobody is on their key ring yet.",
    }
    for code, text in texts.items():
        if code in without:
            return text
    parts = [f"{count} {_LEFT_OUT[code]}" for code, count in without.items() if code in _LEFT_OUT]
    return f"No name on their key ring fits: {', '.join(parts)}."


_LEFT_OUT = {
    "other_side": "on the other side of their company's door",
    "our_client": "our client already",
    "referred": "referred to us already",
    "named": "named in an ask within the period",
    "declined": "wanting no contact",
    "nothing_fits": "of whom we know neither closeness nor anything in common with what we did",
}
