"""The journal: what happened, and taking it back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.journal import services
from warmhand.web import flash, gate


def back(request: gate.Request, otherwise: str) -> HttpResponse:
    """Back to the page that `next` names, if it is one of ours."""
    where = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(where, allowed_hosts={request.get_host()})
    return redirect(where if ours else otherwise)


@require_POST
@gate.member(Ability.RECORD)
def undo(request: gate.Request, entry_id: int) -> HttpResponse:
    """Undo what one entry of the journal tells of."""
    entry = services.undo(by=request.here.me.actor("web"), entry_id=entry_id)
    flash.done(request, f"{entry.sentence}.")
    return back(request, "web:today")
