"""The legal packs that come with this version, read from the files beside this one."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from .rule import SECTORS, UNKNOWN, About, Mode, Outcome, Pack, Ruling, Side, about, ruling


@cache
def packs() -> tuple[Pack, ...]:
    """Every pack, by its id."""
    found = [
        _pack(tomllib.loads(file.read_text("utf-8")))
        for file in files(__name__).iterdir()
        if file.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda pack: pack.id))


def between(*sides: Side, on: dt.date) -> Ruling:
    """What the packs of this version let these sides do on a day."""
    return ruling(packs(), *sides, on=on)


def _pack(values: dict[str, Any]) -> Pack:
    lists = ("jurisdiction", "sector", "consent_needed")
    values |= {name: tuple(values[name]) for name in lists}
    values |= {
        "reciprocity_mode": Mode(values["reciprocity_mode"]),
        "about": tuple(About(each) for each in values["about"]),
        "outcome_visibility": Outcome(values.get("outcome_visibility", Outcome.WITH_CONSENT)),
    }
    return Pack(**values)


__all__ = [
    "SECTORS",
    "UNKNOWN",
    "About",
    "Mode",
    "Outcome",
    "Pack",
    "Ruling",
    "Side",
    "about",
    "between",
    "packs",
    "ruling",
]
