"""The page of an introduction for members: where it stands, its time line, the next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.directory.queries import language_of_provider
from warmhand.apps.introductions import facts, queries, services
from warmhand.apps.messaging import clock
from warmhand.apps.messaging import queries as messaging
from warmhand.apps.messaging import services as messages
from warmhand.apps.people import queries as people
from warmhand.apps.people import services as people_services
from warmhand.problems import NotFound, Problem
from warmhand.web import flash, gate
from warmhand.web.introductions.forms import FACTS, cleaned, spoken_yes, ticked
from warmhand.web.letters import by_own_mail
from warmhand.web.public import pattern
from warmhand.wording.catalogue import catalogue
from warmhand.wording.introductions import REASONS, ask_mail, brief_mail
from warmhand.wording.public import MailTexts

TOLD_NOTHING: Final = ("card", "declined", "withdrawn")
"""Ends after which no fact is told to anybody, whatever was proposed."""


@require_safe
@gate.member()
def introduction(request: gate.Request, introduction_id: int) -> HttpResponse:
    """Where an introduction stands, what is next, who was asked, what the person allowed."""
    return _page(request, introduction_id)


def _page(request: gate.Request, introduction_id: int, yes: Any = None) -> HttpResponse:
    it = queries.introduction_by_id(introduction_id)
    rows = queries.candidates_of(it.pk)
    current = queries.current_of(rows)
    context = {
        "it": it,
        "client": it.client,
        "candidates": rows,
        "current": current,
        "next": queries.next_of(it, rows),
        "quality": it.quality,
        "yes": yes or (spoken_yes(it) if it.state in it.UNANSWERED else None),
        "told": [] if it.state in TOLD_NOTHING else [FACTS[c] for c in it.tells if c in FACTS],
        "details": facts.told(it, accepted=True),
        "letter": _client_letter(request, it, rows),
        "brief": _brief_letter(request, it, current),
        "entries": _time_line(it, rows),
        "others": queries.providers_to_add(it.pk)[:200] if it.state in it.MAY_GROW else (),
        "declining": list(REASONS.values())[:-1],
    }
    return render(request, "introductions/introduction.html", context, status=422 if yes else 200)


def _letter(
    request: gate.Request, link: Any, route: str, texts: MailTexts, to: str
) -> dict[str, str]:
    """A link with a text for the member's own mail `to` an address."""
    try:
        address = messages.address_of(link, pattern(request, reverse(route, args=("TOKEN",))))
    except Problem:
        return {}
    text = texts.text.replace(messages.LINK, address)
    own_mail = by_own_mail(to, subject=texts.subject, body=text)
    return {"address": address, "text": text, "own_mail": own_mail}


def _client_letter(request: gate.Request, it: Any, rows: list[Any]) -> dict[str, Any]:
    link = messaging.standing_link("introduction", it.pk)
    if link is None or not rows:
        return {}
    if it.state == it.State.ASKED and not link.is_open(clock.now()):
        return {"over": link.expires_at}
    texts = _ask_texts(request, it, rows[0].provider.name)
    mails = messaging.messages_about([link.pk]).get(link.pk, [])
    mail_to = people_services.may_mail(
        lambda: people.address_to_write_to(it.client_id), earlier=mails
    )
    found = _letter(request, link, "web:public_introduction", texts, mail_to.address)
    return found | {"mails": mails, "to": mail_to.address, "hindrance": mail_to.hindrance}


def _ask_texts(request: gate.Request, it: Any, provider: str) -> MailTexts:
    me = request.here.me
    spoken = catalogue(people.language_of(it.client, me.language))
    return ask_mail(
        spoken, name=it.client.name, provider=provider, member=me.name, relation=it.relation
    )


def _brief_letter(request: gate.Request, it: Any, current: Any) -> dict[str, str]:
    if current is None or current.state != "asked":
        return {}
    link = messaging.standing_link("brief", current.pk)
    if link is None:
        return {}
    spoken = catalogue(language_of_provider(current.provider, request.here.me.language))
    texts = brief_mail(spoken, member=request.here.me.name)
    return _letter(request, link, "web:public_brief", texts, current.provider.email)


def _time_line(it: Any, rows: list[Any]) -> list[dict[str, Any]]:
    """What happened, newest first, from the journal of the introduction and its candidates.

    An act that both of them have written is one line.
    """
    entries: list[Any] = []
    for entry in queries.time_line(it, rows):
        if not entries or entry.sentence != entries[-1].sentence:
            entries.append(entry)
    return [
        {
            "icon": "arrow-path" if entry.verb == "undid" else "check-circle",
            "family": "give",
            "sentence": entry.sentence,
            "by": entry.by_name,
            "at": entry.at,
            "why": entry.why,
        }
        for entry in entries
    ]


def _ask(request: gate.Request, introduction_id: int, by: Any) -> str:
    services.ask_client(by=by, introduction_id=introduction_id)
    return "Their page is ready: hand them the link."


def _yes(request: gate.Request, introduction_id: int, by: Any) -> str:
    sent = request.POST
    asked = queries.introduction_by_id(introduction_id)
    it = services.say_yes(
        by=by,
        introduction_id=introduction_id,
        tells=ticked(asked, sent.getlist("tells")),
        words=cleaned(sent.get("words", "")),
        wants_mail=bool(sent.get("wants_mail")),
    )
    return f"{it.client.title} said yes."


