"""The forms of records. Their fields are named as the services name them."""

from __future__ import annotations

import calendar
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone

from warmhand.apps.accounts import queries as accounts
from warmhand.apps.giving.queries import FAVOUR_KINDS
from warmhand.apps.offers import queries as offers
from warmhand.apps.people.queries import CONTACT_KINDS
from warmhand.apps.referrals.queries import OUTCOMES
from warmhand.apps.work.queries import COMMITMENT_KINDS, EVIDENCE_KINDS
from warmhand.web.forms import Day, Words

MONTHS = [(number, calendar.month_name[number]) for number in range(1, 13)]
TEXT = 200


class Line(forms.CharField):
    """A short text that may be left out."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("max_length", TEXT)
        super().__init__(**options)


class Happened(Day):
    """The day something happened: today unless another one is named."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "When")
        options.setdefault("initial", timezone.localdate)
        super().__init__(**options)


class Score(forms.IntegerField):
    """0 to 10."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", 0)
        options.setdefault("max_value", 10)
        super().__init__(**options)


class Pick(forms.TypedChoiceField):
    """One of the workspace's records by its id, or none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **options)


def _colleagues() -> list[tuple[str, str]]:
    return [("", "Nobody yet"), *((str(m.pk), m.name) for m in accounts.members())]


def _open_offers() -> list[tuple[str, str]]:
    return [(str(offer.pk), offer.title) for offer in offers.offers(active=True, sort="title")]


class NoFields(forms.Form):
    """Nothing to say but yes."""


class JustWhy(forms.Form):
    """Why, in a few words."""

    why = Line(label="Why")


class Dated(forms.Form):
    """When, and a few words."""

    on = Happened()
    why = Line(label="How, in a few words")


class OnlyDated(forms.Form):
    """When."""

    on = Happened()


# people


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
    keeper_id = Pick(label="In the care of", choices=_colleagues, required=False)
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

    keeper_id = Pick(label="To", choices=lambda: _colleagues()[1:])
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
    inside = forms.BooleanField(required=False, label="Works at the client's own company")
    relation = Line(label="How they know each other")
    closeness = Score(
        required=False, min_value=1, max_value=5, label="How well", help_text="1 to 5."
    )
    notes = Words(required=False)


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


# work


class _Commitment(forms.Form):
    """What new and known commitments have in common."""

    title = Line(required=True, max_length=300, label="What was agreed")
    kind = forms.ChoiceField(choices=COMMITMENT_KINDS, initial="promise")
    target = Words(required=False, label="Target", help_text="What it should bring them.")
    agreed_by = Line(label="Agreed by", help_text="Who of theirs.")
    due_on = Day(required=False, label="Due on")
    value = forms.DecimalField(required=False, max_digits=14, decimal_places=2)
    currency = Line(max_length=3, help_text="Such as EUR.")


class CommitmentForm(_Commitment):
    """What was agreed."""

    agreed_on = Happened(label="Agreed on")
    field_order = ("title", "kind", "target", "agreed_on", "agreed_by", "due_on")


class ChangedCommitment(_Commitment):
    """A commitment, with what was delivered."""

    agreed_on = Day(required=False, label="Agreed on")
    delivered_on = Day(required=False, label="Delivered on")
    evidence_kind = forms.ChoiceField(choices=EVIDENCE_KINDS, label="Evidence")
    evidence = Line(label="The link, file or figure", max_length=2000)
    why = Line(label="Why the change")
    field_order = ("title", "kind", "target", "agreed_on", "agreed_by", "due_on", "delivered_on")


class Delivery(forms.Form):
    """What was delivered, and what shows it."""

    on = Happened()
    evidence_kind = forms.ChoiceField(
        choices=EVIDENCE_KINDS, label="Evidence", help_text="Nobody asks with nothing to show."
    )
    evidence = Line(label="The link, file or figure", max_length=2000)


class CaseForm(forms.Form):
    """A concern of a client."""

    title = Line(required=True, max_length=300, label="What is it about?")
    on = Happened(label="Since")


class ChangedCase(forms.Form):
    """What can be corrected of a case."""

    title = Line(required=True, max_length=300, label="What is it about?")
    opened_on = Day(label="Since")


class Confirmation(forms.Form):
    """The client says that it is resolved."""

    on = Happened()
    why = Line(label="In their words")


