"""Our plain names of providers, and what people say when they need one; and when they don't."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Starter:
    """A kind of provider: its code, its name, other names, what people say who need one."""

    code: str
    title: str
    words: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All its names."""
        return (self.title, *self.words)


@cache
def starters() -> tuple[Starter, ...]:
    """All kinds of the folder `kinds`, one file an economic sector, by their codes."""
    tables: dict[str, Any] = {}
    for file in resources.files(__package__).joinpath("kinds").iterdir():
        tables |= tomllib.loads(file.read_text("utf-8"))
    return tuple(
        Starter(code, each["title"], tuple(each["words"]), tuple(_lines(each["told"])))
        for code, each in sorted(tables.items())
    )


@cache
def idle() -> tuple[str, ...]:
    """What people say when they need nobody."""
    text = resources.files(__package__).joinpath("idle.txt").read_text("utf-8")
    return tuple(_lines(text)[1:])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
