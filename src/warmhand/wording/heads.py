"""Small heads: what a sentence does, as a number above or below nought.

A head has a weight for each class of words and, where there is an encoder, for each number of the
sentence's direction. They are made by `python -m tools.wording` from `tools/wording/sentences.txt`
and the labelled asks; a second set does with the classes of words alone.
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

    def pieces(self, text: str) -> NDArray[np.float32]:
        """A row per word piece of the text, before they look at each other."""
        ...


def features(texts: Sequence[str], encoder: Encoder | None) -> NDArray[np.float32]:
    """What a head weighs, one row per text; without an encoder the classes of words alone."""
    import numpy as np

    classes = np.array([(*classes_of(text), _asks(text)) for text in texts], np.float32)
    ones = np.ones((len(texts), 1), np.float32)
    weighed = [classes * CLASS, ones]
    if encoder is not None:
        weighed.insert(0, encoder.encode(texts) * DIRECTION)
    return np.hstack(weighed)


def _asks(text: str) -> bool:
    return text.rstrip("\"'”’)] ").endswith("?")


def scores(parts: NDArray[np.float32], *, alone: bool) -> NDArray[np.float32]:
    """Each head's number for each row of features; above 0 it rather does that than not."""
    found: NDArray[np.float32] = parts @ kept("alone" if alone else "weights")
    return found


def kept(name: str) -> Any:
    """One of the matrices that we ship: weights, alone, whole_alone."""
    return _all()[name]


@cache
def _all() -> Mapping[str, Any]:
    import numpy as np

    raw = (files(__package__) / "heads.npz").read_bytes()
    with np.load(io.BytesIO(raw), allow_pickle=False) as file:
        if tuple(file["names"]) != NAMES:
            raise ValueError("heads.npz is of another version; make it anew: -m tools.wording")
        return {name: file[name].astype(np.float32) for name in file.files if name != "names"}
