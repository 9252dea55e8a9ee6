"""The forms of helpdesks: a name, a secret, what differs in this account, whose a delivery is."""

from __future__ import annotations

from typing import Any

from django import forms

from warmhand.apps.connections.peers.kinds import Adapter


class NewConnection(forms.Form):
    """What it is called here."""

    name = forms.CharField(
        max_length=100, label="Name", help_text="As your colleagues will see it, such as “Support”."
    )


class Secret(forms.Form):
    """The secret that the helpdesk has made."""

    secret = forms.CharField(
        max_length=500,
        label="Secret from over there",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Kept sealed, never shown again.",
    )


class Change(forms.Form):
    """Its name, and what differs in this account: fields that the peer's module declares."""

    name = forms.CharField(max_length=100)
    client_source = forms.CharField(
        max_length=60,
        required=False,
        label="Clients were imported as",
        help_text="If an import brought the helpdesk's ids of people: the name of that source.",
    )

    def __init__(self, *args: Any, adapter: Adapter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for option in adapter.options:
            self.fields[option.name if option.name != "name" else "name_key"] = forms.CharField(
                max_length=200,
                required=False,
                label=option.label,
                help_text=option.help,
                widget=forms.TextInput(attrs={"placeholder": option.default}),
            )

    def settings(self) -> dict[str, Any]:
        """What was said of the account, by the names that the peer's module reads."""
        said = {k: v for k, v in self.cleaned_data.items() if k != "name"}
        if "name_key" in said:
            said["name"] = said.pop("name_key")
        return said


class NewPerson(forms.Form):
    """What the person is called."""

    name = forms.CharField(max_length=200)
