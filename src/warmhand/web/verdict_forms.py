"""What a person may send from the page of a verdict: a supposition, or an override."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms

from warmhand.rulebook import FACTS, OVERRIDABLE, RULES, SETTINGS, Decision, Facts, Policy
from warmhand.rulebook.policy import SettingInfo, SettingValue
from warmhand.web.suppositions import supposed, worth_supposing

USUAL_SETTINGS: Final = ("rest_days", "asks_per_period", "min_tenure_days", "h1_move")
FAR: Final = 99_999


def setting_field(info: SettingInfo, value: SettingValue) -> forms.Field:
    """The form field of one rule setting, with its range and its present value."""
    common: dict[str, Any] = {"label": info.title, "help_text": info.sentence, "initial": value}
    if info.choices:
        options = [(each, each.replace("_", " ")) for each in info.choices]
        return forms.ChoiceField(choices=options, **common)
    if info.kind == "yes or no":
        return forms.BooleanField(required=False, **common)
    return forms.IntegerField(min_value=info.minimum, max_value=info.maximum, **common)


class WhatIfForm(forms.Form):
    """Events to suppose, one fact to set by hand, and the settings behind the present reasons."""

    suppose = forms.MultipleChoiceField(
        label="Suppose that today", required=False, widget=forms.CheckboxSelectMultiple
    )
    fact = forms.ChoiceField(label="Or any fact", required=False)
    value = forms.IntegerField(label="is", required=False, min_value=-FAR, max_value=FAR)

    def __init__(
        self, data: Any = None, *, facts: Facts, policy: Policy, decision: Decision, **kw: Any
    ) -> None:
        super().__init__(data, auto_id="whatif_%s", **kw)
        self._facts, self._policy = facts, policy
        suppose, fact = self.fields["suppose"], self.fields["fact"]
        options = [(each.name, each.sentence) for each in worth_supposing(facts)]
        suppose.choices = options  # type: ignore[attr-defined]
        every = [(name, info.sentence) for name, info in FACTS.items()]
        fact.choices = [("", "choose a fact"), *every]  # type: ignore[attr-defined]
        self.settings = _settings_behind(decision)
        for name in self.settings:
            field = setting_field(SETTINGS[name], getattr(policy, name))
            field.required = False
            self.fields[name] = field

    @property
    def setting_fields(self) -> list[forms.BoundField]:
        """The fields of the settings, to be drawn apart."""
        return [self[name] for name in self.settings]

    def fact_changes(self) -> dict[str, int]:
        """The facts that the supposed events and the one set by hand would change."""
        sent = self.cleaned_data
        changes = supposed(sent["suppose"], self._facts)
        if sent["fact"] and sent["value"] is not None:
            changes[sent["fact"]] = sent["value"]
        return changes

    def setting_changes(self) -> dict[str, SettingValue]:
        """The settings that were given another value than they have."""
        sent = {name: self.cleaned_data.get(name) for name in self.settings}
        return {
            name: value
            for name, value in sent.items()
            if value not in (None, "") and value != getattr(self._policy, name)
        }


def _settings_behind(decision: Decision) -> tuple[str, ...]:
    names = [name for code in decision.codes for name in RULES[code].settings]
    return tuple(dict.fromkeys(names)) or USUAL_SETTINGS


class OverrideForm(forms.Form):
    """Lift one of our own objections for this client, for a time, and say why."""

    code = forms.ChoiceField(label="What to lift")
    until = forms.DateField(
        label="Until", widget=forms.DateInput(attrs={"type": "date"}), help_text="At most a year."
    )
    why = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays on record with your name.",
    )

    def __init__(
        self, data: Any = None, *, decision: Decision, today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(data, auto_id="override_%s", **kwargs)
        self.today = today
        found = [(code, RULES[code].title) for code in decision.codes if code in OVERRIDABLE]
        self.fields["code"].choices = found  # type: ignore[attr-defined]
        self.fields["until"].initial = today + dt.timedelta(days=14)

    @property
    def possible(self) -> bool:
        """Whether any present objection is ours to lift."""
        return bool(self.fields["code"].choices)  # type: ignore[attr-defined]

    def clean_until(self) -> dt.date:
        """A day to come, within a year."""
        until: dt.date = self.cleaned_data["until"]
        if not self.today < until <= self.today + dt.timedelta(days=366):
            raise forms.ValidationError("Name a day still to come, at most a year from now.")
        return until
