"""A text as a direction by its spelling alone: beginnings of words and pieces of four letters.

It stands beside the encoder, and in its place where there is none: what is spelled alike lies
close, what means the same in other words does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Final
from zlib import crc32

from .finding import tokens

if TYPE_CHECKING:
    from .seen import Directions

Features = tuple[tuple[int, ...], tuple[float, ...]]

WIDTH: Final = 4096
"""Numbers per direction; words that fall on one number are rare enough not to matter."""
STEM: Final = 5
"""Words with so many first letters in common count as one: account, accounting, accountant."""
PIECE: Final = 4
PIECES: Final = 0.25
"""What a piece of a word counts beside the word's beginning."""
COMMON: Final = 0.3
"""What a word that stands in many titles and sentences counts."""
_COMMON: Final = frozenset(
    """
    about after again agency all am and any are around as at be because been before being but by can
    center centre company contractor could day days did do does doing don down dealer even every
    few find for from get gets give go goes going good got had has have having he her here him his
    how i if in into is isn it its just know last let like long look make many me more most much
    must need needs new next nobody not now of off old on one only or other our out over people
    put s school service services she shop should so some somebody something specialist still store
    such supplier t take tell than that the their them then there they thing things think this time
    to today tomorrow too until up us ve very want wants was way we week went were what when where
    which who why will with without work would year years yet you your
    """.split()  # noqa: SIM905 - a list of words reads best as words
)


class Spelled:
    """Directions of texts by their spelling. Threads may share it."""

    def encode(self, texts: Sequence[str], /) -> Directions:
        """One direction of length 1 (or 0 for an empty text) per text."""
        import numpy as np

        rows = np.zeros((len(texts), WIDTH), np.float32)
        for row, text in zip(rows, texts, strict=True):
            places, numbers = self.features(text)
            row[list(places)] = numbers
        return rows

    def features(self, text: str) -> Features:
        """Which numbers of its direction aren't 0, and what they are."""
        found: dict[int, float] = {}
        for word in dict.fromkeys(tokens(text)):
            for place, counts in _of_word(word):
                found[place] = found.get(place, 0.0) + counts
        length = sqrt(sum(each * each for each in found.values())) or 1.0
        return tuple(found), tuple(each / length for each in found.values())


@cache
def spelled() -> Spelled:
    """The one of this process, so that what is made by it once is found again."""
    return Spelled()


@lru_cache(maxsize=16_384)
def _of_word(word: str) -> tuple[tuple[int, float], ...]:
    """Which numbers a word raises, and by how much: its beginning, and its pieces."""
    counts = COMMON if word in _COMMON or len(word) < PIECE else 1.0
    pieces = [word[at : at + PIECE] for at in range(1, len(word) - PIECE + 1)]
    said = [(word[:STEM].rstrip("s") or word, counts)]
    said += [(f"~{piece}", PIECES * counts / sqrt(len(pieces))) for piece in pieces]
    return tuple((crc32(each.encode()) % WIDTH, by) for each, by in said)
