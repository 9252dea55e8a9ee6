"""Why / why not: the verdict about one client, what if, and lifting what is ours to lift."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from warmhand.apps.accounts.abilities import Ability, may
from warmhand.apps.asks import queries, services
from warmhand.apps.asks.queries import Verdict
from warmhand.apps.moves.names import names_for
from warmhand.rulebook import ASKS, MOVES, OVERRIDABLE, RULES, Facts, Policy, WhatIf
from warmhand.web import flash, gate
from warmhand.web.fact_words import all_said, said
from warmhand.web.verdict_forms import OverrideForm, WhatIfForm

ARTICLES: Final = {
    "000": "Referrals: the secret to building a sustainable business (part 3)",
    "001": "Why you don't get the customer referrals you should",
    "002": "Referrals: getting the most from the low-hanging fruit of sales",
    "003": "Give and ye shall receive referrals",
    "004": "Customer service alone won't ensure referrals",
}


@require_safe
@gate.member()
def verdict(request: gate.Request, client_id: int) -> HttpResponse:
    """The decision about a client and all that it rests on."""
    found = queries.verdict_of(client_id)
    return render(request, "verdicts/verdict.html", _page(request, found))


@require_safe
@gate.member()
def what_if(request: gate.Request, client_id: int) -> HttpResponse:
    """The decision beside the one it would be under some suppositions; nothing is written."""
    found = queries.verdict_of(client_id)
    form = _what_if_form(found, request.GET)
    sent = {"what_if": form, **_supposed(client_id, form, found)}
    if request.headers.get("HX-Request"):
        return render(request, "verdicts/what_if_answer.html", sent)
    return render(request, "verdicts/verdict.html", {**_page(request, found), **sent})


@require_http_methods(["POST"])
@gate.member(Ability.OVERRIDE)
def override(request: gate.Request, client_id: int) -> HttpResponse:
    """Lift one of our own objections for a while."""
    found = queries.verdict_of(client_id)
    form = OverrideForm(request.POST, decision=found.decision, today=found.today)
    if not form.is_valid():
        page = {**_page(request, found), "override": form}
        return render(request, "verdicts/verdict.html", page, status=422)
    services.override(by=request.here.me.actor("web"), client_id=client_id, **form.cleaned_data)
    title = RULES[form.cleaned_data["code"]].title
    flash.done(request, f"“{title}” is lifted until {form.cleaned_data['until']:%-d %B %Y}.")
    return redirect("web:verdict", client_id)


@require_safe
@gate.member()
def rules(request: gate.Request) -> HttpResponse:
    """What each reason means, where it comes from, what lifts it and which settings tune it."""
    listed = [{"rule": rule, "article": ARTICLES[rule.article]} for rule in RULES.values()]
    return render(request, "verdicts/rules.html", {"rules": listed})


def _what_if_form(found: Verdict, sent: Any = None) -> WhatIfForm:
    return WhatIfForm(sent, facts=found.facts, policy=found.policy, decision=found.decision)


def _page(request: gate.Request, found: Verdict) -> dict[str, Any]:
    """All that the page of a verdict shows."""
    return {
        "verdict": found,
        "client_id": found.client_id,
        "asking": found.decision.move in ASKS,
        "move_sentence": MOVES[found.decision.move].sentence,
        "reasons": [_row(reason) for reason in found.decision.reasons],
        "earned": earned(found.facts, found.policy),
        "facts": all_said(found.facts),
        "lifted": _lifted(found),
        "overrides": queries.overrides_of(found.client_id),
        "what_if": _what_if_form(found),
        "override": OverrideForm(decision=found.decision, today=found.today),
        "may_override": may(request.here.me.role, Ability.OVERRIDE),
        "open_ask": queries.open_ask_of(found.client_id),
        "names": names_for(found),
    }


def _row(reason: Any) -> dict[str, Any]:
    return {"reason": reason, "url": f"{reverse('web:rules')}#{reason.code}"}


def _lifted(found: Verdict) -> list[dict[str, Any]]:
    """Objections that an override lifts now, each with its title and last day."""
    return [
        {"title": RULES[code].title, "until": found.today + dt.timedelta(days=days)}
        for code in OVERRIDABLE
        if code in found.decision.overridden
        for days in [getattr(found.facts, f"override_{code}")]
    ]


def earned(facts: Facts, policy: Policy) -> dict[str, str]:
    """Agreed, delivered, happy (P3): yes, no or unknown, and in words."""
    known = facts.days_since_rating <= policy.rating_valid_days and facts.last_score >= 0
    happy = "yes" if facts.last_score >= policy.happy_at_least else "no"
    agreed, when = facts.commitments, said("days_since_rating", facts.days_since_rating)
    return {
        "agreed": "yes" if agreed else "no",
        "agreed_text": f"{agreed} on record" if agreed else "nothing yet",
        "delivered": "yes" if facts.delivered else "no",
        "delivered_text": f"{facts.delivered} of {agreed}" if agreed else "nothing yet",
        "happy": happy if known else "",
        "happy_text": f"{facts.last_score} of 10, {when}" if known else "not known",
    }


def _supposed(client_id: int, form: WhatIfForm, found: Verdict) -> dict[str, Any]:
    """The answer to 'what if': both decisions, and what was supposed, in words."""
    if not form.is_valid():
        return {}
    facts, settings = form.fact_changes(), form.setting_changes()
    if not facts and not settings:
        return {}
    answer = queries.what_if_of(client_id, facts=facts, policy=settings)
    return {"answer": answer, "changed": _codes(answer), "supposed_facts": _said(facts, found)}


def _codes(answer: WhatIf) -> dict[str, list[str]]:
    return {
        "gone": [RULES[code].title for code in answer.gone],
        "new": [RULES[code].title for code in answer.new],
    }


def _said(facts: dict[str, int], found: Verdict) -> list[dict[str, str]]:
    now = found.facts.as_dict()
    return [
        {"name": name, "now": said(name, now[name]), "then": said(name, value)}
        for name, value in facts.items()
    ]
