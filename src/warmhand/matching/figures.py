"""Whole numbers as people read them in a sentence."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 day", "0 days", "3 days"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def times(number: int) -> str:
    """How often: "once", "2 times"."""
    return "once" if number == 1 else f"{number} times"


def grouped(number: int) -> str:
    """A comma between the thousands, and a real minus: "5,700", "−3"."""
    return f"{number:,}".replace("-", "−")
