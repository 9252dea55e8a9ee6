"""A text in sentences and clauses, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_END: Final = re.compile(r"""(?:[.!?…]+["'”’)\]]*|\n)(?=\s|$)|\n+""")
_SHORT: Final = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|inc|ltd|co|e\.g|i\.e|approx|etc)|\b[A-Z])\.$", re.I
)
_BREAK: Final = re.compile(
    r"""[,;:–—()]\s+|\s-\s|\s+(?=(?:and|but|so\ that|so|then|because|while|when)\s)""", re.X
)
_FEWEST: Final = 3
"""Words of the shortest clause that is looked at by itself."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: from `start` up to `end`, in characters of the whole."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[Piece]:
    """The sentences of a text, in order; a full stop after 'Mr' or an initial ends none."""
    found: list[Piece] = []
    begin = 0
    for match in _END.finditer(text):
        if match.group().startswith(".") and _SHORT.search(text[begin : match.start() + 1]):
            continue
        found.extend(_piece(text, begin, match.end()))
        begin = match.end()
    found.extend(_piece(text, begin, len(text)))
    return found


def clauses(sentence: Piece) -> list[Piece]:
    """The clauses of a sentence that have three words or more; none where it is but one."""
    places = [0, *(m.end() for m in _BREAK.finditer(sentence.text)), len(sentence.text)]
    parts = [
        part for a, b in pairwise(places) for part in _piece(sentence.text, a, b, sentence.start)
    ]
    long = [part for part in parts if len(part.text.split()) >= _FEWEST]
    return long if len(parts) > 1 else []


def _piece(text: str, begin: int, end: int, offset: int = 0) -> Iterator[Piece]:
    inside = text[begin:end]
    bare = inside.strip()
    if any(letter.isalnum() for letter in bare):
        start = begin + len(inside) - len(inside.lstrip())
        yield Piece(bare, start + offset, start + len(bare) + offset)
