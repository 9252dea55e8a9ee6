"""What somebody on a call may send: whom they look for, a case, what the client says, the end."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from django import forms

from warmhand.web.doing_forms import (
    BENEFITS,
    benefit_fields,
    day_field,
    text_field,
    way_fields,
    way_of,
    words_field,
)

ONLY_A_NUMBER: Final = re.compile(r"^[\d\s()+/.-]{4,}$")


class FindForm(forms.Form):
    """A name, an address, a number or a company."""

    q = text_field("Find the client", 100, required=False)

    def words(self) -> str:
        """What to look for; of a number as it is dialled, the digits that are kept of it."""
        self.is_valid()
        said: str = self.cleaned_data.get("q", "").strip()
        if ONLY_A_NUMBER.match(said):
            return re.sub(r"\D", "", said).lstrip("0")
        return said


class CaseForm(forms.Form):
    """A concern, in a few words, and how it stands."""

    title = text_field("What is it about?", 300)
    stands = forms.ChoiceField(
        label="How does it stand?",
        choices=[("resolved", "I have just solved it"), ("open", "It goes on")],
        widget=forms.RadioSelect,
        initial="resolved",
    )

    def __init__(self, sent: Any = None) -> None:
        super().__init__(data=sent, auto_id="case_%s")


class SaysForm(forms.Form):
    """The client's own answer to 'is it solved?' (P12)."""

    says = forms.ChoiceField(choices=[("confirmed", "yes"), ("reopened", "no")])


class AskNowForm(forms.Form):
    """Which of the three kinds of ask it is (P19), and how it is made."""

    kind = forms.ChoiceField(
        choices=[(each, each) for each in ("ask", "ask_coworker", "ask_more")],
    )

    def __init__(self, sent: Any = None) -> None:
        super().__init__(data=sent, auto_id="ask_%s")
        self.fields.update(way_fields())

    def way(self) -> dict[str, Any]:
        """Of what was sent, how the ask is made; empty where a wrong value was sent."""
        return way_of(self.cleaned_data) if self.is_valid() else {}


class EndForm(forms.Form):
    """One of three outcomes, and the three things that asking brought (P21)."""

    outcome = forms.ChoiceField(
        choices=[("name", "name"), ("later", "later"), ("no", "no"), ("not_asked", "not asked")]
    )
    new_person = text_field("Whose name?", 200, required=False)
    later_on = day_field("When again?", required=False)
    words = words_field("In their words", required=False)

    def __init__(self, sent: Any = None, *, today: dt.date, confirmed: bool = False) -> None:
        super().__init__(data=sent, auto_id="end_%s")
        self.today = today
        self.fields.update(benefit_fields())
        self.fields["resolved_confirmed"].initial = confirmed

    @property
    def benefits(self) -> list[forms.BoundField]:
        """The three ticks."""
        return [self[name] for name in BENEFITS]

    def clean(self) -> dict[str, Any]:
        """A name given is a name written down; a day named lies ahead."""
        sent: dict[str, Any] = super().clean() or {}
        if sent.get("outcome") == "name" and not sent.get("new_person", "").strip():
            self.add_error("new_person", "Whose name did they give?")
        if sent.get("outcome") == "later" and (sent.get("later_on") or dt.date.max) <= self.today:
            self.add_error("later_on", "'Later' is a day still to come.")
        return sent
