"""What all forms share: days, and the way from a service's refusal to the field it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.db import transaction
from django.http import HttpRequest, QueryDict

from warmhand.problems import NotFound, Problem

T = TypeVar("T")


class Day(forms.DateField):
    """A day, picked or typed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget",
            forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        )
        super().__init__(**options)


class Words(forms.CharField):
    """A text of a few lines."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        options.setdefault("max_length", 10_000)
        super().__init__(**options)


def page_number(text: str | None) -> int:
    """The page of a list that an address asks for, from 1 up; the first for anything else."""
    fits = text is not None and text.isascii() and text.isdecimal() and len(text) < 7
    return max(1, int(text or 1)) if fits else 1


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def saved(form: forms.Form, save: Callable[..., T]) -> T | None:
    """What `save(**values)` made of a valid form; None when it was refused, and the form says why.

    A record that isn't there is no matter of the form: NotFound goes on to the gate.
    """
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return save(**form.cleaned_data)
    except NotFound:
        raise
    except Problem as problem:
        tell(form, problem)
        return None


def tell(form: forms.Form, problem: Problem) -> None:
    """Put a refusal where it belongs: on the fields it names, or over the form."""
    named = [place for place in problem.places if place.field in form.fields]
    for place in named:
        form.add_error(place.field, place.sentence)
    if not named:
        others = " ".join(place.sentence for place in problem.places)
        form.add_error(None, " ".join(filter(None, (problem.sentence, others, problem.lift))))
