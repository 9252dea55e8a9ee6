"""The journal: what happened, and taking it back."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from warmhand.apps.accounts.abilities import Ability, ability_to_undo, require
from warmhand.apps.journal import queries, services
from warmhand.problems import Invalid
from warmhand.web import flash, gate

PER_PAGE = 50


@gate.member()
def journal(request: gate.Request) -> HttpResponse:
    """Everything that happened in the workspace, newest first."""
    page = Paginator(queries.entries(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "journal/journal.html", {"page": page})


def back(request: gate.Request, otherwise: str) -> HttpResponse:
    """Back to the page that `next` names, if it is one of ours."""
    where = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(where, allowed_hosts={request.get_host()})
    return redirect(where if ours else otherwise)


@require_POST
@gate.member(Ability.RECORD)
def undo(request: gate.Request, entry_id: int) -> HttpResponse:
    """Undo what one entry of the journal tells of, where one may do the thing itself."""
    me = request.here.me
    kind = queries.entry_by_id(entry_id).object_type
    if kind == "accounts.Member":
        raise Invalid("cannot_undo", "This can't be undone.", lift="Change the member instead.")
    require(me.role, ability_to_undo(kind))
    entry = services.undo(by=me.actor("web"), entry_id=entry_id)
    flash.done(request, entry.sentence)
    return back(request, "web:journal")
