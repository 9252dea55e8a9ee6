"""Whether two names mean one company or one person, and which words two texts have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

LEGAL: Final = re.compile(
    r"\b(gmbh|ag|kg|ohg|ug|mbh|ltd|limited|llc|inc|corp|corporation|company|co|plc|sa|sl|srl|bv|nv"
    r"|the|and|und|y|et)\b|[^\w\s]"
)
"""Parts of a company's name that tell nobody apart."""
ONE_COMPANY: Final = 90
ONE_WORD: Final = 86
"""Spellings this alike (rapidfuzz, 0 to 100) are one: roof and roofs, Söhne and Soehne."""
SHORTEST: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]+")
_SAY_NOTHING: Final = frozenset(
    """
    about after also another before between client clients company companies customer customers
    delivered does done during each from group have head having into less lead made make manager
    management more much office only other over project projects senior service services solutions
    some team than that their them then there these they this through time under until week weeks
    were what when where which will with without work works year years your director consultant
    auch dem denen der eine einem einen einer für geschäftsführer gruppe leiter leiterin mehr mit
    nach nicht oder ohne sich sind team über unter wird wurde abteilung firma kunde kunden projekt
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Words that stand in every job and every project: they are no likeness."""


def folded(text: str) -> str:
    """Without case and doubled spaces."""
    return " ".join(text.casefold().split())


def one_order(name: str) -> str:
    """A name's words in one order: Ines Marl and Marl Ines may be one person."""
    return " ".join(sorted(folded(name).split()))


def bare_company(name: str) -> str:
    """A company's name without its legal form and marks."""
    return " ".join(LEGAL.sub(" ", folded(name)).split())


def same_company(one: str, other: str) -> bool:
    """Whether two names are one company's; nothing is like an empty name."""
    first, second = bare_company(one), bare_company(other)
    if not first or not second:
        return False
    return bool(fuzz.token_sort_ratio(first, second) >= ONE_COMPANY)


def same_person(one: str, other: str) -> bool:
    """Whether two names are written alike, in whatever order of their parts."""
    first, second = _parts(one), _parts(other)
    return bool(first) and first == second


def named_in(name: str, text: str) -> bool:
    """Whether every part of a name stands in a text, as in 'Finn Holm of Holm Joinery'."""
    parts = _parts(name)
    return bool(parts) and set(parts) <= set(_parts(text))


def _parts(name: str) -> list[str]:
    return sorted(re.findall(r"\w+", folded(name)))


def words_of(text: str) -> list[str]:
    """The words of a text that say something, each once, in their order."""
    found = (word for word in _WORD.findall(folded(text)) if len(word) >= SHORTEST)
    return list(dict.fromkeys(word for word in found if word not in _SAY_NOTHING))


def common_words(one: str, others: Iterable[str]) -> tuple[str, ...]:
    """Words of `one` that stand in any of the other texts, give or take an ending; sorted."""
    theirs = _words_of_all(tuple(others))
    return tuple(sorted(word for word in words_of(one) if _among(word, theirs)))


# Long lists are compared with the same few texts, and their words come again and again.
@lru_cache(maxsize=64)
def _words_of_all(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words_of(text))


@lru_cache(maxsize=65_536)
def _among(word: str, words: frozenset[str]) -> bool:
    return word in words or any(fuzz.ratio(word, other) >= ONE_WORD for other in words)
