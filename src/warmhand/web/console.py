"""The agent's console: find the client, hear that it is solved, ask if that is right, note the end.

Made for somebody who has ten seconds on a call (P11, P12, P13, P21, P27).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.asks.queries import ask_by_id, asks_waiting, open_ask_of, verdict_of
from warmhand.apps.moves import moments
from warmhand.apps.moves.moments import CaseRef
from warmhand.apps.moves.names import names_of_ask, record_ask
from warmhand.apps.moves.services import answer_ask
from warmhand.apps.people import queries as people
from warmhand.apps.work import queries as work
from warmhand.problems import Problem
from warmhand.rulebook import ASKS
from warmhand.web import flash, gate
from warmhand.web.console_forms import AskNowForm, CaseForm, EndForm, FindForm, SaysForm
from warmhand.web.today_answers import say_in

FOUND: Final = 8
"""So many clients are shown at once; more words find fewer."""
STEPS: Final = ("Solved?", "May we ask?", "How it ended")
CONFIRM, DECIDE, END = 1, 2, 3
SAID: Final = {
    "confirmed": "They confirmed it. That alone was worth asking.",
    "reopened": "Good that you asked first. The case is open again, and nothing is asked of them.",
}
ENDED: Final = {
    "name": "The name is on record. Thanks are owed to them from now on.",
    "will_introduce": "Noted. Thank them already; we ask how it stands when the day comes.",
    "passed_on": "It is theirs to pass on now.",
    "later": "Noted. They are left in peace until then.",
    "no": "Noted. Their no is kept for a long while; asking still brought something.",
    "not_asked": "Noted: it was not asked, and the chance is not spent.",
}


@require_safe
@gate.member()
def console(request: gate.Request) -> HttpResponse:
    """Find the client; one match alone is opened at once."""
    form = FindForm(request.GET)
    words = form.words()
    found = list(people.clients(search=words)[: FOUND + 1]) if words else []
    if request.headers.get("HX-Request"):
        return render(request, "console/found.html", _found(words, found))
    if len(found) == 1:
        return redirect("web:console_client", found[0].pk)
    waiting = asks_waiting(request.here.me.member_id)
    unconfirmed = work.cases(state="resolved", sort="-resolved")[:FOUND] if not words else []
    context = {
        "form": form,
        "waiting": waiting,
        "unconfirmed": unconfirmed,
        **_found(words, found),
    }
    return render(request, "console/find.html", context)


@require_safe
@gate.member()
def client(request: gate.Request, client_id: int) -> HttpResponse:
    """Where the talk with this client stands, and what comes next."""
    return _page(request, client_id)


@require_POST
@gate.member(Ability.RECORD)
def new_case(request: gate.Request, client_id: int) -> HttpResponse:
    """A concern in a few words, just solved or going on."""
    form = CaseForm(request.POST)
    if not form.is_valid():
        return _page(request, client_id, case_form=form, status=422)
    title, what = form.cleaned_data["title"], form.cleaned_data["stands"]
    ref = CaseRef(client_id=client_id, title=title)
    by = request.here.me.actor("web")
    told = moments.tell(by=by, ref=ref, what="resolved" if what == "resolved" else "reopened")
    flash.undoable(request, "The case is on record.", about=told.case)
    return redirect("web:console_client", client_id)


@require_POST
@gate.member(Ability.RECORD)
def says(request: gate.Request, case_id: int) -> HttpResponse:
    """What the client says to 'is it solved?': a no reopens the case and ends the ask (P12)."""
    case = work.case_by_id(case_id)
    form = SaysForm(request.POST)
    if not form.is_valid():
        return _page(request, case.client_id, status=422)
    what = form.cleaned_data["says"]
    moments.tell(by=request.here.me.actor("web"), ref=CaseRef(case_id=case_id), what=what)
    flash.done(request, SAID[what])
    return redirect(_address(case.client_id, case_id if what == "confirmed" else None))


@require_POST
@gate.member(Ability.RECORD)
def ask(request: gate.Request, client_id: int) -> HttpResponse:
    """Take the one ask, so that nobody else asks meanwhile; then the words are shown."""
    form = AskNowForm(request.POST)
    kind = form.cleaned_data["kind"] if form.is_valid() else "ask"
    case = _case(request, work.cases(client_id=client_id))
    case_id = case.pk if case else None
    by = request.here.me.actor("web")
    try:
        way = {**moments.usual_way(verdict_of(client_id), kind=kind, case=case), **form.way()}
        record_ask(by=by, client_id=client_id, kind=kind, case_id=case_id, **way)
    except Problem as problem:
        if problem.status != 409:
            raise
        return _page(request, client_id, problem=problem, status=409)
    return redirect(_address(client_id, case_id))


@require_POST
@gate.member(Ability.RECORD)
def answer(request: gate.Request, ask_id: int) -> HttpResponse:
    """How it ended, and the three things that asking brought."""
    waiting = ask_by_id(ask_id)
    form = EndForm(request.POST, today=request.here.me.today())
    if not form.is_valid() or not _ended(request, ask_id, form):
        return _page(request, waiting.client_id, end=form, status=422)
    flash.done(request, ENDED[form.cleaned_data["outcome"]])
    return redirect("web:console")


def _ended(request: gate.Request, ask_id: int, form: EndForm) -> bool:
    try:
        answer_ask(by=request.here.me.actor("web"), ask_id=ask_id, **form.answer())
    except Problem as problem:
        say_in(form, problem)
        return False
    return True


def _found(words: str, found: list[Any]) -> dict[str, Any]:
    return {"words": words, "found": found[:FOUND], "more": len(found) > FOUND}


def _address(client_id: int, case_id: int | None) -> str:
    """The client's page, remembering the case that the talk is about."""
    address = reverse("web:console_client", args=[client_id])
    return f"{address}?case={case_id}" if case_id else address


def _page(request: gate.Request, client_id: int, *, status: int = 200, **more: Any) -> HttpResponse:
    """The one step that is next, large; the others small."""
    verdict = verdict_of(client_id)
    waiting, cases = open_ask_of(client_id), list(work.cases(client_id=client_id))
    case = _case(request, cases)
    pending = [each for each in cases if each.state != "confirmed"]
    confirmed = bool(case and case.state == "confirmed")
    names = names_of_ask(waiting) if waiting else None
    context = {
        "verdict": verdict,
        "client_id": client_id,
        "pending": pending,
        "case": case,
        "waiting": waiting,
        "at": END if waiting else CONFIRM if pending else DECIDE,
        "steps": STEPS,
        "wording": moments.words_of_ask(verdict, waiting, case, names=names) if waiting else None,
        "names": names,
        "right": verdict.decision.may_ask and verdict.decision.move in ASKS,
        "case_form": CaseForm(),
        "end": EndForm(today=verdict.today, confirmed=confirmed),
        **more,
    }
    return render(request, "console/client.html", context, status=status)


def _case(request: gate.Request, cases: Iterable[Any]) -> Any:
    """The case that the talk is about, if the address or the form names one of theirs."""
    named = request.GET.get("case") or request.POST.get("case") or ""
    if not named.isdecimal():
        return None
    return next((each for each in cases if str(each.pk) == named), None)
