"""How an ask ended: six ends, and of each only what it needs (P21). For the console and Today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from warmhand.apps.offers import queries as offers
from warmhand.web.doing_forms import (
    DoForm,
    day_field,
    text_field,
    way_fields,
    way_of,
    words_field,
)


@dataclass(frozen=True, slots=True)
class End:
    """One way an ask can end: what it is called, what it means, the field it can't do without."""

    code: str
    label: str
    hint: str
    needs: str = ""


ENDS: Final = (
    End("name", "They gave a name", "thanks are owed at once", "new_person"),
    End("will_introduce", "They will introduce us", "we ask again on a day", "follow_up_on"),
    End("passed_on", "They took something to pass on", "an offer of ours", "offer_id"),
    End("later", "Later", "they are left in peace until then", "later_on"),
    End("no", "No", "that is fine, too"),
    End("not_asked", "It was not asked after all", "the chance is not spent", "why"),
)
BENEFITS: Final = {
    "resolved_confirmed": "They confirmed that all is resolved",
    "trust_confirmed": "They said that they trust us",
    "help_offered": "We offered our help",
}
"""The three things that asking itself brings, also when no name was given (P21)."""
SAID: Final = (
    "outcome", "new_person", "follow_up_on", "offer_id", "later_on", "words", *BENEFITS,
)  # fmt: skip
NEEDED: Final = {
    "new_person": "Whose name did they give?",
    "offer_id": "Which offer did they take?",
    "later_on": "Name the day to come back to it.",
    "why": "Say why; it helps whoever looks next.",
}


