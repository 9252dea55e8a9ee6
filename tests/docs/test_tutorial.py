"""The tutorial, followed to the letter: each command run, each output compared."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from tests.docs.tutorial import Step, matches, reader, steps

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "tutorial" / "first-ask.md"
OURS = ("WARMHAND_", "DATABASE_URL", "DJANGO_", "PYTEST_", "PG", "PORT")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def clean_environment(port: int) -> dict[str, str]:
    """A reader's: nothing of this test run, and a port that is free."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PORT": str(port)}


@pytest.mark.slow
def test_the_tutorial_does_what_it_says(tmp_path):
    port = free_port()
    page = PAGE.read_text()
    with reader(tmp_path, clean_environment(port), Path(sys.prefix)) as somebody:
        for step in steps(page, port):
            got = somebody.follow(step)
            assert matches(step.wanted, got), f"{PAGE.name}:{step.line}: $ {step.text}\n{got}"


def test_a_page_is_read_as_files_commands_and_outputs():
    page = (
        "<!-- file: a.txt -->\n```text\nx\n```\n\n```console\n$ one\nout ...\n$ two\n```\n"
        "<!-- second terminal -->\n```console\n$ warmhand serve\nat 8000\n```\n"
    )
    assert list(steps(page, 81)) == [
        Step(3, "a.txt", "x\n"),
        Step(7, "command", "one", "out ...\n"),
        Step(7, "command", "two", ""),
        Step(13, "second terminal", "warmhand serve", "at 81\n"),
    ]


def test_a_block_that_nothing_runs_is_not_allowed():
    with pytest.raises(AssertionError, match="a block that nothing runs"):
        list(steps("```sh\nrm -rf x\n```\n", 81))


def test_an_output_that_differs_is_noticed():
    assert matches("a ... c\n", "a b c\n")
    assert not matches("a ... c\n", "a b d\n")
