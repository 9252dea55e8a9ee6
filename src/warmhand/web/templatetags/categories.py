"""What a category is called on a page."""

from __future__ import annotations

from django import template

from warmhand.web.categories import title_of

register = template.Library()


@register.filter
def category_title(code: str) -> str:
    """The title of a category by its code."""
    return title_of(code)
