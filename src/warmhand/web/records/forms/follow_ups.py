"""What a side of a referral says, typed in by whoever was told."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from warmhand.apps.followups.queries import BUSINESS
from warmhand.web.forms import Words

from .fields import Happened

_TRUTHS: Final = {"yes": True, "no": False, "": None}


class YesNo(forms.TypedChoiceField):
    """Yes, no, or not said."""

    def __init__(self, yes: str, no: str, **options: Any) -> None:
        choices = [("yes", yes), ("no", no), ("", "Not said")]
        super().__init__(
            choices=choices,
            coerce=_TRUTHS.__getitem__,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """A truth as its choice."""
        known = {truth: name for name, truth in _TRUTHS.items()}
        return known[value] if value in (True, False, None) else value


class SaysForm(forms.Form):
    """What they said, on the telephone or in passing."""

    business = forms.ChoiceField(
        choices=[*BUSINESS, ("", "Not said")],
        required=False,
        widget=forms.RadioSelect,
        label="Are they doing business?",
    )
    happy = YesNo("Happy", "Not happy", label="Are they happy?")
    again = YesNo("Yes", "No", label="Would they be introduced again?")
    words = Words(required=False, label="In their own words")
    may_tell = forms.BooleanField(
        required=False,
        label="The other side may hear it",
        help_text="Ask them. Their own words stay with us all the same.",
    )
    no_more = forms.BooleanField(
        required=False, label="It is over, or they wish not to be asked about it again"
    )
    on = Happened()


class AskProvider(forms.Form):
    """Whether the provider may hear the client's name from us."""

    provider_knows = forms.BooleanField(
        required=False, label="They know already that this client was sent to them"
    )
