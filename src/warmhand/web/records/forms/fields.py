"""Fields and small forms that all kinds of record share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone

from warmhand.web.forms import Day

TEXT = 200


class Line(forms.CharField):
    """A short text that may be left out."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("max_length", TEXT)
        super().__init__(**options)


class Happened(Day):
    """The day something happened: today unless another one is named."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "When")
        options.setdefault("initial", timezone.localdate)
        super().__init__(**options)


class CategoryInput(forms.TextInput):
    """A text with codes and titles proposed while one types."""

    template_name = "widgets/category.html"


class Category(Line):
    """A code of the scheme of categories, chosen from what is proposed or typed."""

    def __init__(self, **options: Any) -> None:
        attrs = {
            "list": "category-codes",
            "autocomplete": "off",
            "hx-get": reverse_lazy("web:category_choices"),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": "#category-codes",
            "hx-swap": "outerHTML",
        }
        options.setdefault("widget", CategoryInput(attrs))
        options.setdefault("label", "Category")
        options.setdefault("max_length", 12)
        options.setdefault(
            "help_text", "Type a word or two, and choose the line of work (NAICS 2022)."
        )
        super().__init__(**options)


class Score(forms.IntegerField):
    """0 to 10."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", 0)
        options.setdefault("max_value", 10)
        super().__init__(**options)


class Pick(forms.TypedChoiceField):
    """One of the workspace's records by its id, or none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **options)


class NoFields(forms.Form):
    """Nothing to say but yes."""


class JustWhy(forms.Form):
    """Why, in a few words."""

    why = Line(label="Why")


class Dated(forms.Form):
    """When, and a few words."""

    on = Happened()
    why = Line(label="How, in a few words")


class OnlyDated(forms.Form):
    """When."""

    on = Happened()
