"""Making a record, doing something about one, removing one: the same three pages for all kinds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from warmhand.apps.accounts.abilities import Ability, require
from warmhand.problems import NotFound
from warmhand.web import flash, gate
from warmhand.web.forms import saved, sent

from .act import Act
from .kinds import act_by_name, kind_by_name
from .places import LISTS, list_of, name_of, page_of, place_of


@gate.member(Ability.RECORD)
def make(request: gate.Request, kind: str) -> HttpResponse:
    """Make a record that belongs to no client: a client, a company, an offer."""
    act = kind_by_name(kind).make
    if act is None:
        raise NotFound("kind", "There is no such kind of record.")
    form = act.form(sent(request), initial=request.GET.dict())
    made = saved(form, lambda **values: act.do(by=request.here.me.actor("web"), **values))
    if made is None:
        return _form_page(request, act, form, heading=act.title, place=list_of(kind))
    flash.told(request, about=made)
    return _go(request, page_of(made))


@gate.member(Ability.RECORD)
def act(request: gate.Request, kind: str, pk: int, act: str) -> HttpResponse:
    """Do something about a record."""
    chosen = kind_by_name(kind)
    doing = act_by_name(chosen, act)
    me = request.here.me
    require(me.role, doing.ability)
    record = chosen.find(pk)
    chosen.guard(request, record)
    form = doing.form(sent(request), request.FILES or None, initial=doing.filled(record))
    doing.fit(form, record)

    def do(**values: Any) -> Any:
        return doing.do(by=me.actor("web"), **{chosen.key: pk}, **values)

    result = saved(form, do)
    if result is None:
        return _form_page(
            request,
            doing,
            form,
            heading=f"{doing.title}: {name_of(record)}",
            place=place_of(record),
            removal=reverse("web:remove", args=(kind, pk)) if act == "edit" else "",
            live=doing.live(record) if doing.live else "",
        )
    if doing.then is not None:
        return _go(request, doing.then(result))
    flash.told(request, about=result)
    return _go(request, doing.shows(result) if doing.shows else page_of(record))


@require_POST
@gate.member(Ability.RECORD)
def remove(request: gate.Request, kind: str, pk: int) -> HttpResponse:
    """Take a record out; the toast offers to bring it back."""
    chosen = kind_by_name(kind)
    if chosen.remove is None:
        raise NotFound("kind", f"A {chosen.label} can't be removed.")
    chosen.guard(request, chosen.find(pk))
    gone = chosen.remove(by=request.here.me.actor("web"), **{chosen.key: pk})
    flash.told(request, about=gone)
    return redirect(list_of(kind)[0] if kind in LISTS else page_of(gone))


def _form_page(
    request: gate.Request,
    act: Act,
    form: forms.Form,
    *,
    heading: str,
    place: tuple[str, str],
    removal: str = "",
    live: str = "",
) -> HttpResponse:
    """The form in a page of its own, or in a dialog where htmx asks."""
    context = {
        "form": form,
        "heading": heading,
        "lede": act.lede,
        "submit": act.submit,
        "back": place[0],
        "back_to": place[1],
        "action": request.get_full_path(),
        "remove_url": removal,
        "live": live,
    }
    where = "form_dialog" if _by_htmx(request) else "form"
    status = 422 if form.errors else 200
    return render(request, f"records/{where}.html", context, status=status)


def _by_htmx(request: gate.Request) -> bool:
    return request.headers.get("HX-Request") == "true"


def _go(request: gate.Request, where: str) -> HttpResponse:
    if _by_htmx(request):
        return HttpResponseClientRedirect(where)
    return redirect(where)
