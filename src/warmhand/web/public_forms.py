"""What clients send by their pages: nothing is chosen beforehand, all may be left out."""

from __future__ import annotations

from typing import Any

from django import forms

SCALE = range(11)
QUESTIONS = ("satisfied", "would_recommend", "would_be_reference", "would_introduce")
LONGEST_WORDS = 10_000
"""The page lets people type 4,000 letters; browsers count the ends of lines differently."""


class Scale(forms.TypedChoiceField):
    """0 to 10, or no answer."""

    def __init__(self) -> None:
        choices = [("", ""), *((str(n), str(n)) for n in SCALE)]
        super().__init__(choices=choices, coerce=int, empty_value=None, required=False)


class Answer(forms.Form):
    """A form that is shown again as it was sent."""

    def sent(self) -> dict[str, Any]:
        """What of it could be taken; None for the rest."""
        good = self.cleaned_data if hasattr(self, "cleaned_data") else {}
        return {name: good.get(name) for name in self.fields}


class SurveyAnswers(Answer):
    """The four answers and free words (P8)."""

    satisfied = Scale()
    would_recommend = Scale()
    would_be_reference = Scale()
    would_introduce = Scale()
    words = forms.CharField(required=False, max_length=LONGEST_WORDS)

    def clean(self) -> dict[str, Any]:
        """Something has to be said: what a machine sends by itself is empty."""
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(v is not None and v != "" for v in found.values()):
            raise forms.ValidationError("nothing", code="nothing")
        return found


class CaseAnswer(Answer):
    """Solved, or not yet; a few words and a number where they like."""

    solved = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    words = forms.CharField(required=False, max_length=LONGEST_WORDS)
    satisfied = Scale()
