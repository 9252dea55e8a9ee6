"""What each sentence of a text does: by rules, and by heads over its words and its direction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Final

from . import heads, network, rules, whole
from .heads import NAMES, Encoder
from .sentences import Piece, clauses, sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True)
class Reading:
    """What each sentence of a text does, and what the text does as a whole."""

    sentences: Sequence[Read]
    whole: Mapping[str, float]

    def does(self, name: str) -> bool:
        """Whether the text does it."""
        return self.whole[name] > 0

    def most(self, name: str) -> Read | None:
        """The sentence that does it most."""
        return max(self.sentences, key=lambda each: each.by[name], default=None)


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut into sentences and clauses."""

    text: str
    sentences: Sequence[Piece]
    parts: Sequence[Sequence[Piece]]

    @property
    def flat(self) -> list[str]:
        """Each sentence, its clauses after it; the text itself where it has none."""
        return [_plain(part.text) for own in self.parts for part in own] or [self.text]


def cut(text: str) -> Cut:
    """Cut a text that is masked already."""
    found = sentences(text)
    return Cut(_plain(text), found, [[each, *clauses(each)] for each in found])


def read(text: str, encoder: Encoder | None, *, meant: bool = False) -> Reading:
    """Each sentence of a text, with what it does. `meant`: it is known to be meant as an ask."""
    into = cut(text)
    raw = heads.scores(heads.features(into.flat, encoder), alone=encoder is None)
    if encoder is None:
        told = whole.judged(seen(into, raw, meant=meant))
    else:
        told = network.judged(into.text, encoder, meant=meant)
    reads = [
        Read(piece, _best(piece, own, [_from(row) for row in rows]))
        for piece, own, rows in _rows(into, raw)
    ]
    return Reading(reads, told)


def seen(into: Cut, raw: NDArray[np.float32], *, meant: bool) -> whole.Seen:
    """What the heads of the whole weigh, from the numbers of the parts."""
    import numpy as np

    ruled = [_best(*each) for each in _rows(into, raw)]
    numbers = [[each[name] for name in NAMES] for each in ruled] or [[NEVER] * len(NAMES)]
    starts = [0, *accumulate(len(own) for own in into.parts[:-1])]
    return whole.Seen(into.text, raw, starts, np.array(numbers, np.float32), meant)


def _rows(
    into: Cut, raw: NDArray[np.float32]
) -> Iterator[tuple[Piece, Sequence[Piece], list[Mapping[str, float]]]]:
    """Each sentence, its parts, and the numbers of each part by name."""
    rows = (dict(zip(NAMES, map(float, each), strict=True)) for each in raw)
    for piece, own in zip(into.sentences, into.parts, strict=True):
        yield piece, own, list(islice(rows, len(own)))


def _best(
    piece: Piece, own: Sequence[Piece], rows: Sequence[Mapping[str, float]]
) -> dict[str, float]:
    by = [_judged(part, row) for part, row in zip(own, rows, strict=True)]
    return _ruled(piece, {name: max(each[name] for each in by) for name in NAMES})


def _from(row: Mapping[str, float]) -> Mapping[str, float]:
    return {name: number - FROM[name] for name, number in row.items()}


def _plain(text: str) -> str:
    return re.sub(f"{MASK}+", "it", text)


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
