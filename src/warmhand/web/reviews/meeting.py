"""One meeting: its agenda, its record, and whether the rating unlocks the ask (P14)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.asks.queries import open_ask_of, verdict_of
from warmhand.apps.moves import moments
from warmhand.apps.moves.names import names_for, names_of_ask, record_ask
from warmhand.apps.people import queries as people
from warmhand.apps.reviews import queries, services
from warmhand.apps.work import queries as work
from warmhand.problems import Problem
from warmhand.rulebook import ASKS, Move
from warmhand.web import flash, gate
from warmhand.web.forms import saved, sent
from warmhand.web.reviews.forms import AgendaForm, HoldForm
from warmhand.wording import Moment


@require_safe
@gate.member()
def review(request: gate.Request, review_id: int) -> HttpResponse:
    """The meeting: prepare it, hold it; afterwards, whether we may ask now."""
    return _page(request, review_id)


def _page(request: gate.Request, review_id: int, *, problem: Problem | None = None) -> HttpResponse:
    agenda = queries.agenda_of(review_id)
    found = agenda.review
    held = found.held_on is not None
    context = {
        "it": found,
        "client": found.client,
        "agenda": agenda,
        "invitation": queries.invitation_of_review(review_id),
        "problem": problem,
        **(_verdict(found.client_id) if held else {}),
    }
    return render(request, "reviews/review.html", context, status=409 if problem else 200)


def _verdict(client_id: int) -> dict[str, Any]:
    """What the rating has decided, and the words where it unlocks the ask."""
    verdict, waiting = verdict_of(client_id), open_ask_of(client_id)
    right = verdict.decision.may_ask and verdict.decision.move in ASKS
    context = {"verdict": verdict, "right": right, "waiting": waiting}
    if not (right or waiting):
        return context
    decision = verdict.decision
    if waiting is not None:
        decision = replace(decision, move=Move(waiting.kind))
    names = names_of_ask(waiting) if waiting else names_for(verdict)
    manner = moments.Manner(moment=Moment.REVIEW)
    wording = moments.wording_for(verdict, decision, manner=manner, names=names)
    return {**context, "wording": wording, "names": names}


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def agenda(request: gate.Request, review_id: int) -> HttpResponse:
    """Write points of the agenda otherwise than the records tell them."""
    found = queries.agenda_of(review_id)
    form = AgendaForm(sent(request), points=found.points)
    by = request.here.me.actor("web")

    def save(**_: Any) -> Any:
        return services.set_agenda(by=by, review_id=review_id, points=_kept(found, form))

    made = saved(form, save) if request.method == "POST" else None
    if made is not None:
        flash.undoable(request, "The agenda is as you wrote it.", about=made)
        return redirect("web:review", review_id)
    context = {
        "heading": f"Agenda: {found.review.client.title}",
        "lede": "One line each. What you leave as it is goes on coming from the records.",
        "form": form,
        "back": reverse("web:review", args=[review_id]),
        "back_to": "The review",
    }
    return render(request, "records/form.html", context, status=422 if form.errors else 200)


def _kept(found: queries.Agenda, form: AgendaForm) -> dict[str, str]:
    """What was written before and stands, and what was changed now."""
    before = {p.part: "\n".join(p.lines) for p in found.points if p.part in found.edited}
    return before | form.written()


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def hold(request: gate.Request, review_id: int) -> HttpResponse:
    """The record of a planned meeting."""
    found = work.review_by_id(review_id)
    return _hold(request, found.client_id, review_id)


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def hold_unplanned(request: gate.Request, client_id: int) -> HttpResponse:
    """The record of a meeting that nobody had planned here."""
    planned = queries.planned_review_of(client_id)
    return _hold(request, client_id, planned.pk if planned else None)


def _hold(request: gate.Request, client_id: int, review_id: int | None) -> HttpResponse:
    form = HoldForm(sent(request), today=request.here.me.today())
    by = request.here.me.actor("web")

    def save(**_: Any) -> Any:
        values = form.values()
        return services.hold_review(by=by, client_id=client_id, review_id=review_id, **values)

    held = saved(form, save) if request.method == "POST" else None
    if held is not None:
        flash.undoable(request, "The meeting is on record.", about=held)
        return redirect("web:review", held.pk)
    context = {
        "form": form,
        "client": people.client_by_id(client_id),
        "review_id": review_id,
        "agenda": queries.agenda_of(review_id) if review_id else None,
    }
    return render(request, "reviews/hold.html", context, status=422 if form.errors else 200)


@require_POST
@gate.member(Ability.RECORD)
def ask(request: gate.Request, review_id: int) -> HttpResponse:
    """Take the one ask after the review; the rulebook has the last word."""
    found = work.review_by_id(review_id)
    verdict = verdict_of(found.client_id)
    kind = verdict.decision.move.value if verdict.decision.move in ASKS else "ask"
    by = request.here.me.actor("web")
    try:
        made = record_ask(by=by, client_id=found.client_id, kind=kind, moment=Moment.REVIEW.value)
    except Problem as problem:
        if problem.status != 409:
            raise
        return _page(request, review_id, problem=problem)
    flash.undoable(request, "The ask is yours. Record their answer when they give it.", about=made)
    return redirect("web:review", review_id)


@require_safe
@gate.member()
def calendar(request: gate.Request, review_id: int) -> HttpResponse:
    """The meeting as a file for one's own calendar."""
    return calendar_answer(queries.file_of_review(work.review_by_id(review_id)))


def calendar_answer(text: str) -> HttpResponse:
    """A calendar file to be saved."""
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="review.ics"'
    return answer
