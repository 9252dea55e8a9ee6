"""Forms of what we give and receive: favours, needs, referrals, thanks, offers."""

from __future__ import annotations

from django import forms

from warmhand.apps.giving.queries import FAVOUR_KINDS
from warmhand.apps.offers import queries as offers
from warmhand.apps.referrals.queries import OUTCOMES
from warmhand.web.forms import Day, Words

from .fields import Happened, Line, Pick


def _open_offers() -> list[tuple[str, str]]:
    return [(str(offer.pk), offer.title) for offer in offers.offers(active=True, sort="title")]


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
