"""Small heads over the encoder: what a sentence does, as a number above or below nought.

A head is a weight for each number of a sentence's direction and for each class of words. They are
made by `python -m tools.wording` from `tools/wording/sentences.txt` and the labelled asks.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Protocol

from .words import classes_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAMES: Final = (
    "reconfirm",
    "help",
    "intro",
    "rec",
    "recommend",
    "pressure",
    "reward",
    "disclose",
    "facts",
)
"""What a sentence may do."""
DIRECTION, CLASS = 4.0, 0.7
"""How much a direction and a class of words weigh against each other."""


class Encoder(Protocol):
    """Makes directions of texts; `warmhand.listening.encoder` has the one we ship."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 per text."""
        ...


def features(texts: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
    """What a head weighs, one row per text."""
    import numpy as np

    classes = np.array([(*classes_of(text), _asks(text)) for text in texts], np.float32)
    ones = np.ones((len(texts), 1), np.float32)
    return np.hstack([encoder.encode(texts) * DIRECTION, classes * CLASS, ones])


def _asks(text: str) -> bool:
    return text.rstrip("\"'”’)] ").endswith("?")


def scores(texts: Sequence[str], encoder: Encoder) -> list[Mapping[str, float]]:
    """Each head's number for each text; above 0 it rather does that than not."""
    if not texts:
        return []
    found = features(texts, encoder) @ _weights()
    return [dict(zip(NAMES, map(float, row), strict=True)) for row in found]


@cache
def _weights() -> Any:
    import numpy as np

    raw = (files(__package__) / "heads.npz").read_bytes()
    with np.load(io.BytesIO(raw), allow_pickle=False) as kept:
        if tuple(kept["names"]) != NAMES:
            raise ValueError("heads.npz is of another version; make it anew: -m tools.wording")
        return kept["weights"].astype(np.float32)
