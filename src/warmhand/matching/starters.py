"""Our plain names of providers, and what people say when they need one; and when they don't."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


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
    """All of `starters.toml`, in its order."""
    tables = tomllib.loads(_packaged("starters.toml"))
    return tuple(
        Starter(code, each["title"], tuple(each["words"]), tuple(_lines(each["told"])))
        for code, each in tables.items()
    )


@cache
def idle() -> tuple[str, ...]:
    """What people say when they need nobody."""
    return tuple(_lines(_packaged("idle.txt"))[1:])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _packaged(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
