"""Forms of alliances, enquiries, exchanges and networks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.urls import reverse_lazy

from warmhand.apps.alliances import queries
from warmhand.apps.alliances.documents import MOST_BYTES
from warmhand.apps.alliances.queries import (
    ANSWERS,
    EXCHANGE_KINDS,
    MODES,
    SECTORS,
)
from warmhand.apps.alliances.worth import kept_value, unit_of
from warmhand.apps.people import queries as people
from warmhand.problems import Problem
from warmhand.web.forms import Day, Words
from warmhand.web.records.forms.directory import Country
from warmhand.web.records.forms.fields import Category, Happened, Line, Pick, colleagues
from warmhand.web.records.forms.giving import ForOther

from .lines import Lines

PLACE_HELP: Final = "The country, such as Germany; a state as US-NY."
MOST_NETWORK: Final = 50_000_000


def _providers() -> list[tuple[str, str]]:
    return [("", "None of the directory"), *queries.provider_choices()]


def _company_input() -> forms.TextInput:
    return forms.TextInput(
        {
            "list": "company-names",
            "autocomplete": "off",
            "hx-get": reverse_lazy("web:company_names"),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": "#company-names",
            "hx-swap": "outerHTML",
        }
    )


class AllianceForm(forms.Form):
    """An alliance: with whom, on what terms, in which trade."""

    name = Line(required=True, label="The ally")
    provider_id = Pick(label="In the directory as", choices=_providers, required=False)
    company = Line(
        label="Their company among ours",
        widget=_company_input(),
        help_text="What its people introduce to us counts as received from the ally.",
    )
    client = Line(
        label="Their contact among our clients", help_text="A name, an e-mail or a number."
    )
    terms = Words(required=False, label="What was agreed")
    categories = Lines(
        required=False,
        label="For which lines of business",
        help_text="Type a word or two, and tick what you mean (NAICS 2022).",
    )
    sector = forms.ChoiceField(
        label="Their trade",
        choices=SECTORS,
        help_text="With yours it decides whether the exchange may be counted.",
    )
    place = Country(max_length=80, label="Their place", help_text=PLACE_HELP)
    exclusive = forms.BooleanField(
        required=False,
        label="Exclusive: we send nobody else in these lines of business",
        help_text="Only where the law of both trades lets it be.",
    )
    at_most = forms.ChoiceField(
        label="Reckon at most",
        choices=MODES,
        initial="count",
        help_text="Stricter than the law if you want it so, never looser.",
    )
    starts_on = Happened(label="From")
    ends_on = Day(required=False, label="Until")
    warn_days = forms.IntegerField(
        min_value=0, max_value=730, initial=60, label="Warn so many days before the end"
    )
    signed_on = Day(required=False, label="Signed on")
    keeper_id = Pick(label="In the care of", choices=colleagues("Nobody yet"), required=False)

    def clean_company(self) -> int | None:
        """The company of that name; one that isn't on record is told."""
        name = self.cleaned_data["company"]
        if not name:
            return None
        found = people.companies(search=name).filter(name__iexact=name).first()
        if found is None:
            raise forms.ValidationError(
                "There is no such company here: add it first, or leave out."
            )
        return int(found.pk)

    def clean_client(self) -> int | None:
        """The one client that it names."""
        return _client(self.cleaned_data["client"])

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        sent = dict(self.cleaned_data)
        ids = {"company_id": sent.pop("company"), "client_id": sent.pop("client")}
        return {**sent, **ids}


def _client(text: str) -> int | None:
    if not text:
        return None
    try:
        return int(people.find_client(text).pk)
    except Problem as problem:
        raise forms.ValidationError(f"{problem.sentence} {problem.lift}") from problem


class TradeForm(forms.Form):
    """Our own trade."""

    sector = forms.ChoiceField(label="Our trade", choices=SECTORS)
    place = Country(max_length=80, label="Our place", help_text=PLACE_HELP)
    why = Words(
        required=False,
        label="Who looked, and what they found",
        help_text="Needed where you say that no rule on referrals holds for you.",
    )


class SpokeForm(forms.Form):
    """A talk about the exchange."""

    on = Happened()
    why = Line(max_length=300, label="What was said")


