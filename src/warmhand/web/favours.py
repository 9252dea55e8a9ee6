"""Favours over the whole client base: the coverage, who has had none, and a proposal for each (P9).

A proposal becomes a promise in one click, or is put aside with an Undo.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from warmhand.apps.accounts import queries as accounts
from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.giving import services as giving
from warmhand.apps.giving.coverage import (
    NONE_GIVEN,
    TENURES,
    CoverageFilter,
    coverage,
    period_of,
    sectors,
    without_favour,
)
from warmhand.apps.giving.known import proposal_of, proposals_for
from warmhand.apps.giving.proposals import dismiss_proposal
from warmhand.apps.people import queries as people
from warmhand.apps.people.importing.exporting import csv_text
from warmhand.matching.favours import Proposal
from warmhand.web import flash, gate
from warmhand.web.favour_tabs import favour_tabs
from warmhand.web.files import csv_answer
from warmhand.web.forms import saved, sent
from warmhand.web.journal import back
from warmhand.web.records.forms.giving import PromisedFavour

PER_PAGE: Final = 20
AT_ONCE: Final = 500
"""So many clients of the file are thought about at once."""
OTHERS_SHOWN: Final = 3
PERIODS: Final = (("30", "30 days"), ("90", "90 days"), ("180", "half a year"), ("365", "a year"))
TITLES: Final = {
    "member": "In whose care",
    "team": "Team",
    "sector": "Sector",
    "tenure": "How long a client",
}
KEYS: Final = (
    ("f", "search this list"),
    ("p", "promise what is proposed"),
    ("d", "not this one"),
    ("[", "page before"),
    ("]", "next page"),
)
COLUMNS: Final = (
    *("Client number", "Client", "Company", "In the care of", "Team", "Client since"),
    *("Last favour on", "Proposal", "Why", "Until"),
)


class BaseForm(forms.Form):
    """Which clients, and over how long a period."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    team = forms.ChoiceField(label="Team", required=False)
    member = forms.ChoiceField(label="In whose care", required=False)
    sector = forms.ChoiceField(label="Sector", required=False)
    tenure = forms.ChoiceField(label="How long a client", required=False)
    period = forms.ChoiceField(label="Period", required=False)

    def __init__(self, given: Any) -> None:
        super().__init__(given, auto_id="favours_%s")
        members = list(accounts.members())
        teams = sorted({each.team for each in members if each.team})
        rhythm = period_of(CoverageFilter())
        self._choose("team", "Any team", [(team, team) for team in teams], "Of no team")
        named = [(str(each.pk), each.name) for each in members]
        self._choose("member", "Anybody's", named, "In nobody's care")
        known = [(sector, sector) for sector in sectors()]
        self._choose("sector", "Any sector", known, "Sector not known")
        tenures = [(code, title) for code, title in TENURES.items() if code]
        self._choose("tenure", "However long", tenures, TENURES[""])
        self.fields["period"].choices = [("", f"{rhythm} days, as usual"), *PERIODS]  # type: ignore[attr-defined]

    def _choose(self, name: str, any_: str, choices: list[tuple[str, str]], none: str) -> None:
        self.fields[name].choices = [("", any_), *choices, (NONE_GIVEN, none)]  # type: ignore[attr-defined]

    def wanted(self) -> CoverageFilter:
        """The filter; what can't be read is left out."""
        self.is_valid()
        given = self.cleaned_data
        named = {name: given.get(name, "") for name in ("team", "member", "sector", "tenure")}
        period = int(given.get("period") or 0)
        return CoverageFilter(search=given.get("q", ""), period=period, **named)

    @property
    def narrowed(self) -> bool:
        """Whether a filter is set."""
        return any(self.cleaned_data.get(name) for name in self.fields)


@require_safe
@gate.member()
def favours_coverage(request: gate.Request) -> HttpResponse:
    """The share of clients with a favour in the period: in all, by segment, and over time."""
    form = BaseForm(request.GET)
    found = coverage(form.wanted())
    context = {
        "tabs": favour_tabs("favours-coverage"),
        "form": form,
        "filtered": form.narrowed,
        "found": found,
        "tables": [
            (name, TITLES[name], [(it, _who_without(request, name, it.value)) for it in shares])
            for name, shares in found.by.items()
        ],
        "bars": list(_bars(found.trend)),
    }
    return render(request, "favours/coverage.html", context)


def _who_without(request: gate.Request, name: str, value: str) -> str:
    """The list of who has had none, among those who have this in common."""
    kept = {key: text for key, text in request.GET.items() if text and key != "page"}
    return f"{reverse('web:favours-none')}?{urlencode({**kept, name: value})}"


