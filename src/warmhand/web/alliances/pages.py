"""Alliances: the list, one of them with its account, its terms and its paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability, may
from warmhand.apps.alliances import queries, services
from warmhand.apps.alliances.documents import paper_of
from warmhand.apps.alliances.modes import standing_of
from warmhand.apps.policies.law import law_today, packs_for
from warmhand.web import flash, gate
from warmhand.web.forms import saved, sent

from .chart import chart_of
from .forms import AllianceForm, ExchangeForm, PaperForm, SpokeForm, TradeForm

PER_PAGE: Final = 25
LISTED: Final = 12
"""How many of each way are listed on the page of an alliance: the latest."""
TABS: Final = (
    ("web:alliances", "Alliances"),
    ("web:enquiries", "Enquiries"),
    ("web:ledger", "Ledger"),
    ("web:giving_return", "Return on giving"),
    ("web:networks", "Networks"),
)


def tabs(here: str) -> list[dict[str, Any]]:
    """The five views side by side."""
    return [{"label": label, "url": reverse(name), "here": name == here} for name, label in TABS]


def answered(
    request: gate.Request,
    form: forms.Form,
    save: Callable[..., Any],
    *,
    again: Callable[[], HttpResponse],
    to: Callable[[Any], str],
) -> HttpResponse:
    """A form of a page: saved, told with Undo and on to a page; or the form again with why not."""
    made = saved(form, save)
    if made is None:
        return again()
    flash.told(request, about=made)
    return redirect(to(made))


def page_of(alliance_id: int) -> str:
    """The address of an alliance."""
    return reverse("web:alliance", args=[alliance_id])


class ListForm(forms.Form):
    """Search and state of a list."""

    q = forms.CharField(required=False, label="Search", help_text="Search", max_length=200)
    state = forms.ChoiceField(required=False, label="State")

    def __init__(self, sent: Any, states: dict[str, str]) -> None:
        super().__init__(sent)
        self.fields["state"].choices = [("", "In any state"), *states.items()]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """What the query takes."""
        good = self.cleaned_data if self.is_valid() else {}
        return {"search": good.get("q", ""), "state": good.get("state", "")}


@require_safe
@gate.member()
def alliances(request: gate.Request) -> HttpResponse:
    """All alliances, with their account as far as their mode lets."""
    form = ListForm(request.GET, queries.STATES)
    wanted = form.wanted()
    today = request.here.me.today()
    rows = queries.alliances(**wanted, today=today)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found = queries.ledgers(list(page.object_list), today=today)
    context = {
        "form": form,
        "filtered": any(wanted.values()),
        "page": page,
        "rows": [(each, queries.state_of(each.alliance, today)) for each in found],
        "tabs": tabs("web:alliances"),
        "trade": queries.our_trade(),
        "may_policy": may(request.here.me.role, Ability.POLICY),
        "keys": (("f", "search this list"), ("n", "add")),
    }
    return render(request, "alliances/list.html", context)


@require_safe
@gate.member()
def alliance(request: gate.Request, alliance_id: int) -> HttpResponse:
    """One alliance: terms, what went both ways, why it is uneven and what to do."""
    return _page(request, alliance_id)


def _page(request: gate.Request, alliance_id: int, status: int = 200, **forms: Any) -> HttpResponse:
    it = queries.alliance_by_id(alliance_id)
    today = request.here.me.today()
    ledger = queries.ledger_of(it, today=today)
    standing = ledger.standing
    period = request.GET.get("period", "month")
    period = period if period in queries.PERIODS else "month"
    periods = queries.by_period(it, standing, period, today=today)
    context = {
        "it": it,
        "ledger": ledger,
        "standing": standing,
        "state": queries.state_of(it, today),
        "chart": chart_of(periods),
        "periods": periods,
        "period_tabs": [
            {"label": f"By {each}", "url": f"?period={each}", "here": each == period}
            for each in queries.PERIODS
        ],
        "given": queries.movements(it, standing, way="given", most=LISTED, today=today),
        "received": queries.movements(it, standing, way="received", most=LISTED, today=today),
        "spoke_form": SpokeForm(),
        "paper_form": PaperForm(initial={"signed_on": it.signed_on}),
        "exchange_form": ExchangeForm(counts=standing.counts),
        **forms,
    }
    return render(request, "alliances/alliance.html", context, status=status)


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def alliance_new(request: gate.Request) -> HttpResponse:
    """Form an alliance."""
    form = AllianceForm(sent(request), initial=request.GET.dict())
    by = request.here.me.actor("web")
    return answered(
        request,
        form,
        lambda **_: services.form_alliance(by=by, **form.values()),
        again=lambda: _form(
            request, form, "Form an alliance", reverse("web:alliances"), "Alliances"
        ),
        to=lambda made: page_of(made.pk),
    )


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def alliance_edit(request: gate.Request, alliance_id: int) -> HttpResponse:
    """Change an alliance's terms, sides or days."""
    it = queries.alliance_by_id(alliance_id)
    form = AllianceForm(sent(request), initial=_filled(it))
    by = request.here.me.actor("web")
    back, removal = page_of(it.pk), reverse("web:alliance_remove", args=[it.pk])
    return answered(
        request,
        form,
        lambda **_: services.change_alliance(by=by, alliance_id=it.pk, **form.values()),
        again=lambda: _form(request, form, f"Change: {it.name}", back, it.name, removal),
        to=lambda _: back,
    )


