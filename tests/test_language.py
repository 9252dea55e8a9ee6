"""English is told from other languages; what isn't surely foreign is taken for English.

The sentences of `other_languages.json` were written by us before they were tried.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from bench import match as bench
from hypothesis import given
from hypothesis import strategies as st

from shared_data import shared_path
from tools.matching.__main__ import texts
from warmhand import language
from warmhand.language import ANOTHER, FEWEST_WORDS, NAMES, foreign
from warmhand.wording import catalogue

HERE = Path(__file__).parent
OTHERS = json.loads((HERE / "matching" / "other_languages.json").read_text())
ASKS = ("asks_by_others", "asks_fresh", "asks_fresh_2", "asks_labelled")


def lost(those: Iterable[str]) -> list[str]:
    return [text for text in those if foreign(text)]


def of_the_catalogue(code: str) -> list[str]:
    """Sentences that clients read, of three words or more, without those that hold names."""
    said = catalogue(code).texts.values()
    parts = [part.strip() for text in said for part in re.split(r"(?<=[.!?])\s+|\n+", text)]
    return sorted({part for part in parts if len(part.split()) >= FEWEST_WORDS and "{" not in part})


def test_no_english_need_and_no_ask_is_lost():
    rows = [*bench.third_rows(), *bench.without_need()]
    asks = [
        row["text"]
        for name in ASKS
        for row in json.loads((HERE / "wording" / f"{name}.json").read_text())
    ]
    assert lost(row["text"] for row in rows) == []
    assert lost(asks) == []


def test_no_english_text_of_the_shared_sets_is_lost():
    shared_path("needs")
    rows = [*bench.shared_rows(), *bench.second_rows(), *bench.situations()]
    assert lost(row["text"] for row in rows) == []
    intents = json.loads((shared_path("intents") / "clinc150_train_val.json").read_text())
    said = [text for text, _ in intents["val"]]
    assert len(lost(said)) / len(said) <= 0.001


def test_our_own_sayings_and_names_stay_english():
    """Names of trades are no sentences, and some are borrowed: 'Bureau de change'."""
    ours = texts()
    assert len(lost(ours)) / len(ours) <= 0.002


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_are_told_and_named(name):
    told = [foreign(text) for text in OTHERS[name]]
    assert sum(map(bool, told)) / len(told) >= 0.85
    assert set(told) <= {"", name, ANOTHER}
    assert told.count(name) / len(told) >= 0.75


@pytest.mark.parametrize("code", ["de", "es", "fr", "nl"])
def test_what_our_catalogues_say_is_told(code):
    said = of_the_catalogue(code)
    assert len(said) > 100
    told = [foreign(text) for text in said]
    assert sum(map(bool, told)) / len(told) >= 0.95
    assert told.count(NAMES[code]) / len(told) >= 0.85


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ich brauche einen Klempner", "German"),
        ("Ich brauche einen notary in Berlin", "German"),
        ("水道業者が必要です", "Japanese"),
        ("ჩემს სახლში წყალი ჟონავს", ANOTHER),
        ("We need a Steuerberater", ""),
        ("Notar", ""),
        ("Klempner Notdienst", ""),
        ("Je cherche", ""),
        ("payroll person quit", ""),
        ("xyzzy qwerty asdf", ""),
        ("12 34 56", ""),
        ("😀 😀 😀 😀", ""),
        ("", ""),
    ],
)
def test_a_word_or_two_and_what_nobody_can_tell_are_taken_for_english(text, said):
    assert foreign(text) == said


def test_an_english_text_never_loads_the_table(monkeypatch):
    """Reading English costs neither its memory nor its half second."""
    monkeypatch.setattr(language, "_identifier", lambda: pytest.fail("it was loaded"))
    assert foreign("Could somebody look at the roof of our shed, please? It's leaking") == ""


@given(st.text(max_size=300))
def test_any_text_gets_the_same_answer_twice(text):
    found = foreign(text)
    assert found in {"", ANOTHER, *NAMES.values()} - {"English"}
    foreign.cache_clear()
    assert foreign(text) == found
