"""Lines of business by their plain names: picked by ticks out of what is proposed while one types.

Without scripts the words typed are read when the form is sent: a code, a title, or refused with
what they may mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from warmhand.matching import Category, scheme, suggest
from warmhand.web import gate

PROPOSED: Final = 6
MOST: Final = 40
TYPED: Final = "_words"
"""Behind the field's name: that of the words one types to find a line."""


def line_of(said: str) -> str:
    """The code of a line of business said by its code or its title.

    Raises ValidationError, with what may be meant, for anything else.
    """
    said = " ".join(said.split())
    known = scheme()
    if said in known:
        return said
    found = suggest(said, PROPOSED)
    if same := next((it for it in found if it.title.casefold() == said.casefold()), None):
        return same.code
    meant = " Perhaps: " + "; ".join(f"{it.title} ({it.code})" for it in found[:3])
    raise forms.ValidationError(
        f"“{said}” is no line of business of {known.name}: choose one that is proposed."
        f"{meant if found else ''}"
    )


class LinesInput(forms.Widget):
    """Ticks of the lines picked, and a field whose words propose more of them."""

    template_name = "widgets/lines.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """What is ticked, then what was typed and not picked."""
        typed = data.get(f"{name}{TYPED}", "").strip()
        return [*data.getlist(name), *([typed] if typed else [])]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The lines picked by their titles, and the words that no line is called by."""
        said: Sequence[str] = value or ()
        picked, others = _split(said)
        context = super().get_context(name, None, attrs)
        more = {"picked": picked, "typed": " ".join(others), "words_name": f"{name}{TYPED}"}
        return {**context, **more, "name": name, "url": reverse_lazy("web:line_choices")}


def _split(said: Iterable[str]) -> tuple[list[Category], list[str]]:
    known, picked, others = scheme(), [], []
    for each in dict.fromkeys(said):
        found = known.get(each)
        if found is None:
            others.append(each)
        else:
            picked.append(found)
    return picked, others


class Lines(forms.Field):
    """Lines of business, several of them; each is one that the scheme has."""

    widget = LinesInput

    def clean(self, value: Any) -> list[str]:
        """Their codes, each once."""
        return list(dict.fromkeys(line_of(each) for each in value or () if each.strip()))[:MOST]


@require_safe
@gate.member()
def line_choices(request: gate.Request) -> HttpResponse:
    """Part of a form: the lines that are ticked, and those like what is being typed."""
    name = request.GET.get("name", "")
    name = name if name.isidentifier() else "categories"
    picked, _ = _split(request.GET.getlist(name))
    typed = request.GET.get(f"{name}{TYPED}", "")[:100]
    near = [it for it in suggest(typed, PROPOSED) if it not in picked]
    context = {"name": name, "picked": picked, "proposed": near}
    return render(request, "alliances/lines.html", context)
