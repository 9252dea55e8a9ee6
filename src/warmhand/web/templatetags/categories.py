"""What a category is called on a page."""

from __future__ import annotations

from django import template

from warmhand.matching import not_read
from warmhand.problems import WhyNot
from warmhand.web.categories import title_of

register = template.Library()


@register.filter
def category_title(code: str) -> str:
    """The title of a category by its code."""
    return title_of(code)


@register.filter
def why_not_read(words: str) -> WhyNot | None:
    """Why no category is read from somebody's words; None where one is."""
    return not_read(words)
