"""Forms of the directory: providers, what they do, vouches, what clients do well."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from warmhand.apps.directory import queries as directory
from warmhand.web.forms import Day, Words

from .fields import Category, Happened, Line, MayPassOn, Pick, TheirAnswer, colleagues

TELL_OTHERS: Final = "May we tell others?"


class Languages(Line):
    """Languages by name, in one line; codes are taken too."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "Such as: German, English")
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """A list as people write it; what was typed stays as it is."""
        named = isinstance(value, list)
        return ", ".join(directory.language_name(code) for code in value) if named else value


class Country(Line):
    """A country by name; its two letters are taken too."""

    def prepare_value(self, value: Any) -> Any:
        """The name of a country that is on record by its letters."""
        return directory.country_name(value) if value else value


class ProviderForm(forms.Form):
    """All that is known of a provider."""

    name = Line(required=True, label="Firm or person")
    kind = forms.ChoiceField(choices=directory.KINDS, widget=forms.RadioSelect, initial="firm")
    about = Words(required=False, label="What are they good at?")
    why_confident = Words(required=False, label="Why can one be confident?")
    contact_name = Line(label="Whom to speak to")
    phone = Line(max_length=40)
    email = forms.EmailField(required=False, label="E-mail")
    website = forms.URLField(required=False, assume_scheme="https")
    street = Line()
    postcode = Line(max_length=16)
    city = Line(max_length=120)
    country = Country(max_length=80, help_text="Such as: Germany")
    latitude = forms.FloatField(required=False, help_text="In degrees; for distances.")
    longitude = forms.FloatField(required=False)
    reach_km = forms.IntegerField(required=False, min_value=0, label="How far they come (km)")
    languages = Languages()
    price = Pick(required=False, label="Price band", choices=[("", "Not known"), *directory.PRICES])
    licence = Line(max_length=120)
    licence_until = Day(required=False, label="Licence ends on")
    hears_from_us_since = Day(
        required=False,
        label="Agreed to mails from us on",
        help_text="Empty: a brief is handed to them by a person, never mailed.",
    )


class NewProvider(ProviderForm):
    """A provider, and what they do."""

    field_order = ("name", "kind", "offers", "about")
    offers = Words(required=False, label="What do they do?", help_text="One thing a line.")


class TheyProvide(forms.Form):
    """A client as a provider."""

    offers = Words(required=False, label="What do they do?", help_text="One thing a line.")
    about = Words(required=False, label="What are they good at?")


class HowTheyStand(forms.Form):
    """Whether anybody can be sent to them now."""

    capacity = forms.ChoiceField(choices=directory.CAPACITIES, widget=forms.RadioSelect)
    away_from = Day(required=False, label="Away from")
    away_until = Day(required=False, label="Away until", help_text="The last day away.")


class Licence(forms.Form):
    """What they are allowed to do, and until when."""

    licence = Line(max_length=120)
    licence_until = Day(required=False, label="Licence ends on")


class OnOurPage(forms.Form):
    """What strangers may read of them."""

    is_public = forms.BooleanField(required=False, label="Name them on our public page")
    public_words = Words(required=False, label="What the page says of them")


class ServiceForm(forms.Form):
    """Something a provider does."""

    name = Line(required=True, label="What do they do?")
    words = Words(required=False, label="In plain words")
    category = Category()


class VouchForm(forms.Form):
    """Who answers for them, and why."""

    why_confident = Words(label="Why can one be confident?")
    basis = forms.ChoiceField(
        choices=directory.BASES,
        widget=forms.RadioSelect,
        initial="worked",
        label="How do we know?",
    )
    since = Day(label="Since", required=False)
    member_id = Pick(required=False, label="Who vouches?", choices=colleagues("I do"))


class ChangedVouch(forms.Form):
    """What can be corrected of a vouch."""

    why_confident = Words(label="Why can one be confident?")
    basis = forms.ChoiceField(
        choices=directory.BASES, widget=forms.RadioSelect, label="How do we know?"
    )
    since = Day(label="Since")


class ExpertiseForm(forms.Form):
    """What a client does for their own clients."""

    words = Words(label="What do they do for their clients?")
    category = Category()
    may_pass_on = MayPassOn(label=TELL_OTHERS)
    on = Happened(label="Noted on")


class ChangedExpertise(forms.Form):
    """What can be corrected of an expertise."""

    words = Words(label="What do they do for their clients?")
    category = Category()
    may_pass_on = MayPassOn(label=TELL_OTHERS)
    noted_on = Day(label="Noted on")


class TheyAnswered(forms.Form):
    """What a client said when we asked whether others may be told."""

    may_pass_on = TheirAnswer(label=TELL_OTHERS)
