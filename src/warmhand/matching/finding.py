"""Categories found by what somebody types: beginnings of words, typing errors, other words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

from .alike import folded

if TYPE_CHECKING:
    from .schemes import Category, Scheme

SHORTEST_GUESS: Final = 4
"""Shorter words are taken as they are typed."""
LONG_WORD: Final = 8
"""From so many letters on two typing errors are forgiven, else one (swapped letters are one)."""
OTHER_WORDS: Final = 0.9
"""A hit in a category's other words counts so much of a hit in its title."""
ENOUGH: Final = 0.5
"""So much of what was typed has to be found."""
PLAIN: Final = 0.15
SHORT: Final = 0.1
_SMALL: Final = frozenset("a an and except for in into my of on or other our the to with".split())  # noqa: SIM905
_TOKEN: Final = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """The words of a text, folded, without small words."""
    found = _TOKEN.findall(folded(text))
    return [each for each in found if each not in _SMALL] or found


@dataclass(frozen=True)
class Index:
    """Which word stands in which category, and how much it counts there."""

    categories: Mapping[str, Category]
    postings: Mapping[str, Mapping[str, float]]
    lengths: Mapping[str, int]

    @classmethod
    def of(cls, scheme: Scheme) -> Index:
        """The index of a scheme."""
        postings: dict[str, dict[str, float]] = defaultdict(dict)
        lengths = {}
        doubled = {up for each in scheme for up in each.parents if _same_title(scheme, up, each)}
        for each in scheme:
            if each.code in doubled:
                continue
            title = tokens(each.title)
            lengths[each.code] = len(title)
            for words in each.words:
                for token in tokens(words):
                    postings[token][each.code] = OTHER_WORDS
            for token in (*title, folded(each.code)):
                postings[token][each.code] = 1.0
        return cls(scheme.by_code, dict(postings), lengths)

    def find(self, text: str, n: int) -> list[str]:
        """The codes that fit best, at most `n`; a total order."""
        typed = tokens(text)
        if not typed or n < 1:
            return []
        scores: dict[str, float] = defaultdict(float)
        for token in typed:
            for code, score in self._hits(token).items():
                scores[code] += score / len(typed)
        found = [code for code, score in scores.items() if score >= ENOUGH]
        return sorted(found, key=lambda code: (-self._points(code, scores[code]), code))[:n]

    def _points(self, code: str, score: float) -> float:
        plain = PLAIN if self.categories[code].plain else 0.0
        return score + plain + SHORT / (1 + self.lengths[code])

    def _hits(self, typed: str) -> dict[str, float]:
        """Where a typed word is found, and how well (0 to 1)."""
        best: dict[str, float] = {}
        for word, where in self.postings.items():
            like = _like(typed, word)
            if like:
                for code, counts in where.items():
                    best[code] = max(best.get(code, 0.0), like * counts)
        return best


def _same_title(scheme: Scheme, wider: str, each: Category) -> bool:
    """NAICS repeats many titles a digit further down: the narrowest stands for all of them."""
    return scheme.title(wider) == each.title


def _like(typed: str, word: str) -> float:
    """How well a typed word stands for another (0 to 1): the same, its beginning, mistyped."""
    if typed == word:
        return 1.0
    if word.startswith(typed):
        return 0.8 + 0.15 * len(typed) / len(word)
    if len(typed) < SHORTEST_GUESS or typed.isdigit():
        return 0.0
    slips = 1 if len(typed) < LONG_WORD else 2
    if OSA.distance(typed, word, score_cutoff=slips) <= slips:
        return 0.75
    if len(typed) > SHORTEST_GUESS:
        starts = (word[: len(typed)], word[: len(typed) + 1])
        return 0.65 if any(OSA.distance(typed, each) <= 1 for each in starts) else 0.0
    return 0.0