BAR, GAP, TOP = 40, 12, 100


def _bars(trend: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The periods as bars of a chart that is 100 high; one without clients has no bar."""
    for place, span in enumerate(trend):
        height = span.share.percent or 0
        left = place * (BAR + GAP)
        yield {
            "span": span,
            "x": left,
            "middle": left + BAR / 2,
            "y": TOP - height,
            "height": height,
            "percent": span.share.percent,
        }


@require_safe
@gate.member()
def favours_none(request: gate.Request) -> HttpResponse:
    """Clients without a favour in the period, each with what could be done for them."""
    form = BaseForm(request.GET)
    wanted = form.wanted()
    page = Paginator(without_favour(wanted), PER_PAGE).get_page(request.GET.get("page"))
    clients = list(page.object_list)
    found = proposals_for([client.pk for client in clients])
    context = {
        "tabs": favour_tabs("favours-none"),
        "form": form,
        "filtered": form.narrowed,
        "any_clients": bool(clients) or people.clients().exists(),
        "period": period_of(wanted),
        "page": page,
        "lines": [_line(client, found.get(client.pk, ())) for client in clients],
        "file": f"{reverse('web:favours-none-csv')}?{request.GET.urlencode()}",
        "keys": KEYS,
    }
    return render(request, "favours/none.html", context)


def _line(client: Any, proposals: tuple[Proposal, ...]) -> dict[str, Any]:
    return {
        "client": client,
        "proposal": proposals[0] if proposals else None,
        "others": proposals[1 : 1 + OTHERS_SHOWN],
    }


@require_safe
@gate.member()
def favours_none_csv(request: gate.Request) -> HttpResponse:
    """The same list as a file, whole, with the first proposal for each."""
    rows = without_favour(BaseForm(request.GET).wanted())
    return csv_answer("without-a-favour.csv", csv_text(COLUMNS, _rows(list(rows))))


def _rows(clients: list[Any]) -> Iterator[tuple[object, ...]]:
    for start in range(0, len(clients), AT_ONCE):
        some = clients[start : start + AT_ONCE]
        found = proposals_for([client.pk for client in some])
        for client in some:
            first = next(iter(found.get(client.pk, ())), None)
            keeper = client.keeper
            yield (
                *(client.pk, client.title, client.company.name if client.company else ""),
                *(keeper.name if keeper else "", keeper.team if keeper else ""),
                *(client.client_since, client.last_favour_on),
                *((first.what, " ".join(first.why), first.due_on) if first else ("", "", "")),
            )


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def proposal_take(request: gate.Request, client_id: int, about: str) -> HttpResponse:
    """What is proposed, as a promise: the form is filled in, and can be changed first."""
    client, proposal = people.client_by_id(client_id), proposal_of(client_id, about)
    filled = {"what": proposal.what[:300], "kind": proposal.kind, "due_on": proposal.due_on}
    form = PromisedFavour(sent(request), initial=filled)
    by = request.here.me.actor("web")
    made = saved(
        form,
        lambda **given: giving.promise_favour(
            by=by, client_id=client_id, need_id=proposal.need_id, **given
        ),
    )
    if made is not None:
        flash.told(request, about=made)
        return _to_list(request)
    by_htmx = bool(request.headers.get("HX-Request"))
    context = {
        "form": form,
        "heading": f"Promise it to {client.title}",
        "lede": " ".join(proposal.why),
        "submit": "Promise it",
        "back": reverse("web:favours-none"),
        "back_to": "Who has had none",
        "action": request.get_full_path(),
    }
    where = "records/form_dialog.html" if by_htmx else "records/form.html"
    return render(request, where, context, status=422 if form.errors else 200)


@require_POST
@gate.member(Ability.RECORD)
def proposal_dismiss(request: gate.Request, client_id: int, about: str) -> HttpResponse:
    """Not this one: the next best is proposed instead."""
    gone = dismiss_proposal(by=request.here.me.actor("web"), client_id=client_id, about=about)
    flash.undoable(request, "Put aside. The next best is proposed instead.", about=gone)
    return back(request, "web:favours-none")


def _to_list(request: gate.Request) -> HttpResponse:
    """Where one was, out of a dialog too."""
    if request.headers.get("HX-Request"):
        here = request.headers.get("HX-Current-URL") or reverse("web:favours-none")
        return HttpResponseClientRedirect(here)
    return back(request, "web:favours-none")
