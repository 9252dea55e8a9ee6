"""The panel inside a helpdesk: verdict, 'is it solved?', the one ask and how it ended.

No cookies: browsers keep those of a framed page from it. Who it is comes signed (apps/connections/
panel.py). These pages alone may be framed, and only by the origins that their connection names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability, require
from warmhand.apps.asks.queries import ask_by_id, open_ask_of, verdict_of
from warmhand.apps.connections import panel as panels
from warmhand.apps.connections.panel import Asked, Place, Visit
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.moves import moments
from warmhand.apps.moves.moments import CaseRef, MomentAnswer
from warmhand.apps.moves.names import record_ask
from warmhand.apps.moves.services import answer_ask
from warmhand.problems import Conflict, NotFound, Problem
from warmhand.rulebook import ASKS
from warmhand.web import gate
from warmhand.web.console import ENDED, SAID
from warmhand.web.console_forms import EndForm, SaysForm
from warmhand.web.gate import Here
from warmhand.web.outcome_forms import answered
from warmhand.web.today_answers import say_in
from warmhand.wording.notes import headline, verdict_word

VISIT: Final = "visit"
"""The hidden field by which a page that was opened acts."""
_OTHER: Final = Conflict(
    "other_ticket", "This belongs to another ticket.", lift="Load the ticket again."
)

Act = Callable[[gate.Request, Visit], dict[str, Any]]


@csrf_exempt
@require_safe
def panel(request: HttpRequest, address: str) -> HttpResponse:
    """Open the panel by a signed address; nothing is written."""
    return _answered(request, address, lambda place: panels.enter(place, _asked(request.GET)))


@csrf_exempt
@require_POST
def says(request: HttpRequest, address: str) -> HttpResponse:
    """What the client says to 'is it solved?' (P12)."""
    return _acted(request, address, _says)


@csrf_exempt
@require_POST
def ask(request: HttpRequest, address: str) -> HttpResponse:
    """Take the one ask (P16); then the words are shown."""
    return _acted(request, address, _ask)


@csrf_exempt
@require_POST
def answer(request: HttpRequest, address: str) -> HttpResponse:
    """How the ask ended (P21)."""
    return _acted(request, address, _answer)


def _asked(sent: QueryDict) -> Asked:
    ticket, agent, ts, sig = (sent.get(name, "") for name in ("ticket", "agent", "ts", "sig"))
    return Asked(ticket, agent, ts, sig)


def _acted(request: HttpRequest, address: str, act: Act) -> HttpResponse:
    sent = request.POST.get(VISIT, "")
    return _answered(request, address, lambda place: panels.again(place, address, sent), act)


def _answered(
    request: HttpRequest, address: str, enter: Callable[[Place], Visit], act: Act | None = None
) -> HttpResponse:
    """The panel, or the refusal, with the headers by which its own origins may frame it."""
    place = panels.place_of(address)
    try:
        if place is None:
            raise panels.refused()
        with workspace_scope(place.workspace_id):
            response = _inside(request, address, enter(place), act)
    except Problem as problem:
        template = "panel/problem.html" if _by_htmx(request) else "panel/refused.html"
        response = render(request, template, {"problem": problem}, status=problem.status)
    return _framed(response, place.origins if place else ())


def _framed(response: HttpResponse, origins: tuple[str, ...]) -> HttpResponse:
    """Without an origin the page stays as all others are: framed by nobody."""
    if origins:
        response.xframe_options_exempt = True
        response._csp_replace = {"frame-ancestors": list(origins)}  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _by_htmx(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def _inside(request: HttpRequest, address: str, visit: Visit, act: Act | None) -> HttpResponse:
    if visit.me is None:
        return render(request, "panel/stranger.html", _for_strangers(visit))
    request.here = Here(visit.me)  # type: ignore[attr-defined]
    require(visit.me.role, Ability.RECORD)
    with timezone.override(ZoneInfo(visit.me.timezone)):
        more = act(request, visit) if act else {}  # type: ignore[arg-type]
        return _page(request, address, visit, more)


def _page(request: HttpRequest, address: str, visit: Visit, more: dict[str, Any]) -> HttpResponse:
    status = more.pop("status", 200)
    context = {
        "visit": visit,
        "address": address,
        "pass": panels.pass_for(visit, address),
        **_stands(visit),
        **more,
    }
    template = "panel/part.html" if _by_htmx(request) else "panel/panel.html"
    return render(request, template, context, status=status)


def _stands(visit: Visit) -> dict[str, Any]:
    """Where the talk about this ticket stands: the one step that is next."""
    if visit.ticket is None or visit.ticket.case is None:
        return {"step": "unknown"}
    case = visit.ticket.case
    case.refresh_from_db()
    told = moments.moment_of(case.pk, case.state)
    waiting = open_ask_of(case.client_id)
    right = told.ask_is_right
    return {
        "case": case,
        "verdict": told.verdict,
        "decision": told.if_confirmed,
        "headline": headline(case.state, right),
        "word": verdict_word(case.state, right),
        "right": right,
        "wording": told.wording or _words(told, waiting),
        "waiting": waiting,
        "end": EndForm(today=told.verdict.today, confirmed=case.state == "confirmed"),
        "step": "end"
        if waiting
        else {"open": "open", "resolved": "confirm"}.get(case.state, "decide"),
    }


def _words(told: MomentAnswer, waiting: Any) -> Any:
    """The words of an ask that was taken: by then the verdict is no longer 'ask'.

    With the names that it holds up (P1).
    """
    return moments.words_of_ask(told.verdict, waiting, told.case) if waiting else None


def _for_strangers(visit: Visit) -> dict[str, Any]:
    """The verdict alone: no names, no reasons, nothing of the client (P24)."""
    ticket = visit.ticket
    if ticket is None or ticket.case is None:
        return {"visit": visit, "headline": ""}
    told = moments.moment_of(ticket.case.pk, ticket.case.state)
    right = told.ask_is_right
    state = ticket.case.state
    return {
        "visit": visit,
        "headline": headline(state, right),
        "word": verdict_word(state, right),
        "right": right,
    }


def _case(visit: Visit) -> Any:
    if visit.ticket is None or visit.ticket.case is None:
        raise NotFound("ticket", "There is nothing on record about this ticket yet.")
    return visit.ticket.case


def _says(request: gate.Request, visit: Visit) -> dict[str, Any]:
    form = SaysForm(request.POST)
    case = _case(visit)
    if not form.is_valid():
        return {"status": 422}
    what = form.cleaned_data["says"]
    moments.tell(by=request.here.me.actor("panel"), ref=CaseRef(case_id=case.pk), what=what)
    return {"done": SAID[what]}


def _ask(request: gate.Request, visit: Visit) -> dict[str, Any]:
    case = _case(visit)
    verdict = verdict_of(case.client_id)
    move = verdict.decision.move
    kind = move.value if move in ASKS else "ask"
    way = moments.usual_way(verdict, kind=kind, case=case)
    by = request.here.me.actor("panel")
    try:
        record_ask(by=by, client_id=case.client_id, kind=kind, case_id=case.pk, **way)
    except Problem as problem:
        if problem.status != 409:
            raise
        return {"problem": problem, "status": 409}
    return {}


def _answer(request: gate.Request, visit: Visit) -> dict[str, Any]:
    case = _case(visit)
    number = request.POST.get("ask", "")
    waiting = ask_by_id(int(number) if number.isdecimal() and len(number) < 19 else 0)
    if waiting.client_id != case.client_id:
        raise _OTHER
    form = EndForm(request.POST, today=request.here.me.today())
    if not form.is_valid():
        return {"end": form, "status": 422}
    try:
        by = request.here.me.actor("panel")
        answer_ask(by=by, ask_id=waiting.pk, **answered(form.cleaned_data))
    except Problem as problem:
        say_in(form, problem)
        return {"end": form, "status": 422}
    return {"done": ENDED[form.cleaned_data["outcome"]]}
