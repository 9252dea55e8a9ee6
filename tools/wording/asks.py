"""The labelled asks and our own sentences: who wrote them, and what they do."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from warmhand.wording.heads import NAMES

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / "tests" / "wording"
OF_KIND = ("intro", "rec", "reconfirm", "help")
"""What is labelled even where no breach is."""
FROM_AA = tuple(f"a{each}" for each in "abcdefghijk")
OTHERS = ("mine", *"abcdefhijlmnoprstuvxy", *FROM_AA)
"""The authors whose asks teach."""
LATER = ("a", "e", "y", *FROM_AA)
"""They don't teach the heads, whose making grows with the cube of the number of texts."""
LAST = FROM_AA[-5:]
"""Those who came last: one of the two networks of which the mean is kept goes without them."""
KEPT_BACK = ("g", "k", "q", "w", "z", "zz", "al")
"""Those whose asks teach nothing."""
OF_LETTERS = ("lb", "le", "lf", "lg", "lh", "li", "lj", "lk")
"""The authors whose letters teach: whole e-mails, and what is said at length."""
LETTERS_KEPT_BACK = ("lc", "ld")
"""Those whose letters teach nothing, set nothing (as `la`'s did) and are only counted."""
NO_ALONE_OF_REC = ("h", "j", "k")
"""They never mark `i_not_we` where a recommendation is asked for; the others do."""
PAIRS = 500
JOINTS = (" ", " ", ", ", ", ", " - ", ", so ", " and ", ", then ")
Row = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """A sentence and what it does; a pair remembers the two that it was made of."""

    text: str
    does: frozenset[str]
    of: tuple[int, ...] = ()


def labelled(split: str) -> list[Row]:
    """Our labelled asks of one split."""
    rows = json.loads((FOLDER / "asks_labelled.json").read_text())
    return [each for each in rows if each["split"] == split]


def of_author(author: str) -> list[Row]:
    """The asks that one author wrote and labelled, without sight of the checks."""
    return _by_author("asks_by_others.json").get(author, [])


def letters_of(*authors: str) -> list[Row]:
    """The letters that these authors wrote and labelled, without sight of the checks."""
    by = _by_author("letters_by_others.json")
    return [each for author in authors for each in by[author]]


@cache
def _by_author(name: str) -> Mapping[str, list[Row]]:
    """What a file of ours holds, by author; read once, not once for each of them."""
    found: dict[str, list[Row]] = {}
    for each in json.loads((FOLDER / name).read_text()):
        found.setdefault(each["author"], []).append(each)
    return found


def taught() -> dict[str, list[Row]]:
    """All labelled asks that the heads are taught by, by author."""
    return {
        "ours": labelled("build"),
        "fresh": json.loads((FOLDER / "asks_fresh.json").read_text()),
        "fresh_2": json.loads((FOLDER / "asks_fresh_2.json").read_text()),
        **{author: of_author(author) for author in OTHERS},
    }


def rows_of(by: Mapping[str, Sequence[Row]], *, without: Collection[str] = ()) -> list[Row]:
    """The asks of all authors but those, one author after the other."""
    return [row for author, rows in by.items() if author not in without for row in rows]


def kept_back() -> dict[str, list[Row]]:
    """All labelled asks that teach nothing, by author: they are only measured on."""
    return {"ours": labelled("kept_back"), **{author: of_author(author) for author in KEPT_BACK}}


def letters_kept_back() -> dict[str, list[Row]]:
    """The letters that teach nothing and set nothing, by author."""
    return {author: letters_of(author) for author in LETTERS_KEPT_BACK}


def does(row: Row) -> frozenset[str]:
    """What a labelled ask does, in the names of the heads for sentences."""
    found = {name for name in ("reconfirm", "help") if row[name]} | ({row["kind"]} & set(NAMES))
    breaches = set(row.get("breaches", ()))
    found |= {"pressure"} & breaches
    if "recommend_not_introduce" in breaches:
        found.add("recommend")
    if breaches & {"reward_to_coworker", "reward_undisclosed"}:
        found.add("reward")
    if "others_facts" in breaches:
        found.add("facts")
    return frozenset(found)


def as_whole(row: Row) -> frozenset[str]:
    """The same in the names of the heads for a whole text."""
    breaches = row.get("breaches", ())
    bare = {"bare"} if "bare_referrals" in breaches else set()
    inside = {"inside"} if "reward_to_coworker" in breaches else set()
    alone = {"alone"} if "i_not_we" in breaches else set()
    return does(row) | {row["kind"]} | bare | inside | alone


NOT_OF_SENTENCES = ("bare", "inside", "alone")
"""What a single sentence of ours doesn't say of a text."""


def as_text(example: Example) -> frozenset[str]:
    """What a sentence of ours does where it is the whole text."""
    kind = "rec" if "rec" in example.does else "intro" if "intro" in example.does else "none"
    return (example.does - {"intro", "rec", "none"}) | {kind}


def tells(row: Row, name: str) -> bool:
    """Whether a row's labels say if a sentence of it does that."""
    if name == "disclose" or (name == "facts" and row["context"].get("facts")):
        return False
    if name == "reward" and name not in does(row):
        return bool(row["kind"] == "none")
    return "breaches" in row or name in OF_KIND


def tells_whole(row: Row, name: str) -> bool:
    """Whether a row's labels say if the whole text does that."""
    if name == "bare":
        return "breaches" in row and row["kind"] == "intro" and not row["reconfirm"]
    if name == "reward":
        return "breaches" in row and not row["context"].get("disclosure")
    if name == "inside":
        return "reward" in does(row)
    if name == "alone":
        of_rec = row["kind"] == "rec" and row.get("author") in NO_ALONE_OF_REC
        return "breaches" in row and not of_rec
    return name == "none" or tells(row, name)


def own_sentences(*, more: bool = True) -> list[Example]:
    """Our own sentences; without `more` none that was written after other authors were read."""
    files = ["sentences.txt", "sentences_more.txt"] if more else ["sentences.txt"]
    found, now = [], frozenset[str]()
    for line in (line for name in files for line in (HERE / name).read_text().splitlines()):
        if line.startswith("[") and line.endswith("]"):
            now = frozenset(line[1:-1].split())
        elif line and not line.startswith("#"):
            found.append(Example(line, now))
    return found


def pairs(examples: Sequence[Example]) -> list[Example]:
    """Two sentences joined to one: it does what both do."""
    chance = random.Random(21)
    first = [i for i, each in enumerate(examples) if each.does <= {"reconfirm"}]
    second = [i for i, each in enumerate(examples) if each.does != {"reconfirm"}]
    found = []
    for _ in range(PAIRS):
        i, j, joint = chance.choice(first), chance.choice(second), chance.choice(JOINTS)
        before, after = examples[i].text, examples[j].text
        if joint != " ":
            before = before.rstrip(".?!")
            after = after if after.startswith("I") else after[0].lower() + after[1:]
        both = examples[i].does | examples[j].does
        found.append(Example(before + joint + after, both, (i, j)))
    return found


def fingerprint(*, letters: bool = False) -> str:
    """Of all that teaches a network: it keeps it, and a test sees when it is stale."""
    ours = [[each.text, sorted(each.does)] for each in own_sentences()]
    all_of_it = [taught(), ours, *([letters_of(*OF_LETTERS)] if letters else [])]
    return hashlib.sha256(json.dumps(all_of_it, sort_keys=True).encode()).hexdigest()
