"""Clients who may be one person: pairs with their evidence, merged or kept apart by a person."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.people import merging
from warmhand.problems import Invalid
from warmhand.web import flash, gate

PER_PAGE = 20
MERGES_SHOWN = 20


@gate.member(Ability.MERGE)
def duplicates(request: gate.Request) -> HttpResponse:
    """Pairs to decide on, the likeliest first, and the merges that can be undone."""
    page = Paginator(merging.open_pairs(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "merges": merging.merges()[:MERGES_SHOWN]}
    return render(request, "imports/duplicates.html", context)


@gate.member(Ability.MERGE)
@require_POST
def duplicates_look(request: gate.Request) -> HttpResponse:
    """Look through all clients for new pairs."""
    count = merging.propose_duplicates(by=request.here.me.actor("web"))
    flash.done(request, f"{count} new pairs found." if count else "No new pair was found.")
    return redirect("web:duplicates")


@gate.member(Ability.MERGE)
@require_POST
def pair_merge(request: gate.Request, pair_id: int) -> HttpResponse:
    """Make the two one; the form says who stays."""
    pair = merging.pair_by_id(pair_id)
    both = {str(pair.first_id): pair.second_id, str(pair.second_id): pair.first_id}
    kept = request.POST.get("kept", "")
    if kept not in both:
        raise Invalid.at("kept", "Say which of the two stays.")
    by = request.here.me.actor("web")
    merge = merging.merge_clients(by=by, kept_id=int(kept), gone_id=both[kept])
    flash.done(request, f"{merge.gone} is part of {merge.kept} now. You can undo it below.")
    return redirect("web:duplicates")


@gate.member(Ability.MERGE)
@require_POST
def pair_apart(request: gate.Request, pair_id: int) -> HttpResponse:
    """They are two people; not proposed again."""
    pair = merging.keep_apart(by=request.here.me.actor("web"), pair_id=pair_id)
    flash.undoable(request, f"{pair.first} and {pair.second} stay two.", about=pair)
    return redirect("web:duplicates")


@gate.member(Ability.MERGE)
@require_POST
def merge_undo(request: gate.Request, merge_id: int) -> HttpResponse:
    """Make them two again."""
    merge = merging.undo_merge(by=request.here.me.actor("web"), merge_id=merge_id)
    flash.done(request, f"{merge.gone} and {merge.kept} are two again.")
    return redirect("web:duplicates")