def _no(request: gate.Request, introduction_id: int, by: Any) -> str:
    services.say_no(
        by=by, introduction_id=introduction_id, words=cleaned(request.POST.get("words", ""))
    )
    return "A no is an answer too. Nobody is told anything."


def _card(request: gate.Request, introduction_id: int, by: Any) -> str:
    services.take_card(by=by, introduction_id=introduction_id)
    return "They have the card. The referral is on record."


def _back(request: gate.Request, introduction_id: int, by: Any) -> str:
    services.take_back(
        by=by, introduction_id=introduction_id, words=cleaned(request.POST.get("words", ""))
    )
    return "Taken back. Nothing is shown any more."


def _stop(request: gate.Request, introduction_id: int, by: Any) -> str:
    services.stop(
        by=by, introduction_id=introduction_id, why=cleaned(request.POST.get("words", ""))
    )
    return "Stopped."


def _add(request: gate.Request, introduction_id: int, by: Any) -> str:
    number = request.POST.get("provider", "")
    if not (number.isascii() and number.isdigit()) or len(number) > 15:
        raise NotFound("provider")
    services.add_provider(by=by, introduction_id=introduction_id, provider_id=int(number))
    return "One more on the list."


def _send(request: gate.Request, introduction_id: int, by: Any) -> str:
    """Mail the client their link, in the member's name."""
    it = queries.introduction_by_id(introduction_id)
    rows = queries.candidates_of(it.pk)
    link = messaging.standing_link("introduction", it.pk)
    if link is None or not rows:
        raise NotFound("public_link")
    texts = _ask_texts(request, it, rows[0].provider.name)
    number = len(messaging.messages_about([link.pk]).get(link.pk, [])) + 1
    mail = people_services.send_link(
        by=by,
        link_id=link.pk,
        parts=messages.Parts(texts.subject, texts.with_stop),
        number=number,
        page_pattern=pattern(request, reverse("web:public_introduction", args=("TOKEN",))),
        stop_pattern=pattern(request, reverse("web:public_stop", args=("TOKEN",))),
    )
    return f"On its way to {mail.address}."


Do = Callable[[gate.Request, int, Any], str]
ACTS: Final[Mapping[str, Do]] = {
    "ask": _ask,
    "send": _send,
    "yes": _yes,
    "no": _no,
    "card": _card,
    "back": _back,
    "stop": _stop,
    "add": _add,
}
UNDOABLE: Final = ("no",)
"""Acts that reach nobody, so that an undo is whole; a yes and what follows can't be undone here."""


@require_POST
@gate.member(Ability.RECORD)
def introduction_do(request: gate.Request, introduction_id: int, act: str) -> HttpResponse:
    """One step with an introduction: one click each."""
    it = queries.introduction_by_id(introduction_id)
    return _done(request, ACTS, act, introduction_id, it)


def _hand(request: gate.Request, candidate_id: int, by: Any) -> str:
    services.hand_over(by=by, candidate_id=candidate_id)
    return "Their days to answer have begun: send them the link below."


def _pass(request: gate.Request, candidate_id: int, by: Any) -> str:
    services.pass_over(by=by, candidate_id=candidate_id, why=cleaned(request.POST.get("words", "")))
    return "Passed over."


def _accepted(request: gate.Request, candidate_id: int, by: Any) -> str:
    services.accept(by=by, candidate_id=candidate_id, words=cleaned(request.POST.get("words", "")))
    return "Connected. The referral is on record."


def _declined(request: gate.Request, candidate_id: int, by: Any) -> str:
    why = cleaned(request.POST.get("words", ""))
    services.decline(by=by, candidate_id=candidate_id, why=why)
    return "Remembered. The next one is asked."


def _told(request: gate.Request, candidate_id: int, by: Any) -> str:
    services.tell_withdrawal(by=by, candidate_id=candidate_id)
    return "Good: they know."


CANDIDATE_ACTS: Final[Mapping[str, Do]] = {
    "hand": _hand,
    "pass": _pass,
    "accepted": _accepted,
    "declined": _declined,
    "told": _told,
}


@require_POST
@gate.member(Ability.RECORD)
def candidate_do(request: gate.Request, candidate_id: int, act: str) -> HttpResponse:
    """One step with a provider on the list."""
    candidate = queries.candidate_by_id(candidate_id)
    return _done(request, CANDIDATE_ACTS, act, candidate_id, candidate.introduction)


def _done(
    request: gate.Request, acts: Mapping[str, Do], act: str, record_id: int, it: Any
) -> HttpResponse:
    if act not in acts:
        raise NotFound("act", "There is no such step.")
    try:
        said = acts[act](request, record_id, request.here.me.actor("web"))
    except NotFound:
        raise
    except Problem as problem:
        flash.refused(request, " ".join(filter(None, (problem.sentence, problem.lift))))
        return redirect("web:introduction", it.pk)
    if act in UNDOABLE:
        flash.undoable(request, said, about=it)
    else:
        flash.done(request, said)
    return redirect("web:introduction", it.pk)
