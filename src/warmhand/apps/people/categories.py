"""The code of a category on a record: one that the scheme has, or none (P29, P31)."""

from __future__ import annotations

from warmhand.apps.island.order import require
from warmhand.matching import scheme


def why_no_category(code: str) -> str:
    """Why this can't stand as a category; '' where it can."""
    if not code or scheme().get(code) is not None:
        return ""
    return (
        f"“{code}” is no code of {scheme().name}. Type a word or two and choose one, or leave "
        "it empty."
    )


def require_category(code: str) -> None:
    """Raise ValidationError on `category` unless the scheme has this code, or it is empty."""
    sentence = why_no_category(code)
    require(not sentence, "category", sentence)
