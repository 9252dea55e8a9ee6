"""Forms of clients, companies, how to reach them, their wishes and keys."""

from __future__ import annotations

import calendar

from django import forms
from django.urls import reverse_lazy

from warmhand.apps.people.queries import CONTACT_KINDS, KEY_SOURCES
from warmhand.web.forms import Day, Words

from .fields import Happened, Line, Pick, Score, colleagues

MONTHS = [(number, calendar.month_name[number]) for number in range(1, 13)]


class ClientForm(forms.Form):
    """A client. Their company is named; a company of that name is found or made."""

    name = Line(help_text="May stay empty while only the company is known.")
    company = Line(
        widget=forms.TextInput(
            {
                "list": "company-names",
                "autocomplete": "off",
                "hx-get": reverse_lazy("web:company_names"),
                "hx-trigger": "input changed delay:200ms",
                "hx-target": "#company-names",
                "hx-swap": "outerHTML",
            }
        )
    )
    job_title = Line()
    department = Line()
    keeper_id = Pick(label="In the care of", choices=colleagues("Nobody yet"), required=False)
    client_since = Day(required=False)
    language = Line(max_length=12, help_text="Such as de or pt-BR.")
    timezone = Line(max_length=60, label="Time zone", help_text="Such as Europe/Berlin.")
    notes = Words(required=False)


class NewClientForm(ClientForm):
    """A new client, with their first address and number."""

    email = forms.EmailField(required=False, label="E-mail")
    phone = Line(max_length=40)
    field_order = ("name", "company", "job_title", "email", "phone", "keeper_id", "client_since")


class CompanyForm(forms.Form):
    """A company."""

    name = Line(required=True)
    domain = Line(label="Web domain", help_text="Such as kettle.example.")
    sector = Line(max_length=120)
    country = Line(max_length=80, help_text="Reads phone numbers given without their country.")
    city = Line(max_length=120)
    year_end_month = forms.TypedChoiceField(
        label="Their financial year ends in",
        choices=[("", "Not known"), *MONTHS],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="From this we know their quarter ends, when nobody wants to be asked.",
    )
    language = Line(max_length=12, help_text="Such as de or pt-BR.")
    timezone = Line(max_length=60, label="Time zone", help_text="Such as Europe/Berlin.")


class HandOver(forms.Form):
    """Who keeps a client from now on."""

    keeper_id = Pick(label="To", choices=lambda: colleagues("")()[1:])
    why = Line(label="Why")


class ContactPointForm(forms.Form):
    """An address or a number."""

    kind = forms.ChoiceField(choices=CONTACT_KINDS, widget=forms.RadioSelect, initial="email")
    value = Line(required=True, max_length=254, label="Address or number")
    label = Line(max_length=60, help_text="Such as work, or assistant.")
    is_primary = forms.BooleanField(required=False, label="The first one to use")


class ChangedContactPoint(forms.Form):
    """What can be corrected of an address or number."""

    value = Line(required=True, max_length=254, label="Address or number")
    label = Line(max_length=60, help_text="Such as work, or assistant.")
    is_primary = forms.BooleanField(required=False, label="The first one to use")


class KeyForm(forms.Form):
    """Somebody a client could introduce us to."""

    name = Line(required=True)
    company_name = Line(label="At")
    position = Line(label="As")
    inside = forms.BooleanField(required=False, label="Works at the client's own company")
    relation = Line(label="How they know each other")
    closeness = Score(
        required=False, min_value=1, max_value=5, label="How well", help_text="1 to 5."
    )
    source = forms.ChoiceField(label="Where we know it from", choices=KEY_SOURCES, initial="typed")
    notes = Words(
        required=False,
        help_text="No address and no phone number: this person hasn't come to us yet.",
    )


class ConsentForm(forms.Form):
    """What a client said about being asked."""

    on = Happened()
    words = Words(required=False, label="As they said it")
    source = Line(max_length=120, label="Where they said it", help_text="Such as a call, a form.")


class DoNotAsk(forms.Form):
    """A client's wish not to be asked."""

    until = Day(required=False, help_text="Empty: until they take it back.")
    why = Line(label="As they said it")


class AskAgain(forms.Form):
    """How we know that a client took that wish back."""

    why = Line(required=True, label="How do we know?")