def answered(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was sent, that which `answer_ask` takes; why it wasn't asked is told in words."""
    taken = {name: sent.get(name) for name in SAID}
    if sent.get("outcome") == "not_asked":
        taken["words"] = sent.get("why")
    way = way_of(sent)
    way.pop("moment", None)  # that was known when the ask was taken
    return {**taken, **way}


class Ends(forms.Form):
    """The six ends, the fields that some of them need, and the three things that asking brought."""

    outcome = forms.ChoiceField(
        label="How did it end?",
        choices=[(each.code, each.label) for each in ENDS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it ended."},
    )
    new_person = text_field("Whose name?", 200, required=False, help_text="No more than the name.")
    follow_up_on = day_field(
        "Ask how it stands on", required=False, help_text="It stands in Today when the day comes."
    )
    offer_id = forms.TypedChoiceField(
        label="Which offer?", required=False, coerce=int, empty_value=None
    )
    later_on = day_field("Come back to it on", required=False)
    why = text_field("Why was it not asked?", 500, required=False)
    words = words_field("In their words", required=False)
    today: dt.date

    def fill(self, *, confirmed: bool = False) -> None:
        """The offers there are, and the three ticks."""
        active = [(str(each.pk), each.title) for each in offers.offers(active=True, sort="title")]
        offer: Any = self.fields["offer_id"]
        offer.choices = active
        if not active:
            offer.help_text = "There is no active offer. Make one first."
        for name, label in BENEFITS.items():
            self.fields[name] = forms.BooleanField(label=label, required=False)
        self.fields["resolved_confirmed"].initial = confirmed
        tomorrow = self.today + dt.timedelta(days=1)
        for name in ("follow_up_on", "later_on"):
            self.fields[name].widget.attrs["min"] = tomorrow.isoformat()
        for name in NEEDED:
            self.fields[name].needed = True  # type: ignore[attr-defined]  # for the template

    @property
    def tiles(self) -> Iterable[dict[str, Any]]:
        """Each end as a large choice."""
        hints = {each.code: each.hint for each in ENDS}
        return [
            {"choice": choice, "hint": hints.get(str(choice.data["value"]), "")}
            for choice in self["outcome"]
        ]

    @property
    def details(self) -> Iterable[dict[str, Any]]:
        """The field that an end needs, shown while that end is chosen."""
        return [{"code": each.code, "field": self[each.needs]} for each in ENDS if each.needs]

    @property
    def benefits(self) -> list[forms.BoundField]:
        """The three ticks."""
        return [self[name] for name in BENEFITS]

    def clean(self) -> dict[str, Any]:
        """Of each end what it needs; a day named lies ahead."""
        sent: dict[str, Any] = super().clean() or {}
        end = next((each for each in ENDS if each.code == sent.get("outcome")), None)
        if end is None or not end.needs or end.needs in self.errors:
            return sent
        value = sent.get(end.needs)
        if not value and end.needs in NEEDED:
            self.add_error(end.needs, NEEDED[end.needs])
        if isinstance(value, dt.date) and value <= self.today:
            self.add_error(end.needs, "Name a day still to come.")
        return sent

    def answer(self) -> dict[str, Any]:
        """What `answer_ask` takes."""
        return answered(self.cleaned_data)


class OutcomeForm(Ends, DoForm):
    """How an ask ended, told from Today."""

    starts_at_top = True

    def __init__(self, sent: Any = None, *, client_id: int, today: dt.date) -> None:
        super().__init__(sent, client_id=client_id, today=today)
        self.fill()


class AskForm(OutcomeForm):
    """An ask that was just made, and how it ended, if that is known yet."""

    channel = forms.ChoiceField(
        label="How was it asked?",
        choices=[("spoken", "Spoken"), ("email", "By e-mail"), ("chat", "In a chat")],
        widget=forms.RadioSelect,
        initial="spoken",
    )
    before: tuple[str, ...] = ("channel",)
    """Fields that stand before the outcome."""

    def __init__(self, sent: Any = None, *, client_id: int, today: dt.date) -> None:
        super().__init__(sent, client_id=client_id, today=today)
        self.fields.update({n: f for n, f in way_fields().items() if n not in self.fields})
        outcome: Any = self.fields["outcome"]
        outcome.required, outcome.initial = False, ""
        ends = [(each.code, each.label) for each in ENDS[:-1]]
        outcome.choices = [("", "No answer yet"), *ends]

    @property
    def first(self) -> list[forms.BoundField]:
        """What is said of the ask itself."""
        return [self[name] for name in self.before]


class CoworkerAskForm(AskForm):
    """An ask for an introduction inside the company, with the first steps of its plan (P19)."""

    champion = text_field(
        "Who speaks for us inside?", 200, required=False, help_text="Empty: they themselves."
    )
    department = text_field("Which department?", 200, required=False)
    meeting = forms.ChoiceField(
        label="To meet the colleague",
        choices=[("lunch", "A joint lunch"), ("call", "A joint call")],
        widget=forms.RadioSelect,
        initial="lunch",
    )
    meeting_on = day_field(
        "On which day?", required=False, help_text="If you agreed on one; outside their busy times."
    )
    before = ("channel", "champion", "department", "meeting", "meeting_on")


class MoreAskForm(AskForm):
    """An ask for more business with the same contact (P19)."""

    for_what = text_field(
        "What could we do for them?",
        300,
        required=False,
        help_text="In a line; needed where no need of theirs that we could serve is on record.",
    )
    before = ("channel", "for_what")


class FollowUpForm(DoForm):
    """How a promised introduction stands."""

    stands = forms.ChoiceField(
        label="How does it stand?",
        choices=[
            ("introduced", "They introduced us"),
            ("another_day", "Not yet: ask again"),
            ("nothing", "Nothing will come of it"),
        ],
        widget=forms.RadioSelect,
        initial="introduced",
    )
    new_person = text_field(
        "To whom?", 200, required=False, help_text="If they did; no more than the name."
    )
    again_on = day_field("When again?", required=False, help_text="If not yet.")
    words = words_field("In their words", required=False)

    def clean(self) -> dict[str, Any]:
        """A name for an introduction; a day for another day."""
        sent: dict[str, Any] = super().clean() or {}
        if sent.get("stands") == "introduced" and not sent.get("new_person", "").strip():
            self.add_error("new_person", "Whom did they introduce?")
        if sent.get("stands") == "another_day" and (
            (sent.get("again_on") or dt.date.min) <= self.today
        ):
            self.add_error("again_on", "Name a day still to come.")
        return sent
