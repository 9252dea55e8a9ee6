"""Answering a proposed move: later, not this, into a colleague's care."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.accounts.queries import member_by_id
from warmhand.apps.asks.queries import Verdict, verdict_of
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import settle_now
from warmhand.apps.journal.services import one_act
from warmhand.apps.moves import services
from warmhand.problems import Problem
from warmhand.rulebook import Move
from warmhand.web import flash, gate
from warmhand.web.journal import back
from warmhand.web.today import list_after_answer
from warmhand.web.today_forms import (
    AnswerForm,
    DismissForm,
    HandOverForm,
    SnoozeForm,
    move_named,
)

Act = Callable[[], tuple[str, Any]]


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def snooze(request: gate.Request, client_id: int, move: str) -> HttpResponse:
    """Put a move off, with a reason and until a day."""
    form = SnoozeForm(request.POST or None, me=request.here.me)

    def act() -> tuple[str, Any]:
        until = form.day()
        made = services.snooze(until=until, **_common(request, client_id, move, form))
        return f"Put off until {until:%-d %B}.", made

    return _answered(request, client_id, move, form, act, "snooze")


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def dismiss(request: gate.Request, client_id: int, move: str) -> HttpResponse:
    """Say that a move isn't right, with a reason."""
    form = DismissForm(request.POST or None, me=request.here.me)

    def act() -> tuple[str, Any]:
        return "Dismissed.", services.dismiss(**_common(request, client_id, move, form))

    return _answered(request, client_id, move, form, act, "dismiss")


@require_http_methods(["GET", "POST"])
@gate.member(Ability.HAND_OVER)
def hand_over(request: gate.Request, client_id: int, move: str) -> HttpResponse:
    """Give the client into a colleague's care, with a reason."""
    form = HandOverForm(request.POST or None, me=request.here.me)

    def act() -> tuple[str, Any]:
        to = form.cleaned_data["to_member"]
        values = _common(request, client_id, move, form)
        values.pop("move")
        made = services.hand_over(to_member_id=to, **values)
        return f"In the care of {member_by_id(to).name} now.", made

    return _answered(request, client_id, move, form, act, "hand_over")


def _common(request: gate.Request, client_id: int, move: str, form: AnswerForm) -> dict[str, Any]:
    by: Actor = request.here.me.actor("web")
    return {"by": by, "client_id": client_id, "move": move, "why": form.cleaned_data["why"]}


def _answered(
    request: gate.Request, client_id: int, move: str, form: AnswerForm, act: Act, kind: str
) -> HttpResponse:
    """The dialog, or the answer to it."""
    if done(request, form, act):
        return after(request)
    context = {"form": form, "kind": kind, "suggestions": form.suggestions}
    return dialog(request, "today/answer.html", verdict_of(client_id), move_named(move), context)


def done(request: gate.Request, form: Any, act: Act) -> bool:
    """Act on a valid form and tell so with an Undo; what refuses is said in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        with one_act():
            sentence, record = act()
    except Problem as problem:
        say_in(form, problem)
        return False
    flash.undoable(request, sentence, about=record)
    return True


def say_in(form: Any, problem: Problem) -> None:
    """A refusal where the person reads it: at its fields, or over the form."""
    placed = [place for place in problem.places if place.field in form.fields]
    for place in placed:
        form.add_error(place.field, place.sentence)
    if not placed:
        form.add_error(None, f"{problem.sentence} {problem.lift}".strip())


def after(request: gate.Request) -> HttpResponse:
    """Where one was: htmx gets the list anew, others go back to the page they came from."""
    settle_now()
    if request.headers.get("HX-Request"):
        return list_after_answer(request)
    return back(request, "web:today")


def dialog(
    request: gate.Request, body: str, verdict: Verdict, move: Move, context: dict[str, Any]
) -> HttpResponse:
    """A form about a move of a client: a dialog for htmx, a page of its own for others."""
    by_htmx = bool(request.headers.get("HX-Request"))
    template = "today/dialog.html" if by_htmx else "today/dialog_page.html"
    refused = request.method == "POST"
    page = {
        **context,
        "body": body,
        "verdict": verdict,
        "move": move,
        "next": request.GET.get("next") or request.POST.get("next", ""),
    }
    return render(request, template, page, status=422 if refused else 200)
