"""Categories of needs and services as pages name them: the one place that knows the scheme."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from warmhand.apps.giving.queries import need_by_id
from warmhand.listening.encoder import encoder_or_none
from warmhand.matching import near_categories, not_read, scheme, suggest
from warmhand.matching.schemes import Category
from warmhand.web import gate

TYPED: Final = 6


def title_of(code: str) -> str:
    """What a category is called; a code that no scheme knows is called by itself."""
    return scheme().title(code)


def meant_by(words: str) -> list[Category]:
    """Categories that a sentence sounds like, likeliest first: as matching reads a need (P29)."""
    known = scheme()
    near = near_categories(words, encoder_or_none())
    return [found for code, _ in near if (found := known.get(code)) is not None]


@require_safe
@gate.member()
def category_choices(request: gate.Request) -> HttpResponse:
    """Part of a form: categories like what is being typed, as buttons or as a datalist."""
    typed = request.GET.get("text") or request.GET.get("category", "")
    as_buttons = "text" in request.GET
    template = "quick/categories.html" if as_buttons else "records/category_codes.html"
    return render(request, template, {"categories": suggest(typed[:100], TYPED)})


@require_safe
@gate.member()
def need_categories(request: gate.Request, need_id: int) -> HttpResponse:
    """Part of a quick note: categories that a need sounds like, as buttons.

    A part of its own, so that the note is there at once: reading a sentence takes a moment.
    """
    words = need_by_id(need_id).words
    context = {"categories": meant_by(words), "why_not": not_read(words)}
    return render(request, "quick/categories.html", context)
