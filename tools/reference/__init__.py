"""The reference pages, written from the code each time the documentation is built.

`docs/conf.py` calls `write_all`. Nothing that the code already says is typed a second time: what
is not in a registry (rules, moves, facts, settings, abilities, commands, the API's document) is
read from the source itself (error codes).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from . import (
    api,
    codes,
    commands,
    facts,
    hooks,
    moves,
    practice,
    roles,
    rules,
    settings,
    wording,
)

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "reference"


def pages() -> Iterator[tuple[str, str]]:
    """Every generated page: its path under docs/reference, and its text."""
    yield from rules.pages()
    yield "moves.md", moves.page()
    yield "facts.md", facts.page()
    yield "policy.md", settings.policy_page()
    yield "environment.md", settings.environment_page()
    yield "errors.md", codes.page()
    yield "commands.md", commands.page()
    yield "practice.md", practice.page()
    yield "roles.md", roles.page()
    yield "api.md", api.page()
    yield "hooks.md", hooks.page()
    yield "wording.md", wording.page()


def write_all(folder: Path = FOLDER) -> set[Path]:
    """Write what has changed, remove rules that are gone; every path that is generated."""
    made = {folder / name: text for name, text in pages()}
    for path, text in made.items():
        if not path.exists() or path.read_text() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    for path in (folder / "rules").glob("*.md"):
        if path not in made:
            path.unlink()
    return set(made)
