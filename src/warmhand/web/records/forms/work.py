"""Forms of commitments, cases, ratings, surveys, reviews and busy times."""

from __future__ import annotations

from typing import Any

from django import forms

from warmhand.apps.work.evidence import MOST_BYTES
from warmhand.apps.work.queries import COMMITMENT_KINDS, EVIDENCE_KINDS
from warmhand.web.forms import Day, Words

from .fields import Happened, Line, Score


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
    file = forms.FileField(
        required=False, label="Or the file itself", help_text="At most 20 MB.", max_length=200
    )

    def clean_file(self) -> Any:
        """Refuse what is too big to keep."""
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError("This file is bigger than 20 MB.")
        return file


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
