"""What a whole text does, read by a network of our own (decision 0021).

It begins where the encoder begins, at the word pieces of a text, and has the encoder's six layers
taught anew on labelled asks, by `python -m tools.wording`. Run by onnxruntime on one core; loaded
once per process, when it is first asked. Without an encoder there is no network either.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from . import whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .heads import Encoder

FILE: Final = "network.onnx"
TAUGHT_BY: Final = "taught_by"
"""Under this name the file keeps a fingerprint of what it was taught by."""
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


def judged(text: str, encoder: Encoder, *, meant: bool) -> Mapping[str, float]:
    """What the text does, each as a number; above 0 we say that it does it."""
    found = numbers(text, encoder, meant=meant)
    return {name: float(n) - FROM[name] for name, n in zip(NAMES, found, strict=True)}


def numbers(text: str, encoder: Encoder, *, meant: bool) -> NDArray[np.float32]:
    """One number for each of `NAMES`; above 0 the text rather does that than not."""
    import numpy as np

    given = {
        "pieces": encoder.pieces(text)[None],
        "meant": np.array([[float(meant)]], np.float32),
    }
    found: NDArray[np.float32] = _session().run(None, given)[0][0]
    return found


@cache
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    raw = (files(__package__) / FILE).read_bytes()
    return onnxruntime.InferenceSession(raw, options, providers=["CPUExecutionProvider"])
