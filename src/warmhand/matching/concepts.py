"""Our kinds of provider as directions: what they are called, what people say who need them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .leaning import Leaning, Worded
from .starters import Starter, idle, starters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .seen import Directions, Encodes

    Numbers = NDArray[np.intp]

WHOLE: Final = 0.8
"""What the whole text counts beside its nearest clause."""
ALIKE: Final = 0.5
"""A title and a name less alike than this (cosine) have nothing to do with each other."""
LEANS: Final = 2.0
"""What leaning to a kind counts beside lying near to one of its sayings or names."""
WORDS: Final = 1.5
"""What telling words in common count."""
NEIGHBOURS: Final = 3
"""A text lies as near to needs, or to idle talk, as its so many nearest sentences on average."""


class Concepts:
    """The directions of our kinds and of `idle.txt` by one encoder.

    `leaning` False: texts are only held against each saying, as by spelling nothing else is told.
    """

    def __init__(self, encoder: Encodes, *, leaning: bool) -> None:
        import numpy as np

        self.kinds: tuple[Starter, ...] = starters()
        self.sayings = tuple(said for each in self.kinds for said in each.told)
        self._said = encoder.encode(self.sayings)
        self._named = encoder.encode([name for each in self.kinds for name in each.names])
        self._idle = encoder.encode(idle())
        self._by_said = _spans([len(each.told) for each in self.kinds])
        self._by_name = _spans([len(each.names) for each in self.kinds])
        self._leans: tuple[Leaning, Worded] | None = None
        if leaning:
            of = np.repeat(np.arange(len(self.kinds)), [len(each.told) for each in self.kinds])
            words = Worded([(*each.told, *each.names) for each in self.kinds])
            self._leans = Leaning(self._said, of), words

    def called_for(self, text: str, rows: Directions) -> Directions:
        """How much a text calls for each kind; `rows`: its direction, then those of its clauses.

        By its nearest saying or name, the whole counting `WHOLE` and the nearest clause the rest;
        by how much the whole leans to the kind; by telling words.
        """
        import numpy as np

        said = _most(rows @ self._said.T, self._by_said)
        near = np.maximum(said, _most(rows @ self._named.T, self._by_name))
        calls: Directions = WHOLE * near[0] + (1 - WHOLE) * near.max(axis=0)
        if self._leans is not None:
            leaning, worded = self._leans
            calls = calls + LEANS * leaning.towards(rows[0]) + WORDS * worded.alike(text)
        return np.clip(calls, 0, None)

    def alike(self, titles: Directions) -> Directions:
        """How much each title (row) is each kind, by its nearest name (0 to 1)."""
        import numpy as np

        found = _most(titles @ self._named.T, self._by_name)
        shares: Directions = np.clip((found - ALIKE) / (1 - ALIKE), 0, 1)
        return shares

    def nearest_saying(self, rows: Directions, kind: int) -> str:
        """The sentence of a kind that lies nearest to any of the texts."""
        first = int(self._by_said[kind])
        last = first + len(self.kinds[kind].told)
        near = (rows @ self._said[first:last].T).max(axis=0)
        return self.sayings[first + int(near.argmax())]

    def need(self, row: Directions) -> float:
        """How much nearer a text lies to what is said in need than to what is said without."""
        return _top(self._said @ row) - _top(self._idle @ row)


@lru_cache(maxsize=4)
def concepts(encoder: Encodes, *, leaning: bool = True) -> Concepts:
    """The concepts by an encoder, made once."""
    return Concepts(encoder, leaning=leaning)


def _spans(counts: Sequence[int]) -> Numbers:
    """Where each kind's rows begin."""
    import numpy as np

    return np.concatenate([[0], np.cumsum(counts[:-1])]).astype(np.intp)


def _most(near: Directions, starts: Numbers) -> Directions:
    import numpy as np

    most: Directions = np.maximum.reduceat(near, starts, axis=1)
    return most


def _top(near: Directions) -> float:
    import numpy as np

    return float(np.sort(near)[-NEIGHBOURS:].mean())
