"""A need, and who could meet it: providers and other clients of ours, with reasons (P29-P33)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from warmhand.language import foreign

from . import reasons as why
from .alike import folded
from .directions import remembering
from .needs import Reader, rank_categories
from .reasons import Reason
from .schemes import Category, Scheme, narrowest, scheme
from .seen import Candidate, Encodes, NeedSeen, ProviderSeen
from .weights import WEIGHTS, Weights

MOST_READ: Final = 4
"""So many categories are read from the words where none was chosen."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody who could meet the need; what speaks for and against, the weightiest first."""

    candidate: Candidate
    points: int
    reasons: tuple[Reason, ...]
    """Never empty."""
    against: tuple[Reason, ...]

    @property
    def available(self) -> bool:
        """Whether the client can be sent there now; otherwise `against` begins with why not."""
        return not any(each.bars for each in self.against)

    @property
    def is_provider(self) -> bool:
        """A provider of the directory; otherwise another client's expertise."""
        return isinstance(self.candidate, ProviderSeen)

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "kind": "provider" if self.is_provider else "expertise",
            "id": self.candidate.id,
            "name": self.candidate.name,
            "available": self.available,
            "points": self.points,
            "reasons": [each.as_dict() for each in self.reasons],
            "against": [each.as_dict() for each in self.against],
        }


def rank(
    need: NeedSeen,
    candidates: Iterable[Candidate],
    *,
    today: dt.date,
    reciprocity_counts: bool = True,
    encoder: Encodes | None = None,
    categories: Scheme | None = None,
    weights: Weights = WEIGHTS,
) -> list[Ranked]:
    """Who could meet a need, best first; the unavailable below, with why (P29, P30).

    Only who fits by category, words or meaning is listed, so everybody has a reason. The client
    themself, their own company and their competitors are never listed (`left_out` says why).
    `reciprocity_counts` False (the law says observe or off): what they gave us and alliances
    change nothing. Where neither a category nor `near` is given it is read from the words. Without
    `encoder`, and where the need isn't told in English, words decide. The order is total: it
    doesn't depend on how the candidates come.
    """
    known = categories or scheme()
    encoder = remembering(encoder)
    if not need.category and not need.near:
        need = replace(need, near=near_categories(need.words, encoder, categories))
    those = [each for each in candidates if why.left_out(need, each) is None]
    near = _nearness(need, those, encoder)
    found = []
    for each, nearness in zip(those, near, strict=True):
        fits = list(why.fit(need, each, known, nearness, weights))
        if fits:
            fits += why.circumstances(need, each, today, weights)
            fits += why.trust(each, weights)
            if reciprocity_counts:
                fits += why.reciprocity(each, weights)
            found.append(_ranked(each, fits))
    return sorted(found, key=_order)


def near_categories(
    words: str, encoder: Encodes | None = None, categories: Scheme | None = None
) -> tuple[tuple[str, float], ...]:
    """The categories a need sounds like, for `NeedSeen.near`.

    None where it sounds like no need, or isn't English.
    """
    if not words.strip():
        return ()
    known = None if categories is None else narrowest(categories)
    read = rank_categories(words, known, encoder)
    if read.abstains:
        return ()
    return tuple((each.code, each.score) for each in read.ranking[:MOST_READ])


def _ranked(one: Candidate, said: Sequence[Reason]) -> Ranked:
    pro = [each for each in said if not each.bars and each.points >= 0]
    against = [each for each in said if each.bars or each.points < 0]
    return Ranked(
        one,
        sum(each.points for each in said),
        tuple(sorted(pro, key=lambda each: -each.points)),
        tuple(sorted(against, key=lambda each: (not each.bars, each.points))),
    )


def _order(each: Ranked) -> tuple[bool, int, bool, str, str, int]:
    one = each.candidate
    kind = not each.is_provider
    return (not each.available, -each.points, kind, folded(one.name), one.name, one.id)


def _nearness(
    need: NeedSeen, those: Sequence[Candidate], encoder: Encodes | None
) -> Sequence[float]:
    """How near what each does is to the need (0 to 1, the nearest of their texts)."""
    texts = sorted({text for each in those for text in each.words if text.strip()})
    if encoder is None or not need.words.strip() or not texts or foreign(need.words):
        return [0.0] * len(those)
    reader = Reader([Category(text, text) for text in texts], encoder)
    near = dict(zip(texts, map(float, reader.nearness(need.words)), strict=True))
    return [max((near.get(text, 0.0) for text in each.words), default=0.0) for each in those]