class RatingForm(forms.Form):
    """How happy a client is, in a number and their own words."""

    score = Score(label="0 to 10")
    on = Happened()
    words = Words(required=False, label="In their own words")


class SurveyForm(forms.Form):
    """Four answers kept apart: who would recommend need not introduce (P8)."""

    on = Happened(label="Answered on")
    satisfied = Score(required=False, label="How satisfied are you?")
    would_recommend = Score(required=False, label="Would you recommend us?")
    would_be_reference = Score(required=False, label="Would you be a reference?")
    would_introduce = Score(required=False, label="Would you introduce us to somebody?")
    words = Words(required=False, label="In their own words")


class HeldReview(forms.Form):
    """A review that was held, with the rating asked for in it."""

    on = Happened(label="Held on")
    rating = Score(required=False, label="Their rating, 0 to 10")
    words = Words(required=False, label="In their own words")


class PlannedReview(forms.Form):
    """A review to come."""

    on = Day(label="On")


class BusyTimeForm(forms.Form):
    """A time in which a company isn't to be bothered."""

    starts_on = Day(label="From")
    ends_on = Day(label="To")
    label = Line(label="What is it?", help_text="Such as stocktaking, their fair.")


# giving and receiving


class FavourForm(forms.Form):
    """Something done for a client that cannot be paid for."""

    what = Line(required=True, max_length=300, label="What did we do?")
    kind = forms.ChoiceField(choices=FAVOUR_KINDS, widget=forms.RadioSelect, initial="professional")
    on = Happened()
    minutes = forms.IntegerField(required=False, min_value=0, label="Minutes it took")


class PromisedFavour(forms.Form):
    """A favour promised."""

    what = Line(required=True, max_length=300, label="What did we promise?")
    kind = forms.ChoiceField(choices=FAVOUR_KINDS, widget=forms.RadioSelect, initial="professional")
    due_on = Day(required=False, label="Until")


class DoneFavour(forms.Form):
    """A promised favour that was done."""

    on = Happened()
    minutes = forms.IntegerField(required=False, min_value=0, label="Minutes it took")


class ChangedFavour(forms.Form):
    """What can be corrected of a favour."""

    what = Line(required=True, max_length=300)
    kind = forms.ChoiceField(choices=FAVOUR_KINDS, widget=forms.RadioSelect)
    promised_on = Day(required=False)
    due_on = Day(required=False, label="Until")
    done_on = Day(required=False)
    minutes = forms.IntegerField(required=False, min_value=0, label="Minutes it took")


class NeedForm(forms.Form):
    """Something a client needs."""

    words = Words(label="In their own words")
    for_us = forms.BooleanField(required=False, label="We offer this ourselves")
    on = Happened(label="Noted on")


class GivenReferral(forms.Form):
    """Somebody we sent a client to."""

    provider = Line(required=True, label="To whom?")
    why_confident = Words(required=False, label="Why they can be confident")
    on = Happened()


class ReferralForm(forms.Form):
    """Somebody a client introduced to us."""

    new_person = Line(required=True, label="Whom did they introduce?")
    on = Happened()
    words = Words(required=False, label="What they said")


class ChangedReferral(forms.Form):
    """What can be corrected of a referral received."""

    new_person = Line(required=True, label="Whom did they introduce?")
    received_on = Day(label="When")
    words = Words(required=False, label="What they said")


class Outcome(forms.Form):
    """What came of a referral."""

    outcome = forms.ChoiceField(choices=OUTCOMES, widget=forms.RadioSelect)
    on = Happened()
    words = Words(required=False, label="What was said")


class Hurt(forms.Form):
    """What of our handling hurt the giver's name."""

    why = Line(required=True, label="What happened?")
    on = Happened()


class ThanksOwed(forms.Form):
    """Thanks we owe."""

    words = Line(required=True, max_length=300, label="For what?")
    on = Happened(label="Since")


class ThanksGiven(forms.Form):
    """Thanks given."""

    how = Line(label="How?", help_text="A call, a card, lunch.")
    on = Happened()


class OfferForm(forms.Form):
    """Something valuable that clients can pass on."""

    title = Line(required=True)
    how_to_pass_on = Words(required=False, label="How to pass it on", help_text="In a line or two.")
    active = forms.BooleanField(required=False, initial=True, label="Open: proposed to clients")


class PassForm(forms.Form):
    """An offer put into a client's hands."""

    offer_id = Pick(label="What?", choices=_open_offers)
    on = Happened()
