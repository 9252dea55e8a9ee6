"""What kind of provider somebody needs, read from what they say (P10, P29).

Each category gets points for how near its title lies to the text, and for how near the text lies
to what people say who need such a provider (the folder `kinds`). Both are read from the whole and
from its clauses. It abstains where the text lies nearer to what people say who need nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from warmhand.language import foreign
from warmhand.problems import WhyNot

from .alike import common_words, words_of
from .concepts import Called, concepts
from .directions import remembering
from .schemes import Category, narrowest, scheme
from .spelled import spelled
from .tables import Dense, table

if TYPE_CHECKING:
    from .seen import Directions, Encodes

MOST: Final = 10
"""So many categories are named."""
AGAIN: Final = 0.03
"""What the title after another of one kind loses: so that several kinds are among the first."""
CONSIDERED: Final = 60
DIGITS: Final = 6
"""Digits of a score that count: what differs in the next only differs by how it was reckoned."""
FULL: Final = 4.0
"""Points of a score of 1."""
SPELLED: Final = 0.2
"""What the spelling of a title counts beside its meaning."""
LEAST_NEED: Final = 0.0
"""A text that lies less than this nearer to needs than to idle talk is taken for idle talk."""
LEAST_SCORE: Final = 0.2
"""Below this (0 to 1) no category is near."""
LEAST_SPELLED: Final = 0.08
FEWEST_WORDS: Final = 3
NO_NEED: Final = WhyNot(
    "no_need",
    "There seems to be no need in it.",
    "Where there is one, choose the category by hand, or say what is needed in one plain sentence.",
)
NOTHING_NEAR: Final = WhyNot(
    "nothing_near",
    "No category is near to what was said.",
    "Choose the category by hand, or say what is needed in other words.",
)
NO_WORDS: Final = WhyNot("no_words", "There is nothing to read.", "Say what is needed.")
_CLAUSE: Final = re.compile(r"(?<=[.!?])\s+|,\s+(?:and|but|so)\s+|;\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """A category for a text: how near (0 to 1; only its order is measured) and why."""

    code: str
    category: str
    score: float
    why: str

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        score = round(self.score, 4)
        return {"category": self.category, "score": score, "why": self.why, "code": self.code}


@dataclass(frozen=True, slots=True)
class Reading:
    """The categories nearest to a text, the best first.

    `why_not`: why it abstains, as where there seems to be no need; None where it doesn't.
    """

    ranking: tuple[Found, ...]
    why_not: WhyNot | None = None

    @property
    def abstains(self) -> bool:
        """Whether the ranking is no answer; the nearest stand there all the same."""
        return self.why_not is not None

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it; `reason` stands only where it abstains."""
        told = {"ranking": [each.as_dict() for each in self.ranking], "abstains": self.abstains}
        return told | ({"reason": self.why_not.as_dict()} if self.why_not else {})


def not_english(language: str) -> WhyNot:
    """Why a text in another language isn't read."""
    return WhyNot(
        "other_language",
        f"This reads as {language}; we read English only so far.",
        "Choose the category by hand.",
    )


def not_read(text: str) -> WhyNot | None:
    """Why no category is read from a text and nothing is told by its meaning; None: it is read."""
    language = foreign(text)
    return not_english(language) if language else None


def rank_categories(
    text: str, categories: Iterable[Category] | None = None, encoder: Encodes | None = None
) -> Reading:
    """The categories that a need told in these words is for, ten at most.

    `categories`: those of the installation when None. Without `encoder` only spelling is compared,
    which finds far less. For many texts make one `Reader`.
    """
    known = _narrowest() if categories is None else tuple(categories)
    return _reader(known, encoder).read([text])[0]


@lru_cache(maxsize=1)
def _narrowest() -> tuple[Category, ...]:
    return tuple(narrowest(scheme()))


@lru_cache(maxsize=4)
def _reader(categories: tuple[Category, ...], encoder: Encodes | None) -> Reader:
    return Reader(categories, encoder)


