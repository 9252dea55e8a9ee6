"""Categories of needs and services as pages name them: the one place that knows the scheme."""

from __future__ import annotations

from typing import Any


def title_of(code: str) -> str:
    """What a category is called; a code that no scheme knows is called by itself."""
    return code


def suggestions(words: str) -> list[Any]:
    """Categories that the words may mean, likeliest first: each with `code` and `title`."""
    return []
