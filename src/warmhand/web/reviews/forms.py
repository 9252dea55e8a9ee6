"""Forms of reviews: an invitation, other times, the agenda, the record of the meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms

from warmhand.apps.reviews.services import Promise
from warmhand.apps.reviews.slots import Slot
from warmhand.web.forms import Day, Words
from warmhand.web.records.forms.fields import Happened, Line

TIMES: Final = ("time_1", "time_2", "time_3")
PROMISES: Final = (1, 2, 3)
KINDS: Final = (("call", "Call"), ("lunch", "Lunch"), ("visit", "Visit"))
_LOCAL = "%Y-%m-%dT%H:%M"
NONE_GIVEN: Final = "none"
RATINGS: Final = [*((str(n), str(n)) for n in range(11)), (NONE_GIVEN, "none given")]


class Moment(forms.DateTimeField):
    """A day and an hour on the client's clock, without a zone: the form knows which one."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(format=_LOCAL, attrs={"type": "datetime-local", "step": 300})
        super().__init__(widget=widget, input_formats=[_LOCAL, "%Y-%m-%d %H:%M"], **options)

    def to_python(self, value: Any) -> dt.datetime | None:
        """Left without a zone: Django would take it for ours."""
        if value in self.empty_values:
            return None
        for each in self.input_formats or ():
            try:
                return dt.datetime.strptime(str(value), each)  # noqa: DTZ007 - a clock on a wall
            except ValueError:
                continue
        raise forms.ValidationError("Name a day and an hour.", code="invalid")


class TimesForm(forms.Form):
    """Up to three times, on the client's clock."""

    time_1 = Moment(label="First time")
    time_2 = Moment(label="Second time", required=False)
    time_3 = Moment(label="Third time", required=False)

    def __init__(self, sent: Any, *, there: ZoneInfo, slots: Iterable[Slot] = ()) -> None:
        super().__init__(sent)
        self.there = there
        for name, slot in zip(TIMES, slots, strict=False):
            self.fields[name].initial = f"{slot.starts_at.astimezone(there):{_LOCAL}}"

    def clean(self) -> dict[str, Any]:
        """An hour that the clocks skip on that day doesn't exist."""
        sent: dict[str, Any] = super().clean() or {}
        for name in TIMES:
            local = sent.get(name)
            if local is not None and not _exists(local, self.there):
                self.add_error(name, "The clocks skip this hour there on that day.")
        return sent

    @property
    def starts(self) -> list[dt.datetime]:
        """The times, with their zone."""
        found = (self.cleaned_data.get(name) for name in TIMES)
        return [each.replace(tzinfo=self.there) for each in found if each is not None]


def _exists(local: dt.datetime, zone: ZoneInfo) -> bool:
    there = local.replace(tzinfo=zone)
    try:
        return there.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) == local
    except OverflowError:  # the first and the last day that there are
        return False


class InviteForm(TimesForm):
    """An invitation: where, how long, when, in which words, and how it goes out."""

    minutes = forms.IntegerField(label="Minutes", min_value=10, max_value=480)
    place = Line(label="Place or link", max_length=300)
    subject = Line(label="Subject", max_length=200, required=True)
    words = Words(label="The invitation", widget=forms.Textarea(attrs={"rows": 9}))
    field_order = (*TIMES, "minutes", "place", "subject", "words")


class AgendaForm(forms.Form):
    """A text for each part: what the records say, until somebody writes otherwise."""

    def __init__(self, sent: Any, *, points: Sequence[Any]) -> None:
        super().__init__(sent)
        for point in points:
            self.fields[point.part] = forms.CharField(
                label=point.title,
                required=False,
                max_length=4_000,
                initial="\n".join(point.lines),
                help_text=point.say,
                widget=forms.Textarea(attrs={"rows": max(2, len(point.lines) + 1)}),
            )

    def written(self) -> dict[str, str]:
        """Only what was changed: the rest goes on coming from the records."""
        return {
            name: text.strip()
            for name, text in self.cleaned_data.items()
            if _lines(text) != _lines(str(self.fields[name].initial or ""))
        }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class HoldForm(forms.Form):
    """What a meeting brought; the rating first (P14)."""

    rating = forms.TypedChoiceField(
        label="How satisfied are they, from 0 to 10?",
        choices=RATINGS,
        coerce=lambda given: None if given == NONE_GIVEN else int(given),
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose their rating, or say that they gave none."},
    )
    words = Words(required=False, label="In their own words", widget=forms.Textarea({"rows": 2}))
    needs = Words(
        required=False,
        label="What they need from others",
        help_text="One a line. Somebody we know may serve it.",
        widget=forms.Textarea({"rows": 2}),
    )
    needs_for_us = Words(
        required=False,
        label="What they need that we could do",
        help_text="One a line.",
        widget=forms.Textarea({"rows": 2}),
    )
    colleagues = Words(
        required=False,
        label="Colleagues whom they mentioned",
        help_text="Names only, one a line. They stay hidden until an introduction is earned.",
        widget=forms.Textarea({"rows": 2}),
    )
    on = Happened(label="Held on")

    def __init__(self, sent: Any, *, today: dt.date) -> None:
        super().__init__(sent)
        self.fields["on"].initial = today
        for n in PROMISES:
            self.fields[f"promise_{n}"] = Line(label="What we promised", max_length=300)
            self.fields[f"due_{n}"] = Day(required=False, label="For when")

    @property
    def promise_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The promises, each with its day."""
        return [(self[f"promise_{n}"], self[f"due_{n}"]) for n in PROMISES]

    def clean(self) -> dict[str, Any]:
        """A day belongs to a promise."""
        sent: dict[str, Any] = super().clean() or {}
        for n in PROMISES:
            if sent.get(f"due_{n}") and not sent.get(f"promise_{n}", "").strip():
                self.add_error(f"promise_{n}", "What was promised for that day?")
        return sent

    def values(self) -> dict[str, Any]:
        """What `hold_review` takes."""
        sent = self.cleaned_data
        names = ("needs", "needs_for_us", "colleagues")
        return {
            "rating": sent["rating"],
            "words": sent["words"],
            "on": sent["on"],
            **{name: _lines(sent[name]) for name in names},
            "promises": [
                Promise(sent[f"promise_{n}"].strip(), sent[f"due_{n}"])
                for n in PROMISES
                if sent[f"promise_{n}"].strip()
            ],
        }
