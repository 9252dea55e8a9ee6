"""What helpdesks have just told of, on the console: asked for every half second while it is seen.

An answer of 204 says that nothing is new. See `js/arrivals.js`.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.connections import arrivals as told
from warmhand.web import gate


@require_safe
@gate.member()
def arrivals(request: gate.Request) -> HttpResponse:
    """The strip, or 204 where it is the one that the page has (`since`)."""
    found = told.arrivals(request.here.me.member_id)
    mark = told.mark_of(found)
    if request.GET.get("since") == mark:
        return HttpResponse(status=204)
    return _strip(request, found)


@require_POST
@gate.member(Ability.RECORD)
def put_aside(request: gate.Request, verdict_id: int) -> HttpResponse:
    """Put one aside, for oneself; the strip says so and offers to bring it back."""
    me = request.here.me.member_id
    aside = told.put_aside(member_id=me, verdict_id=verdict_id)
    return _strip(request, told.arrivals(me), aside=aside)


@require_POST
@gate.member(Ability.RECORD)
def bring_back(request: gate.Request, verdict_id: int) -> HttpResponse:
    """Show again what was put aside."""
    me = request.here.me.member_id
    told.bring_back(member_id=me, verdict_id=verdict_id)
    return _strip(request, told.arrivals(me))


def _strip(request: gate.Request, found: list[Any], **more: Any) -> HttpResponse:
    context = {"found": found, "mark": told.mark_of(found), **more}
    return render(request, "console/arrivals.html", context)
