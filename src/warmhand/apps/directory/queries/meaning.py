"""Providers near in meaning to what is searched for, where the encoder is installed (P31).

Directions of texts are kept in the process. One search reads at most `MOST_NEW` texts anew, so that
the first search of a large directory doesn't wait for all of it; the next one goes on.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final

from warmhand.language import foreign
from warmhand.listening.encoder import encoder_or_none

if TYPE_CHECKING:
    from warmhand.listening.encoder import Directions, Encoder

MOST_NEW: Final = 100
MOST_KEPT: Final = 20_000
NEAR: Final = 0.30
"""Cosine from which a text counts as near: our choice, not a measured value (decision 32)."""
LONGEST: Final = 600
"""Signs of a text that are read."""


@dataclass
class _Kept:
    rows: OrderedDict[str, Directions] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)


_kept = _Kept()


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near each text is (0 to 1), by its key; and how many were not read this time."""

    by_key: Mapping[int, float]
    unread: int = 0
    possible: bool = True
    """False: there is no encoder here, and words alone decide."""


def nearness(search: str, read: Callable[[], Mapping[int, str]]) -> Nearness:
    """How near each of the texts is in meaning to what is searched for; only the near ones.

    `read` fetches the texts, where there is an encoder to read them with. What isn't English has no
    meaning to us: words alone decide.
    """
    reader = encoder_or_none()
    if reader is None:
        return Nearness({}, possible=False)
    if foreign(search):
        return Nearness({})
    texts = read()
    wanted = reader.encode([search[:LONGEST]])[0]
    unread = _read(reader, list(texts.values()))
    found = {}
    for key, text in texts.items():
        direction = _kept.rows.get(text[:LONGEST])
        if direction is not None:
            found[key] = float(direction @ wanted)
    return Nearness({key: near for key, near in found.items() if near >= NEAR}, unread)


def _read(reader: Encoder, texts: list[str]) -> int:
    """Read what isn't kept yet, up to the limit; returns how many are left."""
    wanted = dict.fromkeys(each[:LONGEST] for each in texts)
    fresh = [text for text in wanted if text and text not in _kept.rows]
    directions = reader.encode(fresh[:MOST_NEW])
    with _kept.lock:
        _kept.rows.update(zip(fresh, directions, strict=False))
        while len(_kept.rows) > MOST_KEPT:
            _kept.rows.popitem(last=False)
    return max(0, len(fresh) - MOST_NEW)
