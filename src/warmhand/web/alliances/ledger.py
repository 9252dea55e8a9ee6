"""The ledger of all allies, the return on giving, and networks of third parties."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability, may
from warmhand.apps.alliances import queries, services
from warmhand.apps.alliances.queries.ledger import Ledger
from warmhand.apps.alliances.queries.networks import SHOWS, SORTS
from warmhand.apps.alliances.worth import worths_said
from warmhand.apps.people.importing.exporting import csv_text
from warmhand.web import flash, gate
from warmhand.web.files import csv_answer
from warmhand.web.forms import page_number, saved

from .forms import NetworkForm
from .pages import tabs

PER_PAGE: Final = 25
TILTS: Final = {
    "we_give_more": "We give more",
    "they_give_more": "They give more",
    "even": "Even",
    "too_few": "Too few to say",
}
COLUMNS: Final = (
    "ally", "mode", "given", "received", "balance", "worth given", "worth received",
    "worth balance", "state", "trend", "findings",
)  # fmt: skip
"""Of the ledger's file; what was worth something stands by currency, never added together."""
SORT_WORDS: Final = {
    "difference": "Largest difference",
    "value": "Largest difference in value",
    "latest": "Latest",
    "party": "By name",
}


class LedgerForm(forms.Form):
    """Which accounts."""

    q = forms.CharField(required=False, label="Search", help_text="Search", max_length=200)
    state = forms.ChoiceField(
        required=False, label="Alliance", choices=[("", "In any state"), *queries.STATES.items()]
    )
    tilt = forms.ChoiceField(
        required=False, label="Exchange", choices=[("", "Even or not"), *TILTS.items()]
    )
    mode = forms.ChoiceField(
        required=False, label="Mode", choices=[("", "In any mode"), *queries.MODES]
    )

    def found(self) -> list[Ledger]:
        """The accounts that fit, unevenest first."""
        good = self.cleaned_data if self.is_valid() else {}
        rows = queries.alliances(search=good.get("q", ""), state=good.get("state", ""))
        found = queries.ledgers(list(rows))
        if tilt := good.get("tilt"):
            found = [each for each in found if each.tilt == tilt]
        if mode := good.get("mode"):
            found = [each for each in found if each.standing.mode == mode]
        return sorted(found, key=_uneven)


def _uneven(each: Ledger) -> tuple[bool, int, str]:
    return (
        each.balance is None,
        -abs(each.balance.number if each.balance else 0),
        str(each.alliance),
    )


@require_safe
@gate.member()
def ledger(request: gate.Request) -> HttpResponse:
    """Given and received per ally over twelve months."""
    form = LedgerForm(request.GET)
    page = Paginator(form.found(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filtered": any(form.data.get(name) for name in form.fields),
        "page": page,
        "apart": next(filter(None, (each.apart for each in page)), ""),
        "since": queries.window(request.here.me.today())[0],
        "tabs": tabs("web:ledger"),
    }
    return render(request, "alliances/ledger.html", context)


@require_safe
@gate.member()
def ledger_csv(request: gate.Request) -> HttpResponse:
    """The same as a file, as far as each mode lets: what it forbids is left empty."""
    lines = (_line(each) for each in LedgerForm(request.GET).found())
    return csv_answer("ledger.csv", csv_text(COLUMNS, lines))


def _line(each: Ledger) -> tuple[Any, ...]:
    return (
        each.alliance.name,
        each.standing.mode.value,
        each.given.number if each.given else "",
        each.received.number if each.received else "",
        each.balance.number if each.balance else "",
        *(worths_said(it.value) if it else "" for it in (each.given, each.received, each.balance)),
        each.tilt.value if each.tilt else "",
        each.trend.value if each.trend else "",
        "; ".join(finding.code for finding in each.findings),
    )


@require_safe
@gate.member()
def giving_return(request: gate.Request) -> HttpResponse:
    """Hours and favours in, referrals and value back."""
    found = queries.returns(list(queries.alliances()))
    context = {
        "found": found,
        "since": queries.window(request.here.me.today())[0],
        "tabs": tabs("web:giving_return"),
    }
    return render(request, "alliances/returns.html", context)


@require_safe
@gate.member()
def networks(request: gate.Request) -> HttpResponse:
    """Networks brought in, and the form for one more (for those who may import)."""
    return _networks(request, NetworkForm())


@require_http_methods(["GET", "POST"])
@gate.member(Ability.IMPORT)
def network_new(request: gate.Request) -> HttpResponse:
    """Bring in a network from a file; who loads a refused form's address anew is at the list."""
    if request.method != "POST":
        return redirect("web:networks")
    form = NetworkForm(request.POST, request.FILES)
    made = _brought_in(request, form)
    if made is None:
        return _networks(request, form)
    flash.done(request, f"Brought in {made.rows_read - made.rows_refused} rows.")
    return redirect("web:network", made.pk)


def _networks(request: gate.Request, form: NetworkForm) -> HttpResponse:
    context = {
        "form": form,
        "may_import": may(request.here.me.role, Ability.IMPORT),
        "networks": queries.networks(),
        "tabs": tabs("web:networks"),
    }
    return render(request, "alliances/networks.html", context, status=422 if form.errors else 200)


def _brought_in(request: gate.Request, form: NetworkForm) -> Any:
    by = request.here.me.actor("web")

    def bring(file: str, **values: Any) -> Any:
        edges = services.read_network(file)
        return services.import_network(by=by, edges=edges, **values)

    return saved(form, bring)


class PairsForm(forms.Form):
    """Which pairs."""

    q = forms.CharField(
        required=False, label="Member", help_text="A member of the network", max_length=120
    )
    show = forms.ChoiceField(
        required=False, label="Pairs", choices=[("", "All pairs"), *SHOWS.items()]
    )
    sort = forms.ChoiceField(
        required=False, label="Order", choices=[(name, SORT_WORDS[name]) for name in SORTS]
    )


@require_safe
@gate.member()
def network(request: gate.Request, network_id: int) -> HttpResponse:
    """One network: its totals, and each pair with its explanation."""
    it = queries.network_by_id(network_id)
    form = PairsForm(request.GET)
    good = form.cleaned_data if form.is_valid() else {}
    number = page_number(request.GET.get("page"))
    found = queries.pairs(
        it,
        show=good.get("show", ""),
        party=good.get("q", "").strip(),
        sort=good.get("sort") or "difference",
        page=number,
        per_page=PER_PAGE,
    )
    pages = Paginator(range(found.fitting), PER_PAGE)
    context = {
        "it": it,
        "total": found.total,
        "form": form,
        "filtered": bool(good.get("show") or good.get("q")),
        "rows": found.rows,
        "page": pages.get_page(number),
        "may_import": may(request.here.me.role, Ability.IMPORT),
    }
    return render(request, "alliances/network.html", context)


@require_POST
@gate.member(Ability.IMPORT)
def network_remove(request: gate.Request, network_id: int) -> HttpResponse:
    """Delete a network."""
    services.remove_network(by=request.here.me.actor("web"), network_id=network_id)
    flash.done(request, "The network is deleted.")
    return redirect("web:networks")