class PaperForm(forms.Form):
    """The signed paper."""

    document = forms.FileField(
        label="Signed paper",
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
        help_text=f"PDF, PNG or JPEG, at most {MOST_BYTES // 1_000_000} MB.",
    )
    signed_on = Day(required=False, label="Signed on")

    def clean_document(self) -> Any:
        """Not too large to be read; the service looks what it is."""
        file = self.cleaned_data["document"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is too large.")
        return file


class Worth(forms.DecimalField):
    """An amount, as people say it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Worth")
        super().__init__(min_value=0, max_digits=14, decimal_places=3, **options)


class WorthUnit(Line):
    """The currency of an amount, or points."""

    def __init__(self, **options: Any) -> None:
        help_text = "Three letters, such as EUR; or points."
        super().__init__(max_length=6, label="Currency", help_text=help_text, **options)


class WorthForm(forms.Form):
    """What a referral was worth."""

    amount = Worth(label="What was it worth?")
    unit = WorthUnit(required=True)
    on = Happened(label="Since when is that known?")

    def values(self) -> dict[str, Any]:
        """What the service takes: smallest units of the currency."""
        sent = self.cleaned_data
        return {"on": sent["on"], **worth_of(sent["amount"], sent["unit"])}


class ExchangeForm(forms.Form):
    """Something that went one way and stands nowhere else."""

    incoming = forms.TypedChoiceField(
        label="Which way",
        choices=[("no", "We gave it"), ("yes", "They gave it")],
        coerce=lambda value: value == "yes",
    )
    kind = forms.ChoiceField(choices=EXCHANGE_KINDS, label="What kind")
    what = Line(max_length=300, label="What", help_text="No addresses or numbers of others.")
    on = Happened()
    amount = Worth(required=False)
    unit = WorthUnit()

    def __init__(self, *args: Any, counts: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not counts:
            del self.fields["amount"], self.fields["unit"]

    def values(self) -> dict[str, Any]:
        """What the service takes: smallest units of the currency."""
        sent = dict(self.cleaned_data)
        worth = worth_of(sent.pop("amount", None), sent.pop("unit", ""))
        return {**sent, **worth}


def worth_of(amount: Decimal | None, unit: str) -> dict[str, Any]:
    """An amount as people say it as the service takes it; nothing where none is said."""
    if amount is None:
        return {"value": None, "unit": ""}
    unit = unit_of(unit)
    return {"value": kept_value(amount, unit), "unit": unit}


class EnquiryForm(forms.Form):
    """What somebody asked for that we don't offer."""

    words = Words(label="What do they need, in their words?")
    client = Line(
        label="A client of ours", help_text="A name, an e-mail or a number; empty for somebody new."
    )
    asker = Line(label="Somebody new", help_text="A name is enough; no address and no number.")
    for_other = ForOther()
    category = Category(label="Line of business")
    on = Happened(label="Asked on")

    def clean_client(self) -> int | None:
        """The one client that it names."""
        return _client(self.cleaned_data["client"])

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        sent = dict(self.cleaned_data)
        client_id = sent.pop("client")
        return {**sent, "client_id": client_id}


class SendForm(forms.Form):
    """To whom an enquiry goes."""

    provider_id = Pick(label="To", choices=queries.provider_choices)
    why = Line(max_length=300, label="Why to them")
    client_informed = forms.BooleanField(
        required=False, label="They were told that they may go to anybody"
    )


class AnswerForm(forms.Form):
    """What those said to whom it went."""

    answer = forms.ChoiceField(choices=ANSWERS, widget=forms.RadioSelect)
    on = Happened()
    why = Line(max_length=300, label="In their words")


class CloseForm(forms.Form):
    """Why nobody was found or needed."""

    why = Line(required=True, max_length=300, label="Why?")


class NetworkForm(forms.Form):
    """A file of who gave what to whom."""

    name = Line(required=True, max_length=120)
    file = forms.FileField(
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text="CSV: giver, receiver, value (a whole number), day.",
    )
    unit = Line(max_length=8, initial="points", label="Unit of the values")
    sector = forms.ChoiceField(choices=SECTORS, label="Their trade")
    place = Country(max_length=80, label="Their place", help_text=PLACE_HELP)

    def clean_file(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if file.size > MOST_NETWORK:
            raise forms.ValidationError(f"At most {MOST_NETWORK // 1_000_000} MB.")
        try:
            return str(file.read().decode("utf-8"))
        except UnicodeDecodeError:
            raise forms.ValidationError("This can't be read as text (UTF-8).") from None
