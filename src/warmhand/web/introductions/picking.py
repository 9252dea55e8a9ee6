"""From a need to an introduction: who could meet it, why and why not, and the words (P29-P32)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.alliances.known import known_for_need
from warmhand.apps.connections.door import public_origin
from warmhand.apps.directory.queries import provider_by_id
from warmhand.apps.giving.queries import need_by_id
from warmhand.apps.introductions import queries, services
from warmhand.apps.introductions.matches import how_far, ranked_for
from warmhand.apps.journal.services import one_act
from warmhand.apps.people.queries import client_by_id
from warmhand.matching.quality import Quality, parts_of_words, quality_of
from warmhand.web import flash, gate
from warmhand.web.forms import saved, sent
from warmhand.web.introductions.forms import introduce_form

SHOWN = 12
"""So many are shown; who isn't among the first twelve is found in the directory."""
NEEDS_SHOWN = 30
"""So many needs for one provider; the others are found in the list of needs."""


@require_safe
@gate.member()
def introduce_client(request: gate.Request, client_id: int) -> HttpResponse:
    """Which need it is for; with one open need straight to its providers."""
    client, needs = client_by_id(client_id), queries.needs_to_introduce(client_id)
    if len(needs) == 1:
        return redirect("web:introduce", needs[0].pk)
    return render(request, "introductions/needs.html", {"client": client, "needs": needs})


@require_safe
@gate.member()
def introduce_to(request: gate.Request, provider_id: int) -> HttpResponse:
    """Whom to send to this provider: clients' open needs, those of what the provider does first."""
    it = provider_by_id(provider_id)
    fits, others = queries.needs_for_provider(it, most=NEEDS_SHOWN)
    context = {"provider": it, "fits": fits, "others": others}
    return render(request, "introductions/to_provider.html", context)


@require_safe
@gate.member()
def introduce(request: gate.Request, need_id: int) -> HttpResponse:
    """Who could meet a need, best first, with what speaks for and against each."""
    need = need_by_id(need_id)
    found, wanted = ranked_for(need, known=known_for_need(need.pk)), request.GET.get("to", "")
    found.sort(key=lambda each: pick_of(each) != wanted)
    listed = _listed(_picks([wanted])) if wanted else []
    context = {
        "need": need,
        "client": need.client,
        "under_way": queries.open_for_need(need_id),
        "ranked": [(pick_of(each), each) for each in found[:SHOWN]],
        "more": max(0, len(found) - SHOWN),
        "how_far": how_far(need),
        "wanted": listed[0] if listed and not _stands(wanted, found) else None,
    }
    return render(request, "introductions/pick.html", context)


def _stands(wanted: str, found: list[Any]) -> bool:
    return any(pick_of(each) == wanted for each in found)


def pick_of(each: Any) -> str:
    """How a form names somebody ranked: `p7` a provider, `e3` another client's expertise."""
    return f"{'p' if each.is_provider else 'e'}{each.candidate.id}"


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def introduce_words(request: gate.Request, need_id: int) -> HttpResponse:
    """The words, what would be told, and how good the referral would be; then it begins."""
    need = need_by_id(need_id)
    picks = _picks((request.POST or request.GET).getlist("to"))
    if not picks:
        flash.refused(request, "Choose at least one provider.")
        return redirect("web:introduce", need_id)
    listed = _listed(picks)
    why = queries.confident_words(listed[0][1]) if listed and listed[0][1] else ""
    first = {"need_words": need.words, "why_confident": why}
    form = introduce_form(need, sent(request), first)
    made = saved(form, lambda **values: _begin(request, need, picks, values))
    if made is not None:
        flash.undoable(request, "Begun. Nobody is told anything yet.", about=made)
        return redirect("web:introduction", made.pk)
    context = {
        "need": need,
        "client": need.client,
        "form": form,
        "picks": listed,
        "quality": _quality(request.POST or {**first, "expects_call": "on"}),
    }
    return render(request, "introductions/words.html", context, status=422 if form.errors else 200)


@require_POST
@gate.member()
def introduce_quality(request: gate.Request, need_id: int) -> HttpResponse:
    """How good the referral would be with these words, while they are written; nothing is kept."""
    need_by_id(need_id)
    return render(request, "introductions/quality.html", {"quality": _quality(request.POST)})


@require_POST
@gate.member()
def given_quality(request: gate.Request) -> HttpResponse:
    """How good a referral given without an introduction is, while it is written; nothing is kept.

    The need comes with the form, or stands in the address where the form is about one.
    """
    data = request.POST
    need = data.get("need_id") or request.GET.get("need_id", "")
    quality = queries.quality_of_given(
        why_confident=data.get("why_confident", ""),
        need_id=int(need) if need.isascii() and need.isdigit() and len(need) < 19 else None,
        need_words=data.get("need_words", ""),
        done=data.getlist("done"),
    )
    return render(request, "introductions/quality.html", {"quality": quality, "named": True})


def _quality(data: Any) -> Quality:
    """With a yes and the connection still to come: what the words and the way of it promise."""
    parts = parts_of_words(
        why_confident=data.get("why_confident", ""),
        need_words=data.get("need_words", ""),
        context=data.get("context", ""),
    )
    promised = {"consent", "direct_contact", "connected"}
    if data.get("expects_call"):
        promised.add("expected_call")
    return quality_of(parts | promised)


def _picks(values: list[str]) -> list[tuple[str, int]]:
    found = [(value[:1], value[1:]) for value in dict.fromkeys(values)]
    return [
        (kind, int(number))
        for kind, number in found
        if kind in "pe" and number.isascii() and number.isdigit() and len(number) < 16
    ]


def _listed(picks: list[tuple[str, int]]) -> list[tuple[str, Any, str]]:
    """Each pick as its form names it, its provider if it is one, and what it is called."""
    providers = {
        each.pk: each for each in queries.providers_by_ids(n for kind, n in picks if kind == "p")
    }
    names = queries.names_of_experts(n for kind, n in picks if kind == "e")
    return [
        (f"{kind}{n}", providers.get(n) if kind == "p" else None, _name(kind, n, providers, names))
        for kind, n in picks
        if (n in providers if kind == "p" else n in names)
    ]


def _name(kind: str, n: int, providers: dict[int, Any], names: dict[int, str]) -> str:
    return str(providers[n].name) if kind == "p" else names[n]


def _begin(request: gate.Request, need: Any, picks: Any, values: dict[str, Any]) -> Any:
    by = request.here.me.actor("web")
    with one_act():
        ids = [
            n if kind == "p" else services.provider_of_expertise(by=by, expertise_id=n).pk
            for kind, n in picks
        ]
        return services.start(
            by=by,
            client_id=need.client_id,
            need_id=need.pk,
            provider_ids=ids,
            origin=public_origin(request),
            **values,
        )
