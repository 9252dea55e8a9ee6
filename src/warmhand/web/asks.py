"""The page of an ask: how it was made, its end, steps inside the company, rewards; follow-ups."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.asks import plans
from warmhand.apps.asks.queries import ask_by_id, verdict_of
from warmhand.apps.asks.services import set_follow_up
from warmhand.apps.gratitude.rewards import allowed_forms, rewards
from warmhand.apps.island.actor import Actor
from warmhand.apps.moves import services as moves
from warmhand.apps.referrals.queries import referrals
from warmhand.rulebook import Move
from warmhand.web import flash, gate
from warmhand.web.outcome_forms import BENEFITS, FollowUpForm
from warmhand.web.today_answers import after, dialog, done

FOLLOW_UP: Final = {
    "title": "How does it stand?",
    "teach": "They said that they would introduce us. Thank them for the will, and ask.",
}


@require_safe
@gate.member()
def ask(request: gate.Request, ask_id: int) -> HttpResponse:
    """All about one ask."""
    found = ask_by_id(ask_id)
    context = {
        "ask": found,
        "benefits": [(label, getattr(found, name)) for name, label in BENEFITS.items()],
        "plan": plans.plans(ask_id=ask_id).first(),
        "rewards": list(rewards(ask_id=ask_id)),
        "may_reward": found.kind == "ask" and bool(allowed_forms()),
        "referrals": list(referrals(ask_id=ask_id)),
        "today": request.here.me.today(),
    }
    return render(request, "records/ask.html", context)


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def follow_up(request: gate.Request, ask_id: int) -> HttpResponse:
    """How a promised introduction stands."""
    found = ask_by_id(ask_id)
    verdict = verdict_of(found.client_id)
    form = FollowUpForm(request.POST or None, client_id=found.client_id, today=verdict.today)
    by = request.here.me.actor("web")
    if done(request, form, lambda: _followed(by, ask_id, form.cleaned_data)):
        return after(request)
    context = {"form": form, "doing": FOLLOW_UP, "asked": found}
    return dialog(request, "today/do.html", verdict, Move(found.kind), context)


def _followed(by: Actor, ask_id: int, sent: dict[str, Any]) -> tuple[str, Any]:
    if sent["stands"] == "introduced":
        referral = moves.introduced(
            by=by, ask_id=ask_id, new_person=sent["new_person"], words=sent["words"]
        )
        return f"{referral.new_person} is on record; thanks are owed from now on.", referral
    on = sent["again_on"] if sent["stands"] == "another_day" else None
    changed = set_follow_up(by=by, ask_id=ask_id, on=on, words=sent["words"])
    return (f"We ask again on {on:%-d %B}." if on else "Noted. Thank them all the same."), changed


@require_POST
@gate.member(Ability.RECORD)
def task_done(request: gate.Request, task_id: int) -> HttpResponse:
    """A step of an introduction is done."""
    task = plans.do_task(by=request.here.me.actor("web"), task_id=task_id)
    flash.undoable(request, f"Done: {task.what}.", about=task)
    return after(request)
