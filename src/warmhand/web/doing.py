"""Doing a move: the form, and what it writes. One entry of DOINGS for each move.

An invitation to a review has a page of its own (web/reviews/invite.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.asks import plans
from warmhand.apps.asks.queries import Verdict, ask_by_id, verdict_of
from warmhand.apps.giving import services as giving
from warmhand.apps.gratitude import services as gratitude
from warmhand.apps.introductions import services as introductions
from warmhand.apps.island.actor import Actor
from warmhand.apps.moves import moments
from warmhand.apps.moves import services as moves
from warmhand.apps.moves.names import Names, names_for, record_ask
from warmhand.apps.offers import services as offers
from warmhand.apps.referrals import services as referrals
from warmhand.apps.work import services as work
from warmhand.rulebook import ASKS, Move
from warmhand.web import doing_forms as forms
from warmhand.web import gate
from warmhand.web import outcome_forms as ends
from warmhand.web.today_answers import after, dialog, done
from warmhand.web.today_forms import move_named
from warmhand.wording import Wording

Sent = Mapping[str, Any]
Perform = Callable[[Actor, int, Sent], tuple[str, Any]]
"""Write what was sent about a client; the sentence of the toast, and the record for its Undo."""


@dataclass(frozen=True, slots=True)
class Doing:
    """How a move is done on a page."""

    title: str
    teach: str
    form: type[forms.DoForm]
    perform: Perform


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def do(request: gate.Request, client_id: int, move: str) -> HttpResponse:
    """The form that does a move, and the doing."""
    named = move_named(move)
    if named is Move.INVITE_TO_REVIEW:
        return _go(request, reverse("web:review_invite", args=[client_id]))
    if named not in DOINGS:
        return redirect("web:verdict", client_id)
    doing, verdict = DOINGS[named], verdict_of(client_id)
    form = doing.form(request.POST or None, client_id=client_id, today=verdict.today)
    by = request.here.me.actor("web")
    if done(request, form, lambda: doing.perform(by, client_id, form.cleaned_data)):
        return after(request)
    names = names_for(verdict, named) if named in ASKS else None
    wording = _wording(named, verdict, names)
    context = {"form": form, "doing": doing, "wording": wording, "names": names}
    return dialog(request, "today/do.html", verdict, named, context)


def _go(request: gate.Request, where: str) -> HttpResponse:
    """To a page that stands by itself, out of a dialog too."""
    by_htmx = request.headers.get("HX-Request")
    return HttpResponseClientRedirect(where) if by_htmx else redirect(where)


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def answer_ask(request: gate.Request, ask_id: int) -> HttpResponse:
    """How an ask ended that was made before."""
    ask = ask_by_id(ask_id)
    verdict = verdict_of(ask.client_id)
    form = ends.OutcomeForm(request.POST or None, client_id=ask.client_id, today=verdict.today)
    by = request.here.me.actor("web")
    if done(request, form, lambda: _answered(by, ask.pk, form)):
        return after(request)
    context = {"form": form, "doing": ANSWER, "asked": ask}
    return dialog(request, "today/do.html", verdict, Move(ask.kind), context)


def _wording(move: Move, verdict: Verdict, names: Names | None) -> Wording | None:
    """The words of an ask, where the move is one and it is earned."""
    if move not in ASKS or not verdict.decision.may_ask:
        return None
    return moments.wording_for(verdict, replace(verdict.decision, move=move), names=names)


def _answered(by: Actor, ask_id: int, form: ends.OutcomeForm) -> tuple[str, Any]:
    ask = moves.answer_ask(by=by, ask_id=ask_id, **form.answer())
    if ask.outcome == "name":
        return f"{form.cleaned_data['new_person']} is on record; thanks are owed from now on.", ask
    return "The answer is on record.", ask


def _ask(kind: Move) -> Perform:
    def perform(by: Actor, client_id: int, sent: Sent) -> tuple[str, Any]:
        words = {"words": sent["for_what"]} if sent.get("for_what") else {}
        way = forms.way_of(sent)
        ask = record_ask(by=by, client_id=client_id, kind=kind.value, **way, **words)
        if kind is Move.ASK_COWORKER:
            _plan(by, ask.pk, sent)
        if not sent["outcome"]:
            return "Asked. Record the answer when they give it.", ask
        moves.answer_ask(by=by, ask_id=ask.pk, **ends.answered(sent))
        return "The ask and its answer are on record.", ask

    return perform


def _plan(by: Actor, ask_id: int, sent: Sent) -> None:
    """What was said of the introduction goes into the plan that came with the ask."""
    said = {name: sent[name] for name in PLAN if sent.get(name)}
    if said:
        plan = plans.plans(ask_id=ask_id).get()
        plans.change_plan(by=by, plan_id=plan.pk, **said)


PLAN: Final = ("champion", "department", "meeting", "meeting_on")


def _recover(by: Actor, client_id: int, sent: Sent) -> tuple[str, Any]:
    kind, _, number = sent["what"].partition(":")
    more = {"by": by, "on": sent["on"], "why": sent["why"]}
    if kind == "referral":
        return "Mended.", referrals.mend(referral_id=int(number), **more)
    return "Made good.", work.recover_rating(rating_id=int(number), **more)


def _thank(by: Actor, client_id: int, sent: Sent) -> tuple[str, Any]:
    given = gratitude.give_thanks(
        by=by, thank_you_id=sent["thanks"], how=sent["how"], on=sent["on"]
    )
    return "Thanked.", given


def _confirm(by: Actor, client_id: int, sent: Sent) -> tuple[str, Any]:
    what = "confirmed" if sent["solved"] == "yes" else "reopened"
    ref = moments.CaseRef(case_id=sent["case"])
    told = moments.tell(by=by, ref=ref, what=what, words=sent["why"])
    if what == "confirmed":
        return "They confirmed that it is solved.", told.case
    return "The case is open again. Thank you for asking them first.", told.case


def _keep(by: Actor, client_id: int, sent: Sent) -> tuple[str, Any]:
    kind, _, text = sent["what"].partition(":")
    number, delivered = int(text), sent["happened"] == "delivered"
    if kind == "favour":
        return _keep_favour(by, client_id, number, sent, delivered)
    if not delivered:
        kept = work.change_commitment(
            by=by, commitment_id=number, due_on=sent["on"], why="Another day was agreed."
        )
        return "Another day is agreed.", kept
    kept = work.deliver_commitment(
        by=by,
        commitment_id=number,
        on=sent["on"],
        evidence_kind=sent["evidence_kind"],
        evidence=sent["evidence"],
    )
    return "Delivered.", kept


def _keep_favour(
    by: Actor, client_id: int, number: int, sent: Sent, delivered: bool
) -> tuple[str, Any]:
    if delivered:
        kept = giving.do_favour(by=by, client_id=client_id, favour_id=number, on=sent["on"])
        return "The favour is done.", kept
    return "Another day is agreed.", giving.change_favour(
        by=by, favour_id=number, due_on=sent["on"], why="Another day was agreed."
    )


def _favour(by: Actor, client_id: int, sent: Sent) -> tuple[str, Any]:
    what = {"by": by, "client_id": client_id, "what": sent["what"], "kind": sent["kind"]}
    if sent["happened"] == "promised":
        return "Promised.", giving.promise_favour(due_on=sent["on"], **what)
    return "The favour is on record.", giving.do_favour(
        on=sent["on"], minutes=sent["minutes"], **what
    )


def _give(by: Actor, client_id: int, sent: Sent) -> tuple[str, Any]:
    given = introductions.record_referral(by=by, client_id=client_id, **sent)
    return "The referral is on record.", given


def _offer(by: Actor, client_id: int, sent: Sent) -> tuple[str, Any]:
    passed = offers.pass_offer(by=by, client_id=client_id, offer_id=sent["offer"], on=sent["on"])
    return "It is theirs to pass on now.", passed


ANSWER: Final = Doing(
    "How did it end?",
    "A no is an answer too. Asking brought three things either way; tick what it brought.",
    ends.OutcomeForm,
    _ask(Move.ASK),
)
ASKING: Final[dict[Move, tuple[str, type[ends.AskForm]]]] = {
    Move.ASK: ("Say 'we', ask whom we might help, and leave an easy way out.", ends.AskForm),
    Move.ASK_COWORKER: (
        "Help them to help: a joint lunch or call, a note to forward. Each step is proposed.",
        ends.CoworkerAskForm,
    ),
    Move.ASK_MORE: (
        "The same three come first: agreed, delivered, happy. Say what you could do for them.",
        ends.MoreAskForm,
    ),
}
DOINGS: Final[dict[Move, Doing]] = {
    Move.RECOVER: Doing(
        "Made good",
        "Put right what went wrong, with them. Asks rest for a while afterwards.",
        forms.RecoverForm,
        _recover,
    ),
    Move.THANK: Doing(
        "Thanked", "Whatever came of it: they put their name in.", forms.ThankForm, _thank
    ),
    Move.CONFIRM_RESOLUTION: Doing(
        "What do they say?",
        "Ask them whether it is solved. If it isn't, they will say so, and we go on solving.",
        forms.ConfirmForm,
        _confirm,
    ),
    Move.KEEP_PROMISE: Doing(
        "Promise kept", "Deliver it, or agree another day with them.", forms.KeepForm, _keep
    ),
    Move.FAVOUR: Doing(
        "A favour",
        "Something for them, professional or personal, that we cannot be paid for.",
        forms.FavourForm,
        _favour,
    ),
    Move.GIVE_REFERRAL: Doing(
        "A referral for them",
        "Say why they can be confident, and connect the two directly if you can.",
        forms.GiveForm,
        _give,
    ),
    Move.OFFER: Doing(
        "Something to pass on",
        "People like to help a colleague, and dislike to be seen as selling.",
        forms.OfferForm,
        _offer,
    ),
    **{kind: Doing("The ask", teach, form, _ask(kind)) for kind, (teach, form) in ASKING.items()},
}
