"""Towards which kind of provider a text leans, learnt from all sayings together.

The nearest saying tells much, but the encoder also puts texts close to each other that only sound
alike: stories with stories, questions with questions. So what differs among the sayings of one kind
is weighed less (Fisher's linear discriminant, 1936, with a shrunk covariance), and a text is held
against the middle of each kind. Its words count beside, by how few kinds have them (tf-idf).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from .finding import tokens
from .spelled import STEM

if TYPE_CHECKING:
    from .seen import Directions

SHRUNK: Final = 0.4
"""So much of the covariance is taken from that of a ball."""
SHORTEST: Final = 3


class Leaning:
    """Middles of kinds, in the space where the sayings of one kind lie round."""

    def __init__(self, said: Directions, of: Any) -> None:
        """`said`: the directions of all sayings as rows; `of`: the number of each one's kind."""
        import numpy as np

        sums = np.zeros((int(of.max()) + 1, said.shape[1]), np.float32)
        np.add.at(sums, of, said)
        middles = sums / np.bincount(of)[:, None]
        self._middle = said.mean(axis=0)
        self._round = _rounded(said - middles[of])
        self._kinds = _unit((middles - self._middle) @ self._round)

    def towards(self, row: Directions) -> Directions:
        """How much a text leans to each kind (-1 to 1)."""
        leans: Directions = self._kinds @ _unit((row - self._middle) @ self._round)
        return leans


class Worded:
    """The words of kinds, each counted the more, the fewer kinds have it."""

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        """`texts`: the sayings and names of each kind."""
        counted = [Counter(stem for text in each for stem in stems(text)) for each in texts]
        kinds_with = Counter(stem for each in counted for stem in each)
        self._rarity = {
            stem: math.log(1 + len(texts) / number) for stem, number in kinds_with.items()
        }
        self._size = len(texts)
        places: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, each in enumerate(counted):
            for stem, weight in self._weighed(each).items():
                places[stem].append((at, weight))
        self._places = {stem: _columns(own) for stem, own in places.items()}

    def alike(self, text: str) -> Directions:
        """How many telling words a text has in common with each kind (0 to 1)."""
        import numpy as np

        found = np.zeros(self._size, np.float32)
        known = Counter(stem for stem in set(stems(text)) if stem in self._rarity)
        for stem, weight in self._weighed(known).items():
            at, theirs = self._places[stem]
            found[at] += weight * theirs
        return found

    def _weighed(self, counted: Counter[str]) -> dict[str, float]:
        weights = {
            stem: (1 + math.log(number)) * self._rarity[stem] for stem, number in counted.items()
        }
        length = math.sqrt(sum(each * each for each in weights.values())) or 1.0
        return {stem: each / length for stem, each in weights.items()}


def stems(text: str) -> list[str]:
    """The beginnings of the words of a text that are long enough to tell anything."""
    return [word[:STEM] for word in tokens(text) if len(word) >= SHORTEST]


def _columns(pairs: Sequence[tuple[int, float]]) -> tuple[Any, Directions]:
    import numpy as np

    at, weights = zip(*pairs, strict=True)
    return np.array(at, np.uint16), np.array(weights, np.float32)


def _rounded(apart: Directions) -> Directions:
    """The matrix that makes a cloud round."""
    import numpy as np

    spread = apart.T @ apart / len(apart)
    width = len(spread)
    spread = (1 - SHRUNK) * spread + SHRUNK * np.trace(spread) / width * np.eye(width)
    lengths, axes = np.linalg.eigh(spread)
    rounded: Directions = (axes * np.maximum(lengths, 1e-9) ** -0.5 @ axes.T).astype(np.float32)
    return rounded


def _unit(rows: Directions) -> Directions:
    import numpy as np

    unit: Directions = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12)
    return unit
