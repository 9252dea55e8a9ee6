"""Categories of needs and services as pages name them: the one place that knows the scheme."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from warmhand.matching import common_words, scheme, suggest
from warmhand.matching.alike import words_of
from warmhand.matching.schemes import Category
from warmhand.web import gate

MOST: Final = 4
OF_EACH_WORD: Final = 3
TYPED: Final = 6


def title_of(code: str) -> str:
    """What a category is called; a code that no scheme knows is called by itself."""
    return scheme().title(code)


def suggestions(words: str) -> list[Category]:
    """Categories that a sentence may mean: only such as share a word with it, likeliest first."""
    near = {it.code: it for word in words_of(words) for it in suggest(word, OF_EACH_WORD)}
    shared = {
        code: len(common_words(" ".join((it.title, *it.words)), (words,)))
        for code, it in near.items()
    }
    found = [it for it in near.values() if shared[it.code]]
    return sorted(found, key=lambda it: (not it.plain, -shared[it.code], -len(it.code)))[:MOST]


@require_safe
@gate.member()
def category_choices(request: gate.Request) -> HttpResponse:
    """Part of a form: categories like what is being typed, as buttons or as a datalist."""
    typed = request.GET.get("text") or request.GET.get("category", "")
    as_buttons = "text" in request.GET
    template = "quick/categories.html" if as_buttons else "records/category_codes.html"
    return render(request, template, {"categories": suggest(typed[:100], TYPED)})
