"""What a referral given or received was worth, with the ally it went to or came from (P37)."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.alliances import queries, services
from warmhand.apps.alliances.modes import standing_of
from warmhand.problems import NotFound
from warmhand.web import flash, gate
from warmhand.web.forms import saved, sent
from warmhand.web.templatetags.ui import day

from .forms import WorthForm
from .pages import LISTED

SOURCES: Final = {
    "referral_given": ("referral_given_id", False, "What the referral to them was worth"),
    "referral_received": ("referral_received_id", True, "What their referral was worth"),
}
"""By the kind of referral: how the service calls it, whether they gave it, the head of the form."""
WAYS: Final = {"referral_given": "given", "referral_received": "received"}


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def referral_worth(
    request: gate.Request, alliance_id: int, source: str, referral_id: int
) -> HttpResponse:
    """Note what a referral was worth; it adds to that referral and is no second one."""
    it = queries.alliance_by_id(alliance_id)
    if source not in SOURCES:
        raise NotFound("referral", "There is no such referral.")
    named, incoming, heading = SOURCES[source]
    form = WorthForm(sent(request), initial={"unit": queries.usual_unit()})
    by, back = request.here.me.actor("web"), reverse("web:alliance", args=[it.pk])

    def note(**_: Any) -> Any:
        values = {named: referral_id, **form.values()}
        return services.record_exchange(by=by, alliance_id=it.pk, incoming=incoming, **values)

    made = saved(form, note)
    if made is None:
        context = {
            "form": form,
            "heading": heading,
            "lede": _whose(it, source, referral_id),
            "back": back,
            "back_to": it.name,
        }
        return render(request, "records/form.html", context, status=422 if form.errors else 200)
    taken_off = reverse("web:exchange_remove", args=[made.pk])
    flash.undoable_at(request, "Noted what it was worth.", taken_off)
    return redirect(back)


def _whose(it: Any, source: str, referral_id: int) -> str:
    """Which referral it is, out of those that the alliance's page lists: "Ada Kettle, 3 June"."""
    listed = queries.movements(it, standing_of(it), way=WAYS[source], most=LISTED)
    found = (m for m in listed if (m.source, m.source_id) == (source, referral_id))
    return next((f"{m.what or m.source_label}, {day(m.on)}" for m in found), "")