def _filled(it: Any) -> dict[str, Any]:
    names = (
        "name", "provider_id", "terms", "sector", "place", "exclusive", "at_most", "starts_on",
        "ends_on", "warn_days", "signed_on", "keeper_id",
    )  # fmt: skip
    return {
        **{name: getattr(it, name) for name in names},
        "company": it.company.name if it.company else "",
        "client": it.client_id or "",
        "categories": it.categories,
    }


def _form(
    request: gate.Request, form: Any, heading: str, back: str, back_to: str, removal: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "back": back,
        "back_to": back_to,
        "remove_url": removal,
    }
    return render(request, "records/form.html", context, status=422 if form.errors else 200)


@require_POST
@gate.member(Ability.RECORD)
def alliance_remove(request: gate.Request, alliance_id: int) -> HttpResponse:
    """Take an alliance off the record; the toast brings it back."""
    gone = services.remove_alliance(by=request.here.me.actor("web"), alliance_id=alliance_id)
    flash.told(request, about=gone)
    return redirect("web:alliances")


@require_POST
@gate.member(Ability.RECORD)
def alliance_spoke(request: gate.Request, alliance_id: int) -> HttpResponse:
    """Note that we spoke about the exchange."""
    form = SpokeForm(request.POST)
    by = request.here.me.actor("web")
    return answered(
        request,
        form,
        lambda **v: services.speak_with_ally(by=by, alliance_id=alliance_id, **v),
        again=lambda: _page(request, alliance_id, 422, spoke_form=form),
        to=lambda _: page_of(alliance_id),
    )


@require_POST
@gate.member(Ability.RECORD)
def alliance_paper(request: gate.Request, alliance_id: int) -> HttpResponse:
    """Keep the signed paper."""
    form = PaperForm(request.POST, request.FILES)
    by = request.here.me.actor("web")

    def keep(document: Any, signed_on: Any) -> Any:
        return services.keep_document(
            by=by,
            alliance_id=alliance_id,
            name=document.name,
            content=document.read(),
            signed_on=signed_on,
        )

    return answered(
        request,
        form,
        keep,
        again=lambda: _page(request, alliance_id, 422, paper_form=form),
        to=lambda _: page_of(alliance_id),
    )


@require_safe
@gate.member()
def alliance_paper_file(request: gate.Request, alliance_id: int) -> HttpResponse:
    """The signed paper, to be saved: never opened as a page of ours."""
    name, content = paper_of(queries.alliance_by_id(alliance_id))
    header = content_disposition_header(as_attachment=True, filename=name)
    kind = "application/octet-stream"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": header or ""})


@require_POST
@gate.member(Ability.RECORD)
def exchange_new(request: gate.Request, alliance_id: int) -> HttpResponse:
    """Record what went one way and stands nowhere else."""
    counts = standing_of(queries.alliance_by_id(alliance_id)).counts
    form = ExchangeForm(request.POST, counts=counts)
    by = request.here.me.actor("web")
    made = saved(
        form, lambda **_: services.record_exchange(by=by, alliance_id=alliance_id, **form.values())
    )
    if made is None:
        return _page(request, alliance_id, 422, exchange_form=form)
    flash.undoable_at(request, "Recorded.", reverse("web:exchange_remove", args=[made.pk]))
    return redirect("web:alliance", alliance_id)


@require_POST
@gate.member(Ability.RECORD)
def exchange_remove(request: gate.Request, exchange_id: int) -> HttpResponse:
    """Take a line off for good."""
    alliance_id = queries.exchange_by_id(exchange_id).alliance_id
    services.remove_exchange(by=request.here.me.actor("web"), exchange_id=exchange_id)
    flash.done(request, "Taken off.")
    return redirect("web:alliance", alliance_id) if alliance_id else redirect("web:alliances")


@require_http_methods(["GET", "POST"])
@gate.member(Ability.POLICY)
def trade(request: gate.Request) -> HttpResponse:
    """Say what our own trade is: one side of every alliance's legal mode."""
    known = queries.our_trade()
    form = TradeForm(sent(request), initial={"sector": known.sector, "place": known.place})
    by = request.here.me.actor("web")
    made = saved(form, lambda **values: services.say_our_trade(by=by, **values))
    if made is not None:
        flash.done(request, "Saved. Every alliance has the mode that follows from it.")
        return redirect("web:alliances")
    context = {"form": form, "law": law_today(), "held": packs_for(ours=True), "packs": packs_for()}
    return render(request, "alliances/trade.html", context, status=422 if form.errors else 200)
