"""The words of an ask in the channel and manner somebody chooses, and their own words checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.moves.moments import Manner, context_of, words_of
from warmhand.listening.encoder import encoder_or_none
from warmhand.web import gate
from warmhand.wording import Breach, Channel, Checked, Formality, Kind, check

CHANNELS = [("spoken", "Spoken"), ("email", "E-mail"), ("chat", "Chat")]
FORMALITIES = [("relaxed", "Relaxed"), ("neutral", "Neutral"), ("formal", "Formal")]
KINDS = [("ask", "Client to client"), ("ask_coworker", "Client to co-worker"), ("ask_more", "More")]
LONGEST = 5000
AROUND = 60
"""Letters that are shown before and after a place."""


class ChooseForm(forms.Form):
    """How an ask is to be said, and about which case."""

    kind = forms.ChoiceField(choices=[("", ""), *KINDS], required=False)
    case = forms.IntegerField(min_value=1, required=False)
    channel = forms.ChoiceField(choices=CHANNELS, required=False)
    formality = forms.ChoiceField(choices=FORMALITIES, required=False)

    def about(self) -> dict[str, Any]:
        """Kind and case as they are asked for; what can't be read counts as left out."""
        self.is_valid()
        kind = self.cleaned_data.get("kind")
        return {
            "kind": Kind(kind) if kind else None,
            "case_id": self.cleaned_data.get("case"),
        }

    def manner(self) -> Manner:
        """Channel and formality; spoken and neutral where none is chosen."""
        self.is_valid()
        return Manner(
            Channel(self.cleaned_data.get("channel") or "spoken"),
            Formality(self.cleaned_data.get("formality") or "neutral"),
        )


class OwnWordsForm(ChooseForm):
    """Somebody's own words."""

    text = forms.CharField(
        label="Your own words",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what you mean to say, then check it."},
    )


@require_safe
@gate.member()
def words(request: gate.Request, client_id: int) -> HttpResponse:
    """The words of an ask; the panel alone for htmx, a page for others."""
    form = ChooseForm(request.GET)
    wording = words_of(client_id, **form.about(), manner=form.manner())
    part = request.headers.get("HX-Request")
    context = {"wording": wording, "case_id": form.about()["case_id"]}
    return _shown(
        request,
        client_id,
        "console/words_part.html" if part else "console/words_page.html",
        context,
    )


@require_POST
@gate.member()
def check_words(request: gate.Request, client_id: int) -> HttpResponse:
    """What somebody's own words get wrong; nothing is written."""
    form = OwnWordsForm(request.POST)
    context: dict[str, Any] = {"own": form, "case_id": form.about()["case_id"]}
    good = form.is_valid()
    if good:
        text = form.cleaned_data["text"]
        known = context_of(client_id, text, **form.about())
        context["result"] = Result.of(text, check(text, known, encoder=encoder_or_none()))
    part = request.headers.get("HX-Request")
    template = "console/own_words_result.html" if part else "console/own_words_page.html"
    return _shown(request, client_id, template, context, status=200 if good else 422)


def _shown(
    request: gate.Request, client_id: int, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    verdict = verdict_of(client_id)
    return render(request, template, {"verdict": verdict, **context}, status=status)


@dataclass(frozen=True)
class Told:
    """A breach with the text before, inside and after its place."""

    breach: Breach
    before: str
    marked: str
    after: str


@dataclass(frozen=True)
class Result:
    """What was found in somebody's own words."""

    checked: Checked
    told: list[Told]

    @classmethod
    def of(cls, text: str, checked: Checked) -> Result:
        """Each breach with its place in the text."""
        told = [
            Told(
                each,
                _end_of(text[: each.span[0]]),
                text[slice(*each.span)],
                _start_of(text[each.span[1] :]),
            )
            for each in checked.breaches
        ]
        return cls(checked, told)

    @property
    def asks(self) -> str:
        """What the text is heard as."""
        return {
            "intro": "an ask for an introduction",
            "rec": "an ask for a recommendation, a reference or a review",
            "none": "no ask at all",
        }[self.checked.kind]

    @property
    def has(self) -> list[tuple[str, bool]]:
        """The three things that a good ask has, each as it is or isn't."""
        found = self.checked
        return [
            ("reconfirms first" if found.reconfirm else "doesn't reconfirm", found.reconfirm),
            ("says 'we'" if found.we else "doesn't say 'we'", found.we),
            ("offers help" if found.help else "offers no help", found.help),
        ]


def _end_of(text: str) -> str:
    """The last words of a text, with a mark where it was cut."""
    if len(text) <= AROUND:
        return text
    return "… " + text[-AROUND:].partition(" ")[2]


def _start_of(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return text[:AROUND].rpartition(" ")[0] + " …"
