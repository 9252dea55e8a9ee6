"""What a whole text does, read by one of two networks of our own (decision 0021).

They begin where the encoder begins, at the word pieces of a text, and have the encoder's six layers
taught anew on labelled asks, by `python -m tools.wording`: one reads asks; one, taught further,
whole letters. Run by onnxruntime on one core; each is loaded once per process, when it is first
asked. Without an encoder there is no network either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from . import whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .heads import Encoder

ASKS: Final = "network.onnx"
LETTERS: Final = "letters.onnx"
LONGEST_ASK: Final = 66
"""Words of the longest text that taught the network of asks; more is a letter."""
TAUGHT_BY: Final = "taught_by"
"""Under this name a file keeps a fingerprint of what it was taught by."""
NAMES: Final = (*whole.NAMES, "alone")
"""What it tells of a text. `alone`: one person is to get the name, or to help."""
FROM: Final[Mapping[str, float]] = {
    **dict.fromkeys(NAMES, 0.0),
    "none": -1.5,
    "rec": 0.5,
    "reconfirm": 1.0,
    "help": 2.0,
    "pressure": 0.5,
    "reward": 0.5,
    "facts": -2.0,
    "bare": 1.0,
    "inside": -1.0,
    "alone": 1.0,
}
"""The number from which we believe it (decision 0021 says on whose texts it was set)."""
FROM_OF: Final[Mapping[str, Mapping[str, float]]] = {
    ASKS: FROM,
    LETTERS: {**FROM, "reconfirm": 0.5, "pressure": 1.0, "facts": 0.0},
}
WORDS: Final = 330
"""Words that are read at once: more may be more word pieces than the encoder has places for."""
OF_THE_ASK: Final = (*whole.KINDS, "bare", "inside", "alone")
"""What only the passage that asks can tell; all else may stand in any."""


def judged(text: str, encoder: Encoder, *, meant: bool) -> Mapping[str, float]:
    """What the text does, each as a number; above 0 we say that it does it.

    The cost grows with the square of its words up to `WORDS`, and evenly from there on.
    """
    by = ASKS if len(text.split()) <= LONGEST_ASK else LETTERS
    read = [_believed(numbers(each, encoder, meant=meant, by=by), by) for each in passages(text)]
    asks = max(read, key=lambda each: max(each["intro"], each["rec"]) - each["none"])
    return {
        name: asks[name] if name in OF_THE_ASK else max(each[name] for each in read)
        for name in NAMES
    }


def passages(text: str) -> Sequence[str]:
    """A text in passages of `WORDS` words, each begun in the middle of the one before."""
    words = list(re.finditer(r"\S+", text))
    if len(words) <= WORDS:
        return [text]
    starts = range(0, len(words) - WORDS // 2, WORDS // 2)
    return [text[words[at].start() : words[min(at + WORDS, len(words)) - 1].end()] for at in starts]


def _believed(found: NDArray[np.float32], by: str) -> Mapping[str, float]:
    return {name: float(n) - FROM_OF[by][name] for name, n in zip(NAMES, found, strict=True)}


def numbers(text: str, encoder: Encoder, *, meant: bool, by: str) -> NDArray[np.float32]:
    """One number for each of `NAMES`; above 0 the text rather does that than not."""
    import numpy as np

    given = {
        "pieces": encoder.pieces(text)[None],
        "meant": np.array([[float(meant)]], np.float32),
    }
    found: NDArray[np.float32] = _session(by).run(None, given)[0][0]
    return found


@cache
def _session(name: str) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    raw = (files(__package__) / name).read_bytes()
    return onnxruntime.InferenceSession(raw, options, providers=["CPUExecutionProvider"])
