"""What somebody on a call may send: whom they look for, a case, what the client says, the end."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from django import forms

from warmhand.web.doing_forms import text_field, way_fields, way_of
from warmhand.web.outcome_forms import Ends

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


class EndForm(Ends):
    """One of six outcomes with what it needs, and the three things that asking brought (P21)."""

    def __init__(self, sent: Any = None, *, today: dt.date, confirmed: bool = False) -> None:
        super().__init__(data=sent, auto_id="end_%s")
        self.today = today
        self.fields.update(way_fields())
        self.fill(confirmed=confirmed)
