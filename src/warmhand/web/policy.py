"""The rule settings of the workspace: shown, tried out, saved with a reason, and restored."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability, may
from warmhand.apps.asks.queries import policy_effect
from warmhand.apps.policies import queries, services
from warmhand.problems import NotFound, Problem
from warmhand.rulebook import SETTINGS
from warmhand.web import flash, gate
from warmhand.web.policy_forms import PolicyForm, RestoreForm

VERSIONS: Final = 50
"""So many versions stand on the page, newest first."""


@require_safe
@gate.member()
def policy(request: gate.Request) -> HttpResponse:
    """Every setting with what it rests on, and the versions."""
    return _page(request, _form())


@require_POST
@gate.member(Ability.POLICY)
def save(request: gate.Request) -> HttpResponse:
    """Put what was typed in force, as a new version with its reason."""
    form = _form(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if not form.changes():
        flash.refused(request, "No setting was changed, so nothing was saved.")
        return redirect("web:policy")
    return _saved(request, form)


@require_POST
@gate.member(Ability.POLICY)
def preview(request: gate.Request) -> HttpResponse:
    """How many clients' moves would change under what was typed; nothing is written."""
    form = _form(request.POST)
    tried = _tried(form)
    if request.headers.get("HX-Request"):
        return render(request, "policy/preview.html", {"form": form, **tried})
    return _page(request, form, **tried)


@require_POST
@gate.member(Ability.POLICY)
def restore(request: gate.Request, number: int) -> HttpResponse:
    """Put an earlier version in force again, as a new version."""
    form = RestoreForm(request.POST)
    if not form.is_valid():
        flash.refused(request, "Say why an earlier version comes back.")
        return redirect("web:policy")
    values = _version(number).to_values()
    made = services.save_policy(
        by=request.here.me.actor("web"), values=values, why=form.cleaned_data["why"]
    )
    flash.done(request, f"Version {number} is in force again, as version {made.number}.")
    return redirect("web:policy")


def _version(number: int) -> Any:
    if number > queries.current().number:
        raise NotFound("policy_version")
    return queries.version(number)


def _form(sent: Any = None) -> PolicyForm:
    known = queries.current()
    return PolicyForm(sent, policy=known.policy, number=known.number)


def _saved(request: gate.Request, form: PolicyForm) -> HttpResponse:
    try:
        made = services.save_policy(
            by=request.here.me.actor("web"),
            values=form.values(),
            why=form.cleaned_data["why"],
            base=form.cleaned_data["base"],
        )
    except Problem as problem:
        form.add_error(None, f"{problem.sentence} {problem.lift}")
        return _page(request, form, status=problem.status)
    flash.done(request, f"Version {made.number} is in force; every client was decided anew.")
    return redirect("web:policy")


def _tried(form: PolicyForm) -> dict[str, Any]:
    """The effect of what was typed. The reason isn't wanted yet."""
    form.is_valid()
    wrong = [form[name] for name in SETTINGS if name in form.errors]
    if wrong:
        return {"wrong": wrong}
    try:
        return {"effect": policy_effect(form.values()), "changes": form.changes()}
    except Problem as problem:
        return {"problem": problem}


def _page(
    request: gate.Request, form: PolicyForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "number": queries.current().number,
        "versions": _versions(),
        "may_change": may(request.here.me.role, Ability.POLICY),
        **more,
    }
    return render(request, "policy/policy.html", context, status=status)


def _versions() -> list[dict[str, Any]]:
    """Every version, newest first, each with what it changed against the one before it."""
    found = list(queries.versions()[: VERSIONS + 1])
    before = [each.values for each in found[1:]] + [{}]
    return [
        {"version": each, "changes": _differences(old, each.values)}
        for each, old in list(zip(found, before, strict=False))[:VERSIONS]
    ]


def _differences(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """Settings whose value differs; what a version doesn't name has its default."""
    return [
        {"title": info.title, "old": was, "new": becomes}
        for name, info in SETTINGS.items()
        for was, becomes in [(old.get(name, info.default), new.get(name, info.default))]
        if was != becomes
    ]
