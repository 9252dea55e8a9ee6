"""Makes the heads of `warmhand.wording` (logistic regressions) from our own sentences.

A sentence of `sentences.txt` teaches by itself; a labelled ask teaches by its strongest part, as
its labels say only what it does somewhere. Where it is measured on asks that are kept back,
sentences that lie close to one of those can be left out, so that what is measured is not what was
learnt.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from warmhand.listening.encoder import Encoder, encoder
from warmhand.wording.heads import NAMES, features
from warmhand.wording.sentences import clauses, sentences

HERE = Path(__file__).resolve().parent
LABELLED = HERE.parents[1] / "tests" / "wording" / "asks_labelled.json"
WEIGHTS = HERE.parents[1] / "src" / "warmhand" / "wording" / "heads.npz"
CLOSE = 0.85
"""Cosine from which a sentence counts as one that was kept back."""
PAIRS, RIDGE, ROUNDS = 500, 2.0, 2
JOINTS = (" ", " ", ", ", ", ", " - ", ", so ", " and ", ", then ")


@dataclass(frozen=True)
class Example:
    """A text and what it does."""

    text: str
    does: frozenset[str]


def labelled(split: str) -> list[dict[str, Any]]:
    """The labelled asks of one split."""
    return [each for each in json.loads(LABELLED.read_text()) if each["split"] == split]


def taught() -> list[dict[str, Any]]:
    """All labelled asks that the heads are taught by: for building, and the 60 in another voice."""
    fresh: list[dict[str, Any]] = json.loads(LABELLED.with_name("asks_fresh.json").read_text())
    return [*labelled("build"), *fresh]


def does(row: dict[str, Any]) -> frozenset[str]:
    """What a labelled ask does, in the names of the heads."""
    found = {name for name in ("reconfirm", "help") if row[name]}
    found |= {row["kind"]} & set(NAMES)
    breaches = set(row["breaches"])
    found |= {"pressure"} & breaches
    if "recommend_not_introduce" in breaches:
        found.add("recommend")
    if breaches & {"reward_to_coworker", "reward_undisclosed"}:
        found.add("reward")
    if "others_facts" in breaches:
        found.add("facts")
    return frozenset(found)


def own_sentences(*, apart: bool = False) -> list[Example]:
    """The sentences of `sentences.txt`; `apart` without those close to an ask that is kept back."""
    found, now = [], frozenset[str]()
    for line in (HERE / "sentences.txt").read_text().splitlines():
        if line.startswith("[") and line.endswith("]"):
            now = frozenset(line[1:-1].split())
        elif line and not line.startswith("#"):
            found.append(Example(line, now))
    if not apart:
        return found
    kept = encoder().encode([p for each in labelled("kept_back") for p in parts(each["text"])])
    ours = encoder().encode([each.text for each in found])
    near = (ours @ kept.T).max(axis=1)
    return [each for each, how in zip(found, near, strict=True) if how < CLOSE]


def pairs(examples: Sequence[Example]) -> list[Example]:
    """Two sentences joined to one: it does what both do."""
    chance = random.Random(21)
    first = [each for each in examples if each.does <= {"reconfirm"}]
    second = [each for each in examples if each.does != {"reconfirm"}]
    found = []
    for _ in range(PAIRS):
        a, b, joint = chance.choice(first), chance.choice(second), chance.choice(JOINTS)
        before, after = a.text, b.text
        if joint != " ":
            before = before.rstrip(".?!")
            after = after if after.startswith("I") else after[0].lower() + after[1:]
        found.append(Example(before + joint + after, a.does | b.does))
    return found


def parts(text: str) -> list[str]:
    """The sentences of a text and their clauses."""
    found = [p for each in sentences(text) for p in (each, *clauses(each))]
    return [each.text for each in found] or [text]


def fit(x: Any, y: Any, weight: Any, steps: int = 250) -> Any:
    """A ridge logistic regression by Nesterov's descent; the last column is its constant."""
    rarity = (weight[y == 0].sum() / weight[y > 0].sum()) ** 0.5
    weight = np.where(y > 0, weight * min(3.0, rarity), weight)
    ridge = np.full(x.shape[1], RIDGE, np.float32)
    ridge[-1] = 1e-3
    way = np.ones(x.shape[1], np.float32)
    for _ in range(12):
        way = x.T @ (weight * (x @ way))
        longest = np.linalg.norm(way)
        way /= longest
    pace = longest / 4 + RIDGE
    here = ahead = np.zeros(x.shape[1], np.float32)
    pull = 1.0
    for _ in range(steps):
        said = 1 / (1 + np.exp(-np.clip(x @ ahead, -30, 30)))
        there = ahead - (x.T @ (weight * (said - y)) + ridge * ahead) / pace
        following = (1 + (1 + 4 * pull * pull) ** 0.5) / 2
        here, ahead, pull = there, there + (pull - 1) / following * (there - here), following
    return here


class Lesson:
    """Everything the heads are taught, its features made once."""

    def __init__(
        self, rows: Iterable[dict[str, Any]], by: Encoder | None, *, apart: bool = False
    ) -> None:
        own = own_sentences(apart=apart)
        joined = pairs(own)
        self.examples = [*own, *joined]
        self.own = features([each.text for each in self.examples], by)
        self.weight = np.r_[np.ones(len(own)), np.full(len(joined), 0.4)].astype(np.float32)
        self.rows = list(rows)
        self.does = [does(each) for each in self.rows]
        cut = [parts(each["text"]) for each in self.rows]
        self.parts = [features(each, by) for each in cut]

    def head(self, name: str, without: frozenset[int] = frozenset()) -> Any:
        """The weights of one head, taught by all rows but those numbered `without`."""
        y = np.array([name in each.does for each in self.examples], np.float32)
        head = fit(self.own, y, self.weight)
        chosen = [i for i in range(len(self.rows)) if i not in without]
        for _ in range(ROUNDS):
            x, also, weight = self._strongest(name, head, chosen)
            head = fit(np.vstack([self.own, x]), np.r_[y, also], np.r_[self.weight, weight])
        return head

    def _strongest(self, name: str, head: Any, chosen: Sequence[int]) -> Any:
        x, y, weight = [], [], []
        for i in chosen:
            if name == "disclose" or (name == "facts" and self.rows[i]["context"]):
                continue
            of = self.parts[i]
            if name in self.does[i]:
                x.append(of[int(np.argmax(of @ head))][None])
                y.append(1.0)
                weight.append(1.5)
            elif name != "reward" or self.rows[i]["kind"] == "none":
                x.append(of)
                y += [0.0] * len(of)
                weight += [0.8] * len(of)
        if not x:
            return self.own[:0], np.zeros(0, np.float32), np.zeros(0, np.float32)
        return np.vstack(x), np.array(y, np.float32), np.array(weight, np.float32)


def heads(lesson: Lesson, without: frozenset[int] = frozenset()) -> Any:
    """All heads as one matrix, a column each."""
    return np.stack([lesson.head(name, without) for name in NAMES], axis=1).astype(np.float32)


def main() -> None:
    rows = taught()
    made, alone = heads(Lesson(rows, encoder())), heads(Lesson(rows, None))
    np.savez_compressed(WEIGHTS, names=np.array(NAMES), weights=made, alone=alone)
    print(f"wrote {WEIGHTS.name}: {made.shape[1]} heads of {made.shape[0]} weights")
