"""The pages about favours stand side by side: the list, the coverage, who has had none."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

PAGES: Final = (
    ("favours", "Favours"),
    ("favours-coverage", "Coverage"),
    ("favours-none", "Who has had none"),
)


def favour_tabs(here: str) -> list[dict[str, Any]]:
    """The tabs, with the one of this page marked."""
    return [
        {"label": label, "url": reverse(f"web:{route}"), "here": route == here}
        for route, label in PAGES
    ]
