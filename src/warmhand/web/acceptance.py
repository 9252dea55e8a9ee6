"""What works: how asks are answered, by kind, channel, moment and wording, with their cases."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from warmhand.apps.accounts import queries as accounts
from warmhand.apps.asks.acceptance import FEWEST, FLOOR, LAST, AcceptanceFilter, acceptance
from warmhand.web import gate

PERIODS: Final = (("", "The last year"), ("90", "The last 90 days"), ("all", "Ever"))
YEAR: Final = 365
TITLES: Final = {
    "kind": "Kind of ask",
    "channel": "Channel",
    "moment": "Moment",
    "variant": "Wording",
}


class AcceptanceForm(forms.Form):
    """Which asks: of a period, of a team, of a member."""

    period = forms.ChoiceField(label="Asked in", choices=PERIODS, required=False)
    team = forms.ChoiceField(label="By the team", required=False)
    member = forms.TypedChoiceField(label="By", coerce=int, empty_value=None, required=False)

    def __init__(self, sent: Any) -> None:
        super().__init__(sent, auto_id="works_%s")
        people = list(accounts.members())
        teams = sorted({each.team for each in people if each.team})
        team, member = self.fields["team"], self.fields["member"]
        team.choices = [("", "Any team"), *((each, each) for each in teams)]  # type: ignore[attr-defined]
        named = [(str(each.pk), each.name) for each in people]
        member.choices = [("", "Anybody"), *named]  # type: ignore[attr-defined]

    def wanted(self, today: dt.date) -> AcceptanceFilter:
        """The filter; what can't be read is left out."""
        self.is_valid()
        sent = self.cleaned_data
        period = sent.get("period", "")
        days = int(period or YEAR) if period != "all" else None
        return AcceptanceFilter(
            since=today - dt.timedelta(days=days) if days else None,
            team=sent.get("team", ""),
            member_id=sent.get("member"),
        )

    @property
    def narrowed(self) -> bool:
        """Whether a filter leaves asks out."""
        return any(self.cleaned_data.get(name) for name in self.fields)


@require_safe
@gate.member()
def works(request: gate.Request) -> HttpResponse:
    """Shares with their cases, their interval, and a warning where it is time to stop."""
    form = AcceptanceForm(request.GET)
    found = acceptance(form.wanted(request.here.me.today()))
    context = {
        "form": form,
        "filtered": form.narrowed,
        "found": found,
        "tables": [(code, TITLES[code], shares) for code, shares in found.by.items()],
        "fewest": FEWEST,
        "last": LAST,
        "floor": FLOOR,
    }
    return render(request, "acceptance/works.html", context)
