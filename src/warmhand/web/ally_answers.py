"""Answers to a move proposed for an ally: done, later, not this (P26, P37)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.alliances.queries import alliance_by_id
from warmhand.apps.moves import allies
from warmhand.problems import NotFound
from warmhand.rulebook.allies import ALLY_MOVES, AllyMove
from warmhand.web import flash, gate
from warmhand.web.forms import Day, saved, sent
from warmhand.web.today_forms import SnoozeForm


class DoneForm(forms.Form):
    """That it was done, and when."""

    why = forms.CharField(label="What was said?", required=False, max_length=300)
    on = Day(label="When?", required=False, help_text="Empty: today.")


class WhyForm(forms.Form):
    """Why it isn't right."""

    why = forms.CharField(label="Why", max_length=300)


@gate.member(Ability.RECORD)
def done(request: gate.Request, alliance_id: int, move: str) -> HttpResponse:
    """They were thanked, or we spoke about the exchange."""
    form = DoneForm(sent(request))
    return _answered(request, alliance_id, move, form, "Note it", allies.ally_done)


@gate.member(Ability.RECORD)
def snooze(request: gate.Request, alliance_id: int, move: str) -> HttpResponse:
    """Put it off."""
    form = SnoozeForm(sent(request), me=request.here.me)

    def put_off(*, why: str, **values: Any) -> object:
        kept = {name: values[name] for name in ("by", "alliance_id", "move")}
        return allies.ally_snooze(until=form.day(), why=why, **kept)

    return _answered(request, alliance_id, move, form, "Put off", put_off)


@gate.member(Ability.RECORD)
def dismiss(request: gate.Request, alliance_id: int, move: str) -> HttpResponse:
    """Say that it isn't right for them."""
    form = WhyForm(sent(request))
    return _answered(request, alliance_id, move, form, "Dismiss", allies.ally_dismiss)


def _answered(
    request: gate.Request,
    alliance_id: int,
    move: str,
    form: forms.Form,
    submit: str,
    act: Callable[..., Any],
) -> HttpResponse:
    """The form, or the answer to it, with Undo."""
    if move not in allies.PROPOSED:
        raise NotFound("move")
    alliance, info = alliance_by_id(alliance_id), ALLY_MOVES[AllyMove(move)]

    def save(**values: Any) -> Any:
        by = request.here.me.actor("web")
        return act(by=by, alliance_id=alliance_id, move=move, **values)

    if made := saved(form, save):
        flash.told(request, about=made)
        return redirect("web:today")
    context = {
        "form": form,
        "heading": f"{info.title}: {alliance.name}",
        "lede": info.sentence,
        "submit": submit,
        "back": reverse("web:today"),
        "back_to": "Today",
    }
    return render(request, "records/form.html", context, status=422 if form.errors else 200)
