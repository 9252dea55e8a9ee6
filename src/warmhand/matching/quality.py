"""How good a referral given is: 0 to 100 from its parts, and what would raise it (P32).

Pure. The practice names the parts: why one can be confident, the contact given directly, the two
connected, and best of all the person's yes to a call by the provider, who sets it up.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a good referral: its share of the 100, what it is, and how to add it."""

    code: str
    weight: int
    name: str
    lift: str
    done: str = ""
    """How a member says that it was done; '' where the words themselves show it."""


PARTS: Final = (
    Part(
        "why_confident",
        25,
        "Why they can be confident",
        "Say why they can be confident: what this provider did, and for whom you know it.",
    ),
    Part(
        "consent",
        20,
        "Their yes",
        "Ask them first: with their yes the provider may learn of them.",
        "They said yes: the provider may learn of them",
    ),
    Part(
        "direct_contact",
        15,
        "Contact given directly",
        "Give a name and a number or an address, not just a firm.",
        "They have a name and a number or an address",
    ),
    Part(
        "expected_call",
        15,
        "The provider calls",
        "Get their permission for the provider to call and set it up: then nobody has to begin.",
        "They agreed that the provider calls and sets it up",
    ),
    Part(
        "connected",
        10,
        "Both connected",
        "Connect the two: each gets the other's details.",
        "We connected the two",
    ),
    Part(
        "need_words",
        10,
        "The need in their words",
        "Put the need in their own words: four words at least.",
    ),
    Part(
        "context",
        5,
        "Context",
        "Add what else helps the provider to help.",
        "The provider knows what else helps them to help",
    ),
)
"""The one declaration: the weights sum to 100."""
DONE: Final = tuple(part for part in PARTS if part.done)
"""The parts that no words show: of a referral given without us in between a member ticks them."""
WORDS_OF_A_NEED: Final = 4
"""Fewer than that is a keyword, not somebody's own words (our choice)."""
LONG_ENOUGH: Final = 15
"""So many letters a reason for confidence has at least: 'good' is none (our choice)."""


@dataclass(frozen=True, slots=True)
class Quality:
    """A referral's score, the parts it has and those it lacks, the weightiest first."""

    score: int
    has: tuple[Part, ...]
    lacks: tuple[Part, ...]

    @property
    def codes(self) -> list[str]:
        """The parts it has, as they are stored."""
        return [part.code for part in self.has]

    @property
    def level(self) -> str:
        """In a word: strong from 80, fair from 50, thin below (our choice)."""
        return "strong" if self.score >= 80 else "fair" if self.score >= 50 else "thin"

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "score": self.score,
            "level": self.level,
            "has": self.codes,
            "would_raise_it": [
                {"part": part.code, "by": part.weight, "how": part.lift} for part in self.lacks
            ],
        }


def quality_of(parts: Collection[str]) -> Quality:
    """The quality of a referral with these parts; unknown codes count for nothing."""
    has = tuple(part for part in PARTS if part.code in parts)
    lacks = tuple(sorted((p for p in PARTS if p.code not in parts), key=lambda part: -part.weight))
    return Quality(sum(part.weight for part in has), has, lacks)


def done_parts(codes: Collection[str]) -> set[str]:
    """Of these codes the parts that are done rather than said; others count for nothing."""
    return {part.code for part in DONE if part.code in codes}


def parts_of_words(*, why_confident: str, need_words: str, context: str = "") -> set[str]:
    """The parts that a text makes: an empty or a single word is none."""
    found = set()
    if len(why_confident.strip()) >= LONG_ENOUGH:
        found.add("why_confident")
    if len(need_words.split()) >= WORDS_OF_A_NEED:
        found.add("need_words")
    if context.strip():
        found.add("context")
    return found
