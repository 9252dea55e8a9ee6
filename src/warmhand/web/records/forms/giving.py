"""Forms of what we give and receive: favours, needs, referrals, thanks, offers."""

from __future__ import annotations

from typing import Any

from django import forms

from warmhand.apps.giving import queries as giving
from warmhand.apps.giving.queries import FAVOUR_KINDS, URGENCIES
from warmhand.apps.offers import queries as offers
from warmhand.apps.referrals.queries import OUTCOMES
from warmhand.matching.quality import DONE
from warmhand.web.forms import Day, Words

from .fields import Category, Happened, Line, MayPassOn, Pick, TheirAnswer, colleagues


def _open_offers() -> list[tuple[str, str]]:
    return [(str(offer.pk), offer.title) for offer in offers.offers(active=True, sort="title")]


class FavourKind(forms.ChoiceField):
    """Professional or personal."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Kind")
        super().__init__(
            choices=FAVOUR_KINDS, widget=forms.RadioSelect, initial="professional", **options
        )


class Minutes(forms.IntegerField):
    """How long it took."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Minutes it took")
        super().__init__(required=False, min_value=0, max_value=100_000, **options)


class CameOfIt(Words):
    """What came of a favour."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2})
        options.setdefault("label", "What came of it")
        super().__init__(required=False, widget=widget, **options)


class FavourForm(forms.Form):
    """Something done for a client that cannot be paid for."""

    what = Line(required=True, max_length=300, label="What did we do?")
    kind = FavourKind()
    on = Happened()
    member_id = Pick(label="By", choices=colleagues("Me"), required=False)
    minutes = Minutes()
    outcome = CameOfIt()


class PromisedFavour(forms.Form):
    """A favour promised."""

    what = Line(required=True, max_length=300, label="What did we promise?")
    kind = FavourKind()
    due_on = Day(required=False, label="Until")
    member_id = Pick(label="By", choices=colleagues("Me"), required=False)


class DoneFavour(forms.Form):
    """A promised favour that was done."""

    on = Happened()
    member_id = Pick(label="By", choices=colleagues("Whoever promised it"), required=False)
    minutes = Minutes()
    outcome = CameOfIt()


class FavourOutcome(forms.Form):
    """What came of a favour, told later."""

    outcome = Words(
        label="What came of it", help_text="In a line or two: theirs to tell, not ours to boast of."
    )


class ChangedFavour(forms.Form):
    """What can be corrected of a favour."""

    what = Line(required=True, max_length=300)
    kind = FavourKind()
    promised_on = Day(required=False)
    due_on = Day(required=False, label="Until")
    done_on = Day(required=False)
    member_id = Pick(label="By", choices=colleagues("Nobody named"), required=False)
    minutes = Minutes()
    outcome = CameOfIt()


class NeedMayPass(MayPassOn):
    """The client's own answer to our passing a need on, asked on the spot."""

    needed = True
    """'Not asked yet' is an answer: the field isn't marked as optional."""

    def __init__(self) -> None:
        super().__init__(label="May we pass it on?", widget=forms.RadioSelect, initial="")


class Urgency(forms.ChoiceField):
    """How soon they need it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "How soon?")
        options.setdefault("initial", "soon")
        super().__init__(choices=URGENCIES, widget=forms.RadioSelect, **options)


class ForOther(forms.BooleanField):
    """The mark of a need that a client told for somebody else."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label="It is for somebody they know",
            help_text="No name and no number, please: of people who aren't clients nothing stays "
            "longer than a month after the last step.",
        )


class NeedForm(forms.Form):
    """Something a client needs."""

    words = Words(label="In their own words")
    urgency = Urgency()
    may_pass_on = NeedMayPass()
    for_other = ForOther()
    category = Category()
    for_us = forms.BooleanField(required=False, label="We offer this ourselves")
    on = Happened(label="Noted on")


class ChangedNeed(forms.Form):
    """What can be corrected of a need; what they say to passing it on has a form of its own."""

    words = Words(label="In their own words")
    urgency = Urgency()
    category = Category()
    for_other = ForOther()
    for_us = forms.BooleanField(required=False, label="We offer this ourselves")
    noted_on = Day()


class PassingOn(forms.Form):
    """What the client said to our telling others of a need."""

    may_pass_on = TheirAnswer(label="May we pass it on?")
    on = Happened(label="Asked on")
    why = Line(label="In their words")


class Done(forms.MultipleChoiceField):
    """What was done for a referral, of the parts that make one good (P32)."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "What was done")
        super().__init__(
            choices=[(part.code, part.done) for part in DONE],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **options,
        )


class WhyConfident(Words):
    """What makes a referral more than a name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Why they can be confident")
        options.setdefault("help_text", "What this provider did, and from where you know it.")
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 2}), **options)


class ReferralForNeed(forms.Form):
    """Somebody we sent a client to, for a need on record."""

    provider = Line(required=True, label="To whom?")
    why_confident = WhyConfident()
    done = Done()
    on = Happened()


class GivenReferral(ReferralForNeed):
    """Somebody we sent a client to: for a need on record, or one that is told with it."""

    need_id = Pick(label="For which need", choices=[], required=False)
    need_words = Line(
        max_length=2_000, label="What do they need?", help_text="In their own words; it is noted."
    )
    field_order = ("provider", "need_id", "need_words", "why_confident", "done", "on")


def with_their_needs(form: forms.Form, client: Any) -> None:
    """The client's open needs that others could serve, to choose from; none, no question."""
    found = list(giving.needs(client_id=client.pk, state="open", for_us=False))
    if not found:
        del form.fields["need_id"]
        return
    named = [("", "another one"), *((str(each.pk), each.words[:100]) for each in found)]
    form.fields["need_id"].choices = named  # type: ignore[attr-defined]
    form.fields["need_words"].label = "Or a need that isn't on record"


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
