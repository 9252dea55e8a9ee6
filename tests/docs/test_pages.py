"""What the hand-written pages point at and tell people to type is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tools import reference
from warmhand.cli.frame import COMMANDS
from warmhand.config import env

ROOT = Path(__file__).resolve().parent.parent.parent
WRITTEN = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")]
WRITTEN += sorted(
    path
    for path in (ROOT / "docs").rglob("*.md")
    if "_build" not in path.parts
    and not (path.is_relative_to(reference.FOLDER) and path.name != "index.md")
    and path.parent.name != "rules"
)
GENERATED = {reference.FOLDER / name for name, _ in reference.pages()}
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
BLOCK = re.compile(r"```(?:sh|console)\n(.*?)```|`([^`\n]+)`", re.S)
VARIABLE = re.compile(r"\bWARMHAND_[A-Z_]+\b")
IDS = [str(path.relative_to(ROOT)) for path in WRITTEN]


@pytest.mark.parametrize("path", WRITTEN, ids=IDS)
def test_every_link_leads_somewhere(path):
    for target in LINK.findall(path.read_text()):
        if "://" not in target:
            there = (path.parent / target).resolve()
            assert there.exists() or there in GENERATED, target


@pytest.mark.parametrize("path", WRITTEN, ids=IDS)
def test_every_command_told_is_one(path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    code = "\n".join(block or inline for block, inline in BLOCK.findall(path.read_text()))
    for name in re.findall(r"(?:^|[\s/;(])warmhand ([a-z]+(?:-[a-z]+)*)\b", code):
        assert name in COMMANDS, f"warmhand {name}"
    for name in re.findall(r"(?:^|\s)make ([a-z-]+)", code):
        assert name in targets, f"make {name}"


@pytest.mark.parametrize("path", WRITTEN, ids=IDS)
def test_every_variable_told_is_one_that_is_read(path):
    known = {setting.name for setting in env.SETTINGS} | read_by_tests()
    assert set(VARIABLE.findall(path.read_text())) <= known


@cache
def read_by_tests() -> set[str]:
    """Variables by which tests, not the product, are told something."""
    code = (ROOT / "tests").rglob("*.py")
    return {name for path in code for name in VARIABLE.findall(path.read_text())}


def test_the_picture_is_small_enough_to_wait_for():
    for path in (ROOT / "docs" / "images").iterdir():
        assert path.stat().st_size < 300_000, path.name


def test_the_readme_tells_what_the_makefile_needs():
    told = (ROOT / "README.md").read_text()
    for word in ("make run", "make test", "git, make and Python 3.11", "PORT=", "DATABASE_URL"):
        assert word in told
