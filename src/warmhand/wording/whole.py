"""What a text does as a whole, where there is no encoder: from its sentences and its words.

A sentence may be read wrongly; what stands beside it often tells. So the last word is had by a
second row of small heads over the text: they weigh the numbers of its sentences, the rules that
spoke, its classes of words, its words and pairs of words themselves. They are made by
`python -m tools.wording` with the heads of `heads.py`. With an encoder `network.py` tells it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from . import rules
from .heads import NAMES as DOES
from .heads import kept
from .words import classes_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

KINDS: Final = ("intro", "rec", "none")
NAMES: Final[tuple[str, ...]] = (
    *KINDS,
    "reconfirm",
    "help",
    "pressure",
    "reward",
    "recommend",
    "facts",
    "bare",
    "inside",
)
"""What a text may do; of the first three it is the one with the greatest number. `inside`: a reward
is for somebody of the client's own company."""
FROM: Final[Mapping[str, float]] = {
    "intro": 0.0,
    "rec": -0.4,
    "none": -0.6,
    "reconfirm": 0.0,
    "help": 0.2,
    "pressure": -0.2,
    "reward": 1.5,
    "recommend": 0.0,
    "facts": -0.4,
    "bare": -0.6,
    "inside": 0.9,
}
"""The number from which we believe it; set on eight authors, each read by what others taught."""
SCORE, CLASS, BAG = 0.35, 0.5, 8.0
BAG_SIZE: Final = 4096
"""Words and pairs of words fall into so many drawers, by their checksum."""
_WORD: Final = re.compile(r"[a-z']+|\d+|[?!]")
_RULES: Final = tuple((table, name) for table in (rules.SURELY, rules.NEVER) for name in table)
_ALSO: Final = (rules.BARE, rules.EARNED, rules.RELATION)


@dataclass(frozen=True, slots=True)
class Seen:
    """A text taken apart: numbers per part, where its sentences begin, and those ruled.

    `raw` are the numbers of its parts (a sentence, then its clauses); `starts` the index of each
    sentence; `ruled` a sentence's numbers after the rules.
    """

    text: str
    raw: Numbers
    starts: Sequence[int]
    ruled: Numbers
    meant: bool


def features(seen: Seen) -> Numbers:
    """What the heads of a text weigh: one row."""
    import numpy as np

    raw = np.clip(seen.raw, -6, 6)
    ends = np.array([len(seen.starts), 0.0, float(seen.meant)], np.float32)
    ends[0], ends[1] = np.log1p(ends[0]), np.log1p(len(seen.text)) / 3
    told = [_bag(seen.text) * BAG, _words(seen.text) * CLASS]
    weighed = [_numbers(seen, raw), *told, ends, np.ones(1, np.float32)]
    return np.concatenate(weighed).astype(np.float32)


def _numbers(seen: Seen, raw: Numbers) -> Numbers:
    import numpy as np

    whole = raw[list(seen.starts)]
    second = np.sort(whole, axis=0)[-2] if len(whole) > 1 else np.full(len(DOES), -6.0)
    ruled = np.clip(seen.ruled, -5, 5).max(axis=0)
    row = [raw.max(axis=0), second / 2, ruled, whole[-1] / 2]
    return np.asarray(SCORE * np.concatenate(row), np.float32)


def _words(text: str) -> Numbers:
    import numpy as np

    spoke = [bool(table[name].search(text)) for table, name in _RULES]
    also = [bool(each.search(text)) for each in _ALSO]
    asks = ["?" in text, text.rstrip().endswith("?")]
    return np.array([*classes_of(text), *spoke, *also, *asks], np.float32)


def _bag(text: str) -> Numbers:
    """Which words and pairs of words there are, as a row of length 1; a number is any number."""
    import numpy as np

    words = ["#" if each.isdigit() else each for each in _WORD.findall(text.lower())]
    pairs = (f"{first} {second}" for first, second in pairwise(words))
    row = np.zeros(BAG_SIZE, np.float32)
    for each in {*words, *pairs}:
        row[zlib.crc32(each.encode()) % BAG_SIZE] += 1
    return row / max(1.0, float(np.linalg.norm(row)))


def judged(seen: Seen) -> Mapping[str, float]:
    """What the text does, each as a number; above 0 we say that it does it."""
    found = features(seen) @ kept("whole_alone")
    return {name: float(n) - FROM[name] for name, n in zip(NAMES, found, strict=True)}


def kind_of(numbers: Mapping[str, float]) -> str:
    """Whether it asks for an introduction, a recommendation, or for neither."""
    return max(KINDS, key=lambda name: numbers[name])
