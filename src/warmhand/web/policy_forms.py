"""The rule settings as a form: one field each, from the one declaration in the rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django import forms

from warmhand.rulebook import SETTINGS, Policy, SettingInfo
from warmhand.rulebook.policy import SettingValue
from warmhand.web.verdict_forms import setting_field

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "Asking again": (
        "rest_days",
        "asks_per_period",
        "period_days",
        "company_asks_per_period",
        "refusal_rest_days",
        "second_refusal_rest_days",
    ),
    "What earns the ask": (
        "evidence_days",
        "rating_valid_days",
        "happy_at_least",
        "cultivation_days",
        "min_tenure_days",
        "new_clients_may_prove",
        "require_recorded_consent",
    ),
    "When something went wrong": (
        "unhappy_at_most",
        "recovery_rest_days",
        "confirm_window_days",
    ),
    "Rhythm": (
        "favour_rhythm_days",
        "review_rhythm_days",
        "recent_review_days",
        "offer_rest_days",
        "thanks_due_days",
        "quarter_end_days",
        "licence_warn_days",
    ),
    "After a referral given": (
        "follow_up_first_days",
        "follow_up_second_days",
        "follow_up_third_days",
        "outcome_visibility",
    ),
    "Ask, or something easier": (
        "h1_move",
        "h2_resolved_moment",
        "would_introduce_at_least",
    ),
    "Rewards": ("rewards",),
}
"""How the page groups the settings; a test sees that each has one place."""


@dataclass(frozen=True, slots=True)
class Row:
    """One setting on the page."""

    info: SettingInfo
    field: forms.BoundField
    differs: bool


class PolicyForm(forms.Form):
    """Every setting, and why it changes. `base` is the version that the person saw."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    why = forms.CharField(
        label="Why it changes",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The team reads it in the list of versions.",
    )

    def __init__(self, data: Any = None, *, policy: Policy, number: int, **kwargs: Any) -> None:
        super().__init__(data, auto_id="%s", **kwargs)
        self.policy = policy
        self.fields["base"].initial = number
        for name, info in SETTINGS.items():
            self.fields[name] = setting_field(info, getattr(policy, name))

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """The settings by group, as the page shows them."""
        return [(title, [self._row(name) for name in names]) for title, names in GROUPS.items()]

    def _row(self, name: str) -> Row:
        info = SETTINGS[name]
        return Row(info, self[name], getattr(self.policy, name) != info.default)

    def values(self) -> dict[str, SettingValue]:
        """The settings that were sent; those with an error are left out."""
        return {name: self.cleaned_data[name] for name in SETTINGS if name in self.cleaned_data}

    def changes(self) -> list[tuple[SettingInfo, SettingValue, SettingValue]]:
        """Every setting that would change: what it is, from what, to what."""
        now = self.policy.to_values()
        return [
            (SETTINGS[name], now[name], value)
            for name, value in self.values().items()
            if value != now[name]
        ]


class RestoreForm(forms.Form):
    """Put an earlier version in force again, as a new one."""

    why = forms.CharField(label="Why", max_length=500)
