"""How well `check` reads: precision, recall and F1 of each label.

    python -m bench.wording [--without b d] [--asks PATH ...]

The 24 of the shared folder, our asks that are kept back, those of seven authors whose texts taught
nothing and were seen by nobody who built the checks, all of these together, the whole letters of
two such authors, and any file of the same shape that is named; each with the encoder and with rules
alone. `--without` teaches one network anew without an author (twenty minutes; needs the group
`teach` of pyproject.toml) and reads what that author wrote: what to expect of a stranger's texts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from tools.wording import asks, train
from warmhand.listening.encoder import encoder
from warmhand.wording import CODES, Checked, check, context_from
from warmhand.wording import heads as shipped_heads
from warmhand.wording import network as shipped_network

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data" / "wording" / "asks_dev.json"
LABELS = ("intro", "rec", "none", "we", "reconfirm", "help", *CODES)
Row = dict[str, Any]


def labels(row: Row) -> set[str]:
    found = {row["kind"], *(name for name in ("we", "reconfirm", "help") if row[name])}
    return found | set(row.get("breaches", ()))


def found(checked: Checked) -> set[str]:
    has = checked.as_dict()["has"]
    codes = {each.code for each in checked.breaches}
    return {checked.kind, *(name for name, there in has.items() if there), *codes}


def figures(pairs: Sequence[tuple[set[str], set[str]]]) -> dict[str, tuple[int, int, int]]:
    """For each label: rightly found, wrongly found, missed."""
    return {
        name: (
            sum(name in a and name in b for a, b in pairs),
            sum(name not in a and name in b for a, b in pairs),
            sum(name in a and name not in b for a, b in pairs),
        )
        for name in LABELS
    }


def share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 1.0


def read(rows: Iterable[Row], by: Any) -> list[tuple[set[str], set[str]]]:
    return [
        (labels(row), found(check(row["text"], context_from(row.get("context", {})), encoder=by)))
        for row in rows
    ]


@contextmanager
def taught(weights: Any, network: bytes) -> Any:
    """Read with another network and other heads for sentences than those we ship."""
    session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])
    before = shipped_heads._all, shipped_network._session
    shipped_heads._all = lambda: {"weights": weights}  # type: ignore[assignment]
    shipped_network._session = lambda _: session  # type: ignore[assignment]
    try:
        yield
    finally:
        shipped_heads._all, shipped_network._session = before


def without(author: str) -> list[tuple[set[str], set[str]]]:
    """An author's asks read by what the other authors only have taught.

    Nor is it taught by the sentences that were written after b and d had been read.
    """
    from tools.wording import network

    by = asks.taught()
    rows, others = by[author], asks.rows_of(by, without=[author])
    lesson = train.Lesson(others, encoder(), more=False)
    every = np.ones(len(others), bool), np.ones(len(lesson.examples), bool)
    made = network.teach(network.lessons(others, more=False), encoder())
    with taught(lesson.sentence_heads(*every), network.written(made)):
        return read(rows, encoder())


def tell(title: str, pairs: Sequence[tuple[set[str], set[str]]], *, codes: bool = True) -> None:
    print(f"\n{title} ({len(pairs)} texts)")
    print(f"  {'label':26} precision recall  F1    of")
    for name, (right, wrong, missed) in figures(pairs).items():
        if not codes and name in CODES:
            continue
        p, r = share(right, wrong), share(right, missed)
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        mark = " " if min(p, r) >= 0.95 else "<"
        print(f"  {name:26} {p:9.2f} {r:6.2f} {f1:5.2f} {right + missed:5d} {mark}")


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--without", nargs="*", default=[], help="authors, each left out once")
    given.add_argument("--asks", type=Path, nargs="*", default=[])
    given.add_argument("--wrong", action="store_true", help="show what was read wrongly")
    asked = given.parse_args()
    began = time.perf_counter()
    reader = encoder()
    print(f"encoder loaded in {time.perf_counter() - began:.2f} s")
    sets: list[tuple[str, list[Row], bool]] = []
    if SHARED.exists():
        sets.append(("asks_dev", json.loads(SHARED.read_text()), False))
    strangers = {f"author {name}": rows for name, rows in asks.kept_back().items()}
    sets += [(name, rows, True) for name, rows in strangers.items()]
    sets += [(path.name, json.loads(path.read_text()), True) for path in asked.asks]
    together: list[tuple[set[str], set[str]]] = []
    for name, rows, codes in sets:
        pairs = read(rows, reader)
        together += pairs if name in strangers else []
        tell(f"{name}, rules and encoder", pairs, codes=codes)
        if asked.wrong:
            wrong(rows, pairs)
        tell(f"{name}, rules alone", read(rows, None), codes=codes)
    tell("all who taught nothing, rules and encoder", together)
    for author, rows in asks.letters_kept_back().items():
        tell(f"letters of {author}, rules and encoder", read(rows, reader))
        tell(f"letters of {author}, rules alone", read(rows, None))
    for author in asked.without:
        pairs = without(author)
        tell(f"author {author}, who had taught nothing", pairs, codes=author != "mine")


def wrong(rows: Sequence[Row], pairs: Sequence[tuple[set[str], set[str]]]) -> None:
    for row, (is_, said) in zip(rows, pairs, strict=True):
        if "breaches" not in row:
            said = said - set(CODES)
        if is_ != said:
            print(f"    missed {sorted(is_ - said)}, wrongly {sorted(said - is_)}: {row['text']}")


if __name__ == "__main__":
    main()