class Reader:
    """Reads texts for one list of categories. Making it costs what encoding its titles costs."""

    def __init__(
        self,
        categories: Iterable[Category],
        encoder: Encodes | None,
        titles: Directions | None = None,
    ) -> None:
        """`titles`: the directions of the titles, where they were kept from an earlier time."""
        self._categories = tuple(categories)
        self._spelling = spelled()
        meaning = remembering(encoder)
        self._by: Encodes = meaning or self._spelling
        self._counts = 0.0 if meaning is None else SPELLED
        self._full = 2.0 if meaning is None else FULL
        self._least = LEAST_SPELLED if meaning is None else LEAST_SCORE
        names = [each.title for each in self._categories]
        self._titles = table(self._by, names) if titles is None else Dense(titles)
        self._spellings = self._titles if meaning is None else table(self._spelling, names)
        self._concepts = concepts(self._by, leaning=meaning is not None)
        self._alike = self._concepts.alike(self._titles)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading per text, in order."""
        return [self._read(text) for text in texts]

    def nearness(self, text: str) -> Directions:
        """How near each category is to a text (0 to 1), in the order in which they were given.

        Nothing is near to a text that isn't English: what it means isn't read.
        """
        import numpy as np

        if foreign(text):
            return np.zeros(len(self._categories), np.float32)
        return self._scored(text).scores

    def _scored(self, text: str) -> _Scored:
        """The scores of the categories, and what they are made of."""
        rows = self._by.encode(clauses(text))
        by_title = self._titles.near(rows[:1])[0]
        if self._counts:
            spelled_so = self._spelling.encode([text])
            by_title = by_title + self._counts * self._spellings.near(spelled_so)[0]
        called = self._concepts.called_for(text, rows)
        by_kind, kind = self._alike.most(called.kinds)
        scores = ((by_title + by_kind) / self._full).clip(0, 1)
        return _Scored(scores, by_title, by_kind, kind, called)

    def _read(self, text: str) -> Reading:
        if not text.strip() or not self._categories:
            return Reading((), NOTHING_NEAR if text.strip() else NO_WORDS)
        unread = not_read(text)
        if unread:
            return Reading(tuple(self._named(text)), unread)
        it = self._scored(text)
        ranking = tuple(
            Found(self._categories[at].code, self._categories[at].title, score, self._why(it, at))
            for at, score in _spread(it.scores, it.kind)
        )
        if it.called.need < LEAST_NEED:
            return Reading(ranking, NO_NEED)
        return Reading(ranking, NOTHING_NEAR if ranking[0].score < self._least else None)

    def _named(self, text: str) -> list[Found]:
        """Categories that are named in a text, whatever its language, give or take an ending."""
        found = [(named, each) for each in self._categories if (named := _named(each, text))]
        found.sort(key=lambda pair: -pair[0])
        return [Found(each.code, each.title, 1.0, "It is named.") for _, each in found[:MOST]]

    def _why(self, it: _Scored, at: int) -> str:
        if float(it.by_kind[at]) <= float(it.by_title[at]) / 2:
            return "Its name is near to what was said."
        saying = self._concepts.nearest_saying(it.called, it.kind(at))
        return f"Near to what people say who need this: “{saying}”."


@dataclass(frozen=True, slots=True)
class _Scored:
    """The scores of the categories for one text, what they are made of, and each one's kind."""

    scores: Directions
    by_title: Directions
    by_kind: Directions
    kind: Callable[[int], int]
    called: Called


def _named(one: Category, text: str) -> int:
    """How many words the longest of a category's names has that stands in a text whole, or 0."""
    words = ((words_of(name), name) for name in (one.title, *one.words))
    whole = (len(own) for own, name in words if len(common_words(name, (text,))) == len(own))
    return max(whole, default=0)


def _spread(scores: Directions, kind: Callable[[int], int]) -> list[tuple[int, float]]:
    """The places of the first `MOST` with their scores; a kind named before loses `AGAIN`."""
    import numpy as np

    scores = np.round(scores, DIGITS)
    first = np.argsort(-scores, kind="stable")[:CONSIDERED].tolist()
    left = {at: (float(scores[at]), kind(at)) for at in first}
    named: Counter[int] = Counter()
    found: list[tuple[int, float]] = []
    while left and len(found) < MOST:
        worth = {at: max(0.0, score - AGAIN * named[own]) for at, (score, own) in left.items()}
        best = max(left, key=lambda at: (worth[at], -at))
        found.append((best, worth[best]))
        named[left.pop(best)[1]] += 1
    return found


def clauses(text: str) -> list[str]:
    """The whole text first, then its sentences and clauses of three words or more, if several."""
    whole = " ".join(text.split())
    parts = [part.strip() for part in _CLAUSE.split(whole)]
    parts = [part for part in parts if len(part.split()) >= FEWEST_WORDS]
    return [whole, *dict.fromkeys(parts)] if len(parts) > 1 else [whole]
