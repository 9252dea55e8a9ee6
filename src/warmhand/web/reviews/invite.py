"""Inviting a client to a review, and what becomes of the invitation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.journal.services import one_act
from warmhand.apps.people.queries import address_to_write_to
from warmhand.apps.people.services import MailTo, may_mail
from warmhand.apps.reviews import queries, services
from warmhand.apps.reviews.slots import Slot
from warmhand.apps.work.services.reviews import MINUTES
from warmhand.problems import NotFound, Problem
from warmhand.web import flash, gate
from warmhand.web.forms import saved, sent, tell
from warmhand.web.public import pattern
from warmhand.web.reviews.forms import KINDS, InviteForm, TimesForm
from warmhand.web.reviews.meeting import calendar_answer

LUNCH_MINUTES = 90


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def invite(request: gate.Request, client_id: int) -> HttpResponse:
    """Three times on good days, the words, and how they go out."""
    me, kind = request.here.me, _kind(request)
    minutes = LUNCH_MINUTES if kind == "lunch" else MINUTES
    proposal = queries.proposal_for(
        client_id, member_id=me.member_id, member_name=me.name, kind=kind, minutes=minutes
    )
    form = InviteForm(sent(request), there=proposal.there, slots=proposal.slots)
    starting = {"minutes": minutes, "subject": proposal.words.subject}
    for name, value in (starting | {"words": proposal.words.text}).items():
        form.fields[name].initial = value
    made = _invited(request, form, client_id, kind) if request.method == "POST" else None
    if made is not None:
        flash.undoable(request, f"{proposal.client.title} is invited.", about=made)
        return redirect("web:review_invitation", made.pk)
    return _invite_page(request, form, proposal, kind)


def _invited(request: gate.Request, form: InviteForm, client_id: int, kind: str) -> Any:
    """The invitation, and its mail if it is to go out at once: both or neither."""
    if not form.is_valid():
        return None
    by, values = request.here.me.actor("web"), form.cleaned_data
    fields = {name: values[name] for name in ("minutes", "place", "subject", "words")}
    try:
        with one_act():
            made = services.invite(
                by=by, client_id=client_id, starts=form.starts, kind=kind, **fields
            )
            if "send" in request.POST:
                _send(request, made.pk)
            return made
    except Problem as problem:
        tell(form, problem)
        return None


def _invite_page(request: gate.Request, form: Any, proposal: Any, kind: str) -> HttpResponse:
    client_id = proposal.client.pk
    here = reverse("web:review_invite", args=[client_id])
    context = {
        "form": form,
        "proposal": proposal,
        "client": proposal.client,
        "verdict": verdict_of(client_id),
        "due": queries.due_of(client_id),
        "kind": kind,
        "tabs": [
            {"label": label, "url": f"{here}?kind={code}", "here": code == kind}
            for code, label in KINDS
        ],
        "elsewhere": _elsewhere(proposal.slots, proposal.there, proposal.here),
        "waiting": queries.open_invitation_of(client_id),
        "planned": queries.planned_review_of(client_id),
        "mail_to": may_mail(lambda: address_to_write_to(client_id, asks=True)),
        "place_label": PLACES[kind],
    }
    status = 422 if form.errors else 200
    return render(request, "reviews/invite.html", context, status=status)


PLACES = {"call": "Number or link of the call", "lunch": "Restaurant", "visit": "Address"}


def _kind(request: gate.Request) -> str:
    named = request.POST.get("kind") or request.GET.get("kind", "")
    return named if named in dict(KINDS) else "call"


@require_safe
@gate.member()
def invitation(request: gate.Request, review_invitation_id: int) -> HttpResponse:
    """How an invitation stands: the times, their answer, the link, the words to send."""
    found = queries.invitation_by_id(review_invitation_id)
    there = queries.zone_by_name(found.timezone)
    page = queries.address_of_page(found, page_pattern(request))
    context = {
        "it": found,
        "client": found.client,
        "slots": [
            {
                "there": f"{slot.starts_at.astimezone(there):%A, %-d %B, %H:%M}",
                "here": slot.starts_at,
            }
            for slot in found.slots
        ],
        "there": there,
        "elsewhere": _elsewhere(found.slots, there, ZoneInfo(request.here.me.timezone)),
        "mails": queries.mails_of(found),
        "sent_already": queries.sent_already(found),
        "mail_to": _mail_to(found),
        "page_link": page,
        "letter": services.letter_of(found, link=page),
    }
    return render(request, "reviews/invitation.html", context)


def _mail_to(found: Any) -> MailTo:
    return may_mail(lambda: address_to_write_to(found.client_id, asks=found.is_waiting))


def _elsewhere(slots: Sequence[Slot], there: ZoneInfo, here: ZoneInfo) -> bool:
    """Whether the clocks there say something else at these times."""
    starts = [slot.starts_at for slot in slots]
    return any(at.astimezone(there).utcoffset() != at.astimezone(here).utcoffset() for at in starts)


def page_pattern(request: gate.Request) -> str:
    """The address of the client's page with `{token}` in it."""
    return pattern(request, reverse("web:public_review", args=("TOKEN",)))


