"""The forms by which a move is done: one each, small enough to fill in while one remembers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.urls import reverse_lazy

from warmhand import wording
from warmhand.apps.giving import queries as giving
from warmhand.apps.gratitude import queries as gratitude
from warmhand.apps.offers import queries as offers
from warmhand.apps.referrals import queries as referrals
from warmhand.apps.work import queries as work
from warmhand.web.records.forms.giving import Done, WhyConfident

Choice = tuple[str, str]
EVIDENCE: Final = (
    ("none", "nothing yet"),
    ("link", "a link"),
    ("file", "a file"),
    ("figure", "a figure"),
)


def day_field(label: str, **more: Any) -> forms.DateField:
    """A day, picked from the browser's calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def text_field(label: str, length: int = 300, **more: Any) -> forms.CharField:
    """A line of text."""
    field = forms.CharField(label=label, max_length=length, **more)
    field.widget.attrs["autocomplete"] = "off"
    return field


def words_field(label: str, **more: Any) -> forms.CharField:
    """A few sentences; optional unless said otherwise."""
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=2000, widget=widget, **more)


class DoForm(forms.Form):
    """What is common: the client, the day it is, and a choice among the client's own records."""

    about: ClassVar[str] = ""
    """The name of the field that chooses a record; '' for none."""
    nothing: ClassVar[str] = ""
    """What is said where there is no record to choose."""
    starts_at_top: ClassVar[bool] = False
    """Whether there is something to read first, so that no field takes the focus."""

    def __init__(self, sent: Any = None, *, client_id: int, today: dt.date) -> None:
        super().__init__(data=sent, auto_id="do_%s")
        self.client_id, self.today = client_id, today
        if "on" in self.fields:
            self.fields["on"].initial = today
        if self.about:
            found = list(self.records())
            self.fields[self.about].choices = found  # type: ignore[attr-defined]
            self.fields[self.about].initial = found[0][0] if found else None
        if not self.starts_at_top:
            next(iter(self.fields.values())).widget.attrs["autofocus"] = True

    def records(self) -> Iterable[Choice]:
        """The records that the move may be about."""
        return ()

    @property
    def possible(self) -> bool:
        """Whether there is anything to do it to."""
        return not self.about or bool(self.fields[self.about].choices)  # type: ignore[attr-defined]


class RecoverForm(DoForm):
    """What made them unhappy was made good (P7), or a hurt name was mended (P2)."""

    what = forms.ChoiceField(label="What was made good")
    on = day_field("On")
    why = words_field("How", help_text="What we did, so that a colleague can build on it.")
    about = "what"
    nothing = "Nothing stands to be made good; reload Today."

    def records(self) -> Iterable[Choice]:
        """Low ratings first, then referrals in which we hurt their name."""
        for rating in work.ratings(client_id=self.client_id, not_made_good=True, sort="score"):
            said = f": “{rating.words}”" if rating.words else ""
            yield f"rating:{rating.pk}", f"{rating.score} of 10 on {rating.on:%-d %B}{said}"[:120]
        for each in referrals.referrals(client_id=self.client_id, state="hurt"):
            yield f"referral:{each.pk}", f"How we handled {each.new_person}"


class ThankForm(DoForm):
    """They were thanked (P26)."""

    thanks = forms.TypedChoiceField(label="For what", coerce=int)
    how = text_field("How", 200, help_text="A call, a card, lunch.")
    on = day_field("On")
    about = "thanks"
    nothing = "No thank-you is owed; reload Today."

    def records(self) -> Iterable[Choice]:
        """What is owed, earliest due first."""
        for owed in gratitude.thank_yous(client_id=self.client_id, state="owed"):
            yield str(owed.pk), f"{owed.words} (due {owed.due_on:%-d %B})"


