"""A fact's number as a person says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from warmhand.rulebook import FACTS, NEVER, Facts, Unit


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _age(value: int) -> str:
    if value >= NEVER:
        return "never"
    return f"{_days(value)} ago" if value >= 0 else f"in {_days(-value)}"


def _countdown(value: int) -> str:
    if abs(value) >= NEVER:
        return "none"
    return f"in {_days(value)}" if value >= 0 else f"{_days(-value)} ago"


def _score(value: int) -> str:
    return "none" if value < 0 or value >= NEVER else f"{value} of 10"


_SAY: Final[dict[Unit, Callable[[int], str]]] = {
    Unit.AGE: _age,
    Unit.COUNTDOWN: _countdown,
    Unit.SCORE: _score,
    Unit.FLAG: lambda value: "yes" if value else "no",
    Unit.COUNT: str,
}
_CONSENT: Final = {1: "given", 0: "withdrawn", -1: "not recorded"}


def said(name: str, value: int) -> str:
    """The value of a fact in words: `never`, `12 days ago`, `8 of 10`."""
    if name == "consent":
        return _CONSENT.get(value, str(value))
    if name == "tenure":
        return "not known" if value >= NEVER else _days(value)
    return _SAY[FACTS[name].unit](value)


def all_said(facts: Facts) -> list[dict[str, str]]:
    """Every fact as a row: its name, sentence, value in words and practice number."""
    return [
        {
            "name": name,
            "sentence": FACTS[name].sentence,
            "value": said(name, value),
            "practice": FACTS[name].practice,
        }
        for name, value in facts.as_dict().items()
    ]