@require_safe
@gate.member()
def calendar(request: gate.Request, review_invitation_id: int) -> HttpResponse:
    """The calendar file that goes with the invitation."""
    found = queries.invitation_by_id(review_invitation_id)
    url = queries.address_of_page(found, page_pattern(request))
    return calendar_answer(queries.file_of_invitation(found, url=url))


@require_POST
@gate.member(Ability.RECORD)
def make_link(request: gate.Request, review_invitation_id: int) -> HttpResponse:
    """The link to the client's page, to be put into a mail of one's own."""
    by = request.here.me.actor("web")
    services.link_address(by=by, invitation_id=review_invitation_id, pattern=page_pattern(request))
    flash.done(request, "The link is ready to be copied.")
    return redirect("web:review_invitation", review_invitation_id)


@require_POST
@gate.member(Ability.RECORD)
def send(request: gate.Request, review_invitation_id: int) -> HttpResponse:
    """Send the client what stands now, with its calendar file."""
    try:
        mail = _send(request, review_invitation_id)
    except NotFound:
        raise
    except Problem as problem:
        flash.refused(request, f"{problem.sentence} {problem.lift}")
    else:
        flash.done(request, f"On its way to {mail.address}.")
    return redirect("web:review_invitation", review_invitation_id)


def _send(request: gate.Request, review_invitation_id: int) -> Any:
    return services.send_letter(
        by=request.here.me.actor("web"),
        invitation_id=review_invitation_id,
        page_pattern=page_pattern(request),
        stop_pattern=pattern(request, reverse("web:public_stop", args=("TOKEN",))),
    )


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def times(request: gate.Request, review_invitation_id: int) -> HttpResponse:
    """Propose other times, as long as none is picked."""
    found = queries.invitation_by_id(review_invitation_id)
    there = queries.zone_by_name(found.timezone)
    form = TimesForm(sent(request), there=there, slots=found.slots)
    by = request.here.me.actor("web")

    def change(**_: Any) -> Any:
        return services.change_times(by=by, invitation_id=review_invitation_id, starts=form.starts)

    changed = saved(form, change) if request.method == "POST" else None
    if changed is not None:
        flash.undoable(request, "Other times are proposed.", about=changed)
        return redirect("web:review_invitation", review_invitation_id)
    context = {
        "heading": f"Other times for {found.client.title}",
        "lede": f"On their clock ({there.key}).",
        "form": form,
        "back": reverse("web:review_invitation", args=[review_invitation_id]),
        "back_to": "The invitation",
        "submit": "Propose these",
    }
    return render(request, "records/form.html", context, status=422 if form.errors else 200)


@require_POST
@gate.member(Ability.RECORD)
def withdraw(request: gate.Request, review_invitation_id: int) -> HttpResponse:
    """Take an invitation back; its page opens no more."""
    gone = services.withdraw(by=request.here.me.actor("web"), invitation_id=review_invitation_id)
    flash.undoable(request, "The invitation is withdrawn.", about=gone)
    return redirect("web:review_invitation", review_invitation_id)
