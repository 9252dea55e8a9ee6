"""Makes the heads of `warmhand.wording` (logistic regressions) from sentences and labelled asks.

First heads for sentences: a sentence of ours teaches by itself, a labelled ask by its strongest
part, as its labels say only what it does somewhere. Then, for a machine without the encoder, heads
for whole texts, over the numbers of their sentences; those numbers come from heads that had not
seen the text (`FOLDS`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tools.wording import asks
from tools.wording.asks import Example, Row
from warmhand.listening.encoder import Encoder, encoder
from warmhand.wording import heads, reading, whole
from warmhand.wording.context import context_from

WEIGHTS = Path(heads.__file__).with_name("heads.npz")
RIDGE, STEPS, FOLDS, OURS = 2.0, 9, 3, 0.1
"""`OURS`: how much a single sentence of ours weighs as a text, beside a labelled ask."""


def fit(x: Any, y: Any, weight: Any, begin: Any = None) -> Any:
    """A ridge logistic regression by Newton's steps; the last column is its constant."""
    ridge = np.full(x.shape[1], RIDGE)
    ridge[-1] = 1e-3
    here = np.zeros(x.shape[1]) if begin is None else begin.astype(float)
    for _ in range(STEPS if begin is None else 4):
        said = 1 / (1 + np.exp(-np.clip(x @ here, -30, 30)))
        slope = x.T @ (weight * (said - y)) + ridge * here
        bend = (x * np.maximum(weight * said * (1 - said), 1e-6)[:, None]).T @ x
        here = here - np.linalg.solve(bend.astype(float) + np.diag(ridge), slope)
    return here.astype(np.float32)


def fit_wide(x: Any, y: Any, weight: Any) -> Any:
    """The same for rows that are wider than they are many: Newton's steps over the rows."""
    likeness = (x @ x.T).astype(float) / RIDGE
    said, given = np.zeros(len(y)), np.zeros(len(y))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(said, -30, 30)))
        bend = np.maximum(weight * chance * (1 - chance), 1e-4)
        aim = said + weight * (y - chance) / bend
        given = np.linalg.solve(likeness + np.diag(1 / bend), aim)
        said = likeness @ given
    return (x.T @ given / RIDGE).astype(np.float32)


def lifted(y: Any, weight: Any) -> Any:
    """What is rare counts more, up to threefold."""
    if not (y > 0).any():
        return weight
    rarity = (weight[y == 0].sum() / weight[y > 0].sum()) ** 0.5
    return np.where(y > 0, weight * min(3.0, rarity), weight).astype(np.float32)