class ConfirmForm(DoForm):
    """What they say: solved, or not (P12)."""

    case = forms.TypedChoiceField(label="Case", coerce=int)
    solved = forms.ChoiceField(
        label="Is it solved, in their eyes?",
        choices=[("yes", "Yes, they confirm it"), ("no", "No, it goes on")],
        widget=forms.RadioSelect,
    )
    why = words_field("In their words", required=False)
    about = "case"
    nothing = "No case waits to be confirmed; reload Today."

    def records(self) -> Iterable[Choice]:
        """Cases that we think solved."""
        for case in work.cases(client_id=self.client_id, state="resolved"):
            yield str(case.pk), case.title


class KeepForm(DoForm):
    """What was promised was delivered, or another day was agreed (P3)."""

    what = forms.ChoiceField(label="What was promised")
    happened = forms.ChoiceField(
        label="What happened",
        choices=[("delivered", "It is delivered"), ("agreed", "We agreed another day")],
        widget=forms.RadioSelect,
        initial="delivered",
    )
    on = day_field("On", help_text="The day it was delivered, or the day agreed now.")
    evidence_kind = forms.ChoiceField(
        label="Something to show", choices=EVIDENCE, required=False, initial="none"
    )
    evidence = text_field("Which", required=False, help_text="The link, the file, the figure.")
    about = "what"
    nothing = "Nothing is overdue; reload Today."

    def records(self) -> Iterable[Choice]:
        """Overdue commitments, then overdue favours."""
        for each in work.commitments(client_id=self.client_id, state="overdue", sort="due"):
            yield f"commitment:{each.pk}", f"{each.title} (due {each.due_on:%-d %B})"
        for favour in giving.favours(client_id=self.client_id, state="overdue"):
            yield f"favour:{favour.pk}", f"the favour: {favour.what}"


class FavourForm(DoForm):
    """Something unpaid: done, or promised (P9)."""

    what = text_field("What")
    kind = forms.ChoiceField(
        label="Kind",
        choices=[("professional", "Professional"), ("personal", "Personal")],
        widget=forms.RadioSelect,
        initial="professional",
    )
    happened = forms.ChoiceField(
        label="Is it done?",
        choices=[("done", "Done"), ("promised", "Promised for a day")],
        widget=forms.RadioSelect,
        initial="done",
    )
    on = day_field("On", help_text="The day it was done, or is promised for.")
    minutes = forms.IntegerField(
        label="Minutes it took", required=False, min_value=1, max_value=10_000
    )


class GiveForm(DoForm):
    """They were sent to somebody good (P32)."""

    provider = text_field("To whom", 200)
    need_id = forms.TypedChoiceField(
        label="For which need", coerce=int, required=False, empty_value=None
    )
    why_confident = WhyConfident()
    done = Done()
    on = day_field("On")
    about = "need_id"
    live = reverse_lazy("web:given_quality")

    def records(self) -> Iterable[Choice]:
        """Their open needs that somebody else could serve; or none in particular."""
        for need in giving.needs(client_id=self.client_id, state="open", for_us=False):
            yield str(need.pk), need.words[:100]
        yield "", "none in particular"


class OfferForm(DoForm):
    """Something valuable was put into their hands to pass on (P22)."""

    offer = forms.TypedChoiceField(label="Which", coerce=int)
    on = day_field("On")
    about = "offer"
    nothing = "There is no active offer. Make one first."

    def records(self) -> Iterable[Choice]:
        """Active offers."""
        return [(str(each.pk), each.title) for each in offers.offers(active=True, sort="title")]


WAYS: Final = {
    "moment": tuple(wording.Moment),
    "channel": tuple(wording.Channel),
    "formality": tuple(wording.Formality),
}
"""How an ask is made, beside its wording; acceptance is counted by each."""


def way_fields() -> dict[str, forms.Field]:
    """How an ask is made, told by the page that shows its words; all may be left out."""
    fields: dict[str, forms.Field] = {
        name: forms.ChoiceField(
            choices=[(each.value, each.value) for each in values],
            required=False,
            widget=forms.HiddenInput,
        )
        for name, values in WAYS.items()
    }
    fields["variant"] = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    return fields


def way_of(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was sent, how the ask is made; what was left out keeps the service's default."""
    return {name: sent[name] for name in (*WAYS, "variant") if sent.get(name)}
