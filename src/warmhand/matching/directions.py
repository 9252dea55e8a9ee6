"""Directions of texts, kept: those that we ship, and those already asked for.

`directions.npz` holds the directions of our own sentences and of NAICS, so that the first need is
read at once. A text that isn't in it is encoded when it is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from .seen import Directions, Encodes

MOST: Final = 20_000
"""So many directions are remembered (about 30 MB), then they are forgotten and made anew."""
STEPS: Final = 127
_MADE: WeakKeyDictionary[Encodes, Remembering] = WeakKeyDictionary()


class Remembering:
    """An encoder that does each text once. Threads may share it."""

    def __init__(self, encoder: Encodes, kept: Shipped) -> None:
        self._encoder, self._kept = encoder, kept
        self._made: dict[str, Any] = {}

    def encode(self, texts: Sequence[str], /) -> Directions:
        """One direction per text."""
        import numpy as np

        known = {text: self._known(text) for text in texts}
        missing = [text for text, row in known.items() if row is None]
        known.update(zip(missing, self._encoder.encode(missing), strict=True))
        if len(self._made) + len(missing) > MOST:
            self._made = {}
        if len(missing) <= MOST:
            self._made.update({text: known[text] for text in missing})
        if not texts:
            return self._encoder.encode([])
        return np.stack([known[text] for text in texts])

    def _known(self, text: str) -> Any:
        row = self._made.get(text)
        return self._kept.get(key(text)) if row is None else row


def remembering(encoder: Encodes | None) -> Remembering | None:
    """An encoder with the directions that we ship; None stays None."""
    if encoder is None or isinstance(encoder, Remembering):
        return encoder
    if encoder not in _MADE:
        _MADE[encoder] = Remembering(encoder, _shipped())
    return _MADE[encoder]


def key(text: str) -> bytes:
    """By what a direction is found."""
    return hashlib.sha256(text.encode()).digest()[:8]


@cache
def _shipped() -> Shipped:
    """What is shipped, by key."""
    import numpy as np

    with resources.files(__package__).joinpath("directions.npz").open("rb") as file:
        kept = np.load(file, allow_pickle=False)
        return Shipped(kept["keys"], kept["rows"])


class Shipped:
    """Directions kept as whole numbers up to `STEPS`, a quarter of their size; found by key."""

    def __init__(self, keys: Any, rows: Any) -> None:
        import numpy as np

        self._rows = rows
        squares = np.einsum("ij,ij->i", rows, rows, dtype=np.int32)
        self._lengths = np.maximum(np.sqrt(squares.astype(np.float32)), 1e-12)
        self._places = {bytes(each): at for at, each in enumerate(keys)}

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: bytes) -> bool:
        return key in self._places

    def get(self, key: bytes) -> Any:
        """The direction of a key, of length 1; None where it isn't shipped."""
        at = self._places.get(key)
        return None if at is None else self._rows[at] / self._lengths[at]
