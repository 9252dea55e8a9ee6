"""Fields and small forms that all kinds of record share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone

from warmhand.apps.accounts import queries as accounts
from warmhand.web.forms import Day

TEXT = 200
PASSING_ON: Final = (("", "Not asked yet"), ("yes", "Yes"), ("no", "No"))
"""What a client says to our telling others."""


def colleagues(nobody: str) -> Callable[[], list[tuple[str, str]]]:
    """All of us, behind what it means when nobody is named."""
    return lambda: [("", nobody), *((str(m.pk), m.name) for m in accounts.members())]


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


class MayPassOn(forms.TypedChoiceField):
    """Whether a client lets us tell others: yes, no, or None: not asked yet."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=PASSING_ON, coerce=_is_yes, empty_value=None, required=False, **options
        )

    def prepare_value(self, value: Any) -> Any:
        """The answer on record as the list names it."""
        return {True: "yes", False: "no", None: ""}.get(value, value)


class TheirAnswer(forms.TypedChoiceField):
    """What a client said when they were asked whether we may tell others: yes or no."""

    def __init__(self, **options: Any) -> None:
        choices = PASSING_ON[1:]
        super().__init__(choices=choices, coerce=_is_yes, widget=forms.RadioSelect, **options)


def _is_yes(said: str) -> bool:
    return said == "yes"


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
