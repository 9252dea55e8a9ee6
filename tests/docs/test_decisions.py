"""Each library has its decision record, and each record has the parts that make it useful."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def _named(requirement: str) -> str:
    return re.split(r"[\[;<>=~! ]", requirement, maxsplit=1)[0].lower()


def _libraries() -> list[str]:
    run = PROJECT["project"]["dependencies"]
    test = PROJECT["dependency-groups"]["test"]
    built = PROJECT["build-system"]["requires"]
    return sorted({_named(each) for each in (*run, *test, *built) if not each.startswith("types-")})


@pytest.mark.parametrize("library", _libraries())
def test_each_library_is_chosen_in_a_record(library):
    told = "\n".join(path.read_text().lower() for path in RECORDS)
    assert re.search(rf"(?<![\w-]){re.escape(library)}(?![\w-])", told), library


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_each_record_says_why_what_not_and_what_follows(path):
    told = path.read_text()
    number = int(path.name[:4])
    assert told.startswith(f"# {number}. ")
    for part in (
        "Status: ",
        "## The question",
        "## Taken",
        "## Roads not taken",
        "## What follows",
    ):
        assert part in told, part


def test_numbers_are_given_once():
    numbers = [path.name[:4] for path in RECORDS]
    assert len(numbers) == len(set(numbers))
