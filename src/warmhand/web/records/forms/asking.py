"""Forms of what belongs to an ask: its kind, the steps inside a company, rewards."""

from __future__ import annotations

from django import forms

from warmhand.apps.asks.plans import MEETINGS
from warmhand.apps.asks.services import KIND_NAMES
from warmhand.apps.gratitude.rewards import DISCLOSURE, FORMS, PARTIES
from warmhand.web.forms import Day, Words

from .fields import Happened, Line


class KindForm(forms.Form):
    """Of which kind an ask was."""

    kind = forms.ChoiceField(choices=KIND_NAMES, widget=forms.RadioSelect)
    why = Line(label="How do we know?")


class PlanForm(forms.Form):
    """Who helps us inside, where, and when we meet."""

    champion = Line(label="Who speaks for us inside?", help_text="Empty: the client themself.")
    department = Line(label="Which department?")
    meeting = forms.ChoiceField(choices=MEETINGS, widget=forms.RadioSelect, label="To meet")
    meeting_on = Day(required=False, label="On which day?", help_text="Outside their busy times.")


class TaskForm(forms.Form):
    """A step: what, until when."""

    what = Line(required=True, label="What is to be done?")
    due_on = Day(label="Until")


class RewardForm(forms.Form):
    """What is promised for an introduction to somebody outside the client's company."""

    what = Line(required=True, label="What is promised?", help_text="A dinner for two.")
    party = forms.ChoiceField(
        choices=PARTIES, widget=forms.RadioSelect, initial="giver", label="Who gets it?"
    )
    # not 'form': in a browser that name would hide the form itself from scripts
    given_as = forms.ChoiceField(
        choices=FORMS, widget=forms.RadioSelect, initial="in_kind", label="In which form?"
    )
    amount = forms.DecimalField(
        required=False, min_value=0, max_digits=14, label="What is it worth?"
    )
    currency = Line(max_length=3, label="Currency", help_text="Three letters, such as EUR.")
    disclosure = Words(
        initial=DISCLOSURE,
        max_length=2000,
        label="How we tell the person introduced",
        help_text="This line goes with every rewarded introduction.",
    )
    on = Happened(label="Promised on")
