"""Enquiries for what we don't offer: noted, then sent on in one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.alliances import queries, services
from warmhand.apps.alliances.routing import routing_of
from warmhand.web import flash, gate
from warmhand.web.forms import sent

from .forms import AnswerForm, CloseForm, EnquiryForm, SendForm
from .pages import PER_PAGE, ListForm, answered, tabs


@require_safe
@gate.member()
def enquiries(request: gate.Request) -> HttpResponse:
    """All enquiries, latest first."""
    form = ListForm(request.GET, queries.ENQUIRY_STATES)
    wanted = form.wanted()
    page = Paginator(queries.enquiries(**wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filtered": any(wanted.values()),
        "page": page,
        "tabs": tabs("web:enquiries"),
        "keys": (("f", "search this list"), ("n", "note an enquiry")),
    }
    return render(request, "alliances/enquiries.html", context)


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def enquiry_new(request: gate.Request) -> HttpResponse:
    """Note an enquiry; the next page says whom to send it to."""
    form = EnquiryForm(sent(request), initial=request.GET.dict())
    by = request.here.me.actor("web")
    context = {
        "form": form,
        "heading": "Note an enquiry",
        "lede": "Somebody asks for what we don't offer. Note it, and see whom to send them to.",
        "submit": "Note it, and see whom it fits",
        "back": reverse("web:enquiries"),
        "back_to": "Enquiries",
    }
    return answered(
        request,
        form,
        lambda **_: services.note_enquiry(by=by, **form.values()),
        again=lambda: render(
            request, "records/form.html", context, status=422 if form.errors else 200
        ),
        to=lambda made: _address(made.pk),
    )


@require_safe
@gate.member()
def enquiry(request: gate.Request, enquiry_id: int) -> HttpResponse:
    """One enquiry: to whom, with the reasons; or what became of it."""
    return _page(request, enquiry_id)


def _page(request: gate.Request, enquiry_id: int, status: int = 200, **forms: Any) -> HttpResponse:
    it = queries.enquiry_by_id(enquiry_id)
    context = {
        "it": it,
        "routing": routing_of(it) if it.is_open else None,
        "send_form": SendForm(),
        "answer_form": AnswerForm(),
        "close_form": CloseForm(),
        **forms,
    }
    return render(request, "alliances/enquiry.html", context, status=status)


def _said(
    request: gate.Request, enquiry_id: int, named: str, form: Form, save: Callable[..., Any]
) -> HttpResponse:
    """One of the page's forms, called `named` there: what it says is written about the enquiry."""
    by = request.here.me.actor("web")
    return answered(
        request,
        form,
        lambda **values: save(by=by, enquiry_id=enquiry_id, **values),
        again=lambda: _page(request, enquiry_id, 422, **{named: form}),
        to=lambda made: reverse("web:enquiries") if made.closed_on else _address(made.pk),
    )


def _address(enquiry_id: int) -> str:
    return reverse("web:enquiry", args=[enquiry_id])


@require_POST
@gate.member(Ability.RECORD)
def enquiry_send(request: gate.Request, enquiry_id: int) -> HttpResponse:
    """Send it on to one provider: for a client it becomes a referral given."""
    form = SendForm(request.POST)
    return _said(request, enquiry_id, "send_form", form, services.route_enquiry)


@require_POST
@gate.member(Ability.RECORD)
def enquiry_answer(request: gate.Request, enquiry_id: int) -> HttpResponse:
    """What they said to whom it went."""
    form = AnswerForm(request.POST)
    return _said(request, enquiry_id, "answer_form", form, services.answer_enquiry)


@require_POST
@gate.member(Ability.RECORD)
def enquiry_close(request: gate.Request, enquiry_id: int) -> HttpResponse:
    """Close it without sending it on."""
    form = CloseForm(request.POST)
    return _said(request, enquiry_id, "close_form", form, services.close_enquiry)


@require_POST
@gate.member(Ability.RECORD)
def enquiry_remove(request: gate.Request, enquiry_id: int) -> HttpResponse:
    """Take it off the record; the toast brings it back."""
    gone = services.remove_enquiry(by=request.here.me.actor("web"), enquiry_id=enquiry_id)
    flash.told(request, about=gone)
    return redirect("web:enquiries")