class Lesson:
    """Everything the heads are taught, its features made once."""

    def __init__(self, rows: Iterable[Row], by: Encoder | None, *, more: bool = True) -> None:
        own = asks.own_sentences(more=more)
        self.by, self.rows, self.own = by, list(rows), len(own)
        self.examples: list[Example] = [*own, *asks.pairs(own)]
        self.ours = heads.features([each.text for each in self.examples], by)
        joined = len(self.examples) - len(own)
        self.weight = np.r_[np.ones(len(own)), np.full(joined, 0.4)].astype(np.float32)
        known = [context_from(each["context"]) for each in self.rows]
        self.meant = [each.kind is not None for each in known]
        texts = zip(self.rows, known, strict=True)
        self.cuts = [reading.cut(reading.masked(row["text"], its.ours)) for row, its in texts]
        self.flat = heads.features([part for each in self.cuts for part in each.flat], by)
        self.of = np.repeat(np.arange(len(self.rows)), [len(each.flat) for each in self.cuts])
        self.cuts_of_ours = [reading.cut(each.text) for each in own]

    def sentence_heads(self, rows: Any, examples: Any) -> Any:
        """The heads for sentences as one matrix, taught by the rows and examples chosen."""
        made = [self._head(name, rows, examples) for name in heads.NAMES]
        return np.stack(made, axis=1)

    def _head(self, name: str, rows: Any, examples: Any) -> Any:
        x, weight = self.ours[examples], self.weight[examples]
        y = np.array([name in each.does for each in self.examples], np.float32)[examples]
        first = fit(x, y, lifted(y, weight))
        strong, no = self._strongest(name, first, rows)
        x = np.vstack([x, self.flat[strong], self.flat[no]])
        y = np.r_[y, np.ones(len(strong)), np.zeros(len(no))].astype(np.float32)
        weight = np.r_[weight, np.full(len(strong), 1.5), np.full(len(no), 0.8)]
        return fit(x, y, lifted(y, weight), first)

    def _strongest(self, name: str, head: Any, rows: Any) -> tuple[list[int], list[int]]:
        numbers, strong, no = self.flat @ head, [], []
        for i in np.flatnonzero(rows):
            if asks.tells(self.rows[i], name):
                own = np.flatnonzero(self.of == i)
                if name in asks.does(self.rows[i]):
                    strong.append(int(own[numbers[own].argmax()]))
                else:
                    no.extend(map(int, own))
        return strong, no

    def numbers(self, rows: Any, final: Any) -> tuple[Any, Any]:
        """Numbers of all parts and of our sentences; where taught, by heads that hadn't seen it."""
        chance = np.random.default_rng(1)
        fold = np.where(rows, chance.integers(0, FOLDS, len(self.rows)), -1)
        ours = chance.integers(0, FOLDS, self.own)
        parts, alone = self.flat @ final, self.ours[: self.own] @ final
        for each in range(FOLDS):
            seen = [not any(ours[i] == each for i in (e.of or (n,))) for n, e in self._numbered()]
            made = self.sentence_heads(rows & (fold != each), np.array(seen))
            hidden = (fold == each)[self.of]
            parts[hidden] = self.flat[hidden] @ made
            alone[ours == each] = self.ours[: self.own][ours == each] @ made
        return parts, alone

    def _numbered(self) -> Iterable[tuple[int, Example]]:
        return enumerate(self.examples)

    def wholes(self, parts: Any, alone: Any) -> tuple[Any, Any]:
        """What the heads for whole texts weigh: of each row, and of each sentence of ours."""
        rows = [
            self._whole(self.cuts[i], parts[self.of == i], self.meant[i])
            for i in range(len(self.rows))
        ]
        ours = [
            self._whole(each, np.repeat(alone[i : i + 1], len(each.flat), axis=0), False)
            for i, each in enumerate(self.cuts_of_ours)
        ]
        return np.stack(rows), np.stack(ours)

    def _whole(self, cut: reading.Cut, raw: Any, meant: bool) -> Any:
        return whole.features(reading.seen(cut, raw, meant=meant))

    def whole_heads(self, rows: Any, of_rows: Any, of_ours: Any) -> Any:
        """The heads for whole texts as one matrix."""
        made = []
        for name in whole.NAMES:
            told = rows & np.array([asks.tells_whole(each, name) for each in self.rows])
            y = np.array([name in asks.as_whole(each) for each in self.rows])[told]
            x, weight = of_rows[told], np.ones(len(y), np.float32)
            if name not in asks.NOT_OF_SENTENCES:
                also = [name in asks.as_text(each) for each in self.examples[: self.own]]
                x, y = np.vstack([x, of_ours]), np.r_[y, also]
                weight = np.r_[weight, np.full(len(also), OURS)]
            made.append(fit_wide(x, y.astype(np.float32), weight.astype(np.float32)))
        return np.stack(made, axis=1)

    def all_rows(self) -> Any:
        """The heads for sentences and those for whole texts, each as one matrix."""
        rows = np.ones(len(self.rows), bool)
        final = self.sentence_heads(rows, np.ones(len(self.examples), bool))
        return final, self.whole_heads(rows, *self.wholes(*self.numbers(rows, final)))


def teach_heads(rows: Sequence[Row]) -> None:
    """Teach the heads, with the encoder and without, and keep them."""
    every = Lesson(rows, encoder())
    weights = every.sentence_heads(np.ones(len(rows), bool), np.ones(len(every.examples), bool))
    alone, over_alone = Lesson(rows, None).all_rows()
    made = {"weights": weights, "alone": alone, "whole_alone": over_alone}
    small = {name: each.astype(np.float16) for name, each in made.items()}
    np.savez_compressed(WEIGHTS, names=np.array(heads.NAMES), **small)
    print(f"wrote {WEIGHTS.name}: {WEIGHTS.stat().st_size} bytes, taught by {len(rows)} asks")
