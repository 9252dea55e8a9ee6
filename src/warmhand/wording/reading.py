"""What each sentence of a text does: by rules, and by heads over its words and its direction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from . import rules
from .heads import NAMES, Encoder, scores
from .sentences import Piece, clauses, sentences

MASK: Final = "¤"
"""Stands, letter for letter, for words of the client's own records: they are nobody's breach."""
FROM: Final[Mapping[str, float]] = {
    "reconfirm": 0.8,
    "help": 0.6,
    "intro": 0.0,
    "rec": 0.4,
    "recommend": 0.0,
    "pressure": 0.5,
    "reward": 0.3,
    "disclose": 0.0,
    "facts": 0.2,
}
"""The number of a head from which we believe it; set on the asks for building."""
SURE, NEVER = 9.0, -9.0
AGAINST: Final = (rules.NEVER, rules.NOT_HERE)


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence, and how much it does of each thing; from 0 up we say that it does."""

    piece: Piece
    by: Mapping[str, float]

    def does(self, name: str) -> bool:
        """Whether the sentence does it."""
        return self.by[name] > 0


def masked(text: str, ours: Sequence[str]) -> str:
    """The text with words from the client's own records blotted out; of the same length."""
    for each in sorted(ours, key=len, reverse=True):
        text = re.sub(
            rf"(?<!\w){re.escape(each)}(?!\w)", lambda m: MASK * len(m.group()), text, flags=re.I
        )
    return text


def read(text: str, encoder: Encoder | None) -> list[Read]:
    """Each sentence of a text, with what it does."""
    whole = sentences(text)
    parts = [[each, *clauses(each)] for each in whole]
    flat = [_plain(part.text) for own in parts for part in own]
    numbers = iter(_scores(flat, encoder))
    found = []
    for piece, own in zip(whole, parts, strict=True):
        by = [_judged(part, next(numbers)) for part in own]
        best = {name: max(each[name] for each in by) for name in NAMES}
        found.append(Read(piece, _ruled(piece, best)))
    return found


def _plain(text: str) -> str:
    return re.sub(f"{MASK}+", "it", text)


def _scores(texts: Sequence[str], encoder: Encoder | None) -> Sequence[Mapping[str, float]]:
    return [{n: s - FROM[n] for n, s in each.items()} for each in scores(texts, encoder)]


def _judged(part: Piece, by: Mapping[str, float]) -> dict[str, float]:
    """A part's numbers, those that its words rule out put down."""
    return {
        name: NEVER if any(_says(each, name, part) for each in AGAINST) else number
        for name, number in by.items()
    }


def _says(table: Mapping[str, re.Pattern[str]], name: str, part: Piece) -> bool:
    return name in table and bool(table[name].search(part.text))


def _ruled(piece: Piece, best: dict[str, float]) -> dict[str, float]:
    """What the words of the whole sentence rule out or make sure of has the last word."""
    for name in NAMES:
        never, surely = rules.NEVER.get(name), rules.SURELY.get(name)
        if never and never.search(piece.text):
            best[name] = NEVER
        elif surely and surely.search(piece.text):
            best[name] = SURE
    return best
