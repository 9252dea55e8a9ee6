"""Our kinds of provider as directions: what they are called, what people say who need them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .leaning import Leaning, Worded
from .starters import Starter, idle, starters
from .tables import Shares, Table, table

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


@dataclass(frozen=True, slots=True)
class Called:
    """What a text calls for."""

    kinds: Directions
    """How much it calls for each kind."""
    need: float
    """How much nearer it lies to what is said in need than to what is said without."""
    said: Directions
    """How near each saying lies to the text or to the nearest of its clauses."""


class Concepts:
    """The directions of our kinds and of `idle.txt` by one encoder.

    `leaning` False: texts are only held against each saying, as by spelling nothing else is told.
    """

    def __init__(self, encoder: Encodes, *, leaning: bool) -> None:
        import numpy as np

        self.kinds: tuple[Starter, ...] = starters()
        self.sayings = tuple(said for each in self.kinds for said in each.told)
        self._said = table(encoder, self.sayings)
        self._named = table(encoder, [name for each in self.kinds for name in each.names])
        self._idle = table(encoder, idle())
        self._by_said = _spans([len(each.told) for each in self.kinds])
        self._by_name = _spans([len(each.names) for each in self.kinds])
        self._leans: tuple[Leaning, Worded] | None = None
        if leaning:
            of = np.repeat(np.arange(len(self.kinds)), [len(each.told) for each in self.kinds])
            words = Worded([(*each.told, *each.names) for each in self.kinds])
            self._leans = Leaning(np.concatenate(list(self._said.parts())), of), words

    def called_for(self, text: str, rows: Directions) -> Called:
        """What a text calls for; `rows`: its direction, then those of its clauses.

        Kinds by the nearest saying or name, the whole counting `WHOLE` and the nearest clause the
        rest; by how much the whole leans to the kind; by telling words.
        """
        import numpy as np

        near_said = self._said.near(rows)
        said = _most(near_said, self._by_said)
        near = np.maximum(said, _most(self._named.near(rows), self._by_name))
        calls: Directions = WHOLE * near[0] + (1 - WHOLE) * near.max(axis=0)
        if self._leans is not None:
            leaning, worded = self._leans
            calls = calls + LEANS * leaning.towards(rows[0]) + WORDS * worded.alike(text)
        need = _top(near_said[0]) - _top(self._idle.near(rows[:1])[0])
        return Called(np.clip(calls, 0, None), need, near_said.max(axis=0))

    def alike(self, titles: Table) -> Shares:
        """How much each title is each kind, by its nearest name (0 to 1)."""
        import numpy as np

        def parts() -> Iterator[Directions]:
            for rows in titles.parts():
                found = _most(self._named.near(rows), self._by_name)
                yield np.clip((found - ALIKE) / (1 - ALIKE), 0, 1)

        return Shares(parts())

    def nearest_saying(self, called: Called, kind: int) -> str:
        """The sentence of a kind that lies nearest to what was said."""
        first = int(self._by_said[kind])
        last = first + len(self.kinds[kind].told)
        return self.sayings[first + int(called.said[first:last].argmax())]


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

    return float(np.partition(near, -NEIGHBOURS)[-NEIGHBOURS:].mean())
