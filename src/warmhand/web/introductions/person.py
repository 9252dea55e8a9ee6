"""What the person sees by their link: they decide, and may take it back at any time (P24, P32)."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from warmhand.apps.introductions import facts, queries, services
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal.services import one_act
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.door import Visit
from warmhand.apps.people import queries as people
from warmhand.problems import Invalid, NotFound, Problem
from warmhand.web import public
from warmhand.web.introductions.forms import ALL, cleaned, proposed, there_is, ticked
from warmhand.web.public import Sheet
from warmhand.wording.catalogue import catalogue
from warmhand.wording.introductions import IntroductionTexts, introduction_texts, said_fact
from warmhand.wording.public import version_of

ANSWERS: Final = ("yes", "no", "card", "back")


@public.visitor("introduction")
def introduction(request: HttpRequest, visit: Visit) -> HttpResponse:
    """To whom, why one can be confident, what would be told; yes, no, or the card."""
    it = queries.introduction_by_id(visit.object_id)
    rows = queries.candidates_of(it.pk)
    if it.forgotten_at is not None or not rows:
        raise NotFound("public_link", "There is nothing left to decide.")
    sheet = _sheet(request, visit, it, _shown(rows))
    if request.method != "POST":
        return _show(sheet, it, rows)
    try:
        _answer(sheet, it)
    except NotFound:
        raise
    except Problem as problem:
        if problem.code in ("answered_meanwhile", "introduction_moved_on"):
            it, rows = queries.introduction_by_id(it.pk), queries.candidates_of(it.pk)
            return _show(sheet.anew(), it, rows, problem)
        return _show(sheet, it, rows, problem)
    return redirect(request.path)


def _shown(rows: list[Any]) -> Any:
    """The provider the page is about: who has accepted, else the first choice."""
    return next((each for each in rows if each.state == "accepted"), rows[0]).provider


def _sheet(request: HttpRequest, visit: Visit, it: Any, provider: Any) -> Sheet[IntroductionTexts]:
    spoken = catalogue(people.language_of(it.client, visit.workspace_language))
    texts = introduction_texts(
        spoken,
        provider=provider.name,
        workspace=visit.workspace_name,
        member=it.member.name if it.member else "",
        expects_call=it.expects_call,
        source=it.client.title if it.for_other else "",
    )
    return Sheet(request, visit, spoken, texts)


def _answer(sheet: Sheet[IntroductionTexts], it: Any) -> None:
    """What they sent: noted with its proof, then done; both or neither."""
    post = sheet.request.POST
    stamp = public.stamped(sheet.request, sheet.visit.page)
    answer = post.get("answer", "")
    if answer not in ANSWERS or (answer == "back") != bool(post.get("sure")):
        raise public.nothing_said(sheet.texts.nothing)
    tells = ticked(it, post.getlist("tells"))
    said = {"answer": answer, "tells": tells if answer == "yes" else []}
    with one_act():
        # before the link, like every other write about it: else two wait for each other
        queries.introduction_by_id(it.pk, lock=True)
        messaging.take_outcome(
            link_id=sheet.visit.link_id,
            edition=stamp.edition,
            proof=sheet.proof("introduction", said),
        )
        _do(sheet, it, answer, tells)


def _do(sheet: Sheet[IntroductionTexts], it: Any, answer: str, tells: list[str]) -> None:
    post, key = sheet.request.POST, {"introduction_id": it.pk}
    by = Actor(None, it.client.title if not it.for_other else "The person", "client")
    words = cleaned(post.get("words", ""))
    if answer == "no":
        services.say_no(by=by, words=words, **key)
    elif answer == "card":
        services.take_card(by=by, words=words, **key)
    elif answer == "back":
        services.take_back(by=by, words=words, **key)
    else:
        services.say_yes(
            by=by,
            tells=tells,
            via="link",
            words=words,
            wants_mail=bool(post.get("wants_mail")),
            person={name: cleaned(post.get(name, ""), 200) for name in ("name", "phone", "email")},
            notice_version=version_of("notice", sheet.spoken, sheet.texts) if it.for_other else "",
            **key,
        )


def _show(
    sheet: Sheet[IntroductionTexts], it: Any, rows: list[Any], problem: Problem | None = None
) -> HttpResponse:
    post = sheet.request.POST
    there, on = there_is(it), post.getlist("tells")  # nothing is ticked but by themselves
    labels, first = dict(sheet.texts.facts), proposed(it, there)
    lines = [
        {
            "code": code,
            "label": labels[code],
            "value": said_fact(sheet.spoken, code, there[code]),
            "on": code in on,
        }
        for code in facts.CODES
        if code in there
    ]
    return sheet.show(
        "public/introduction.html",
        problem=problem,
        refused=_refusal(sheet.texts, problem),
        it=it,
        provider=_shown(rows),
        proposed=[line for line in lines if line["code"] in first],
        beside=[line for line in lines if line["code"] not in first],
        all_on=ALL in on,
        typed={name: post.get(name, "") for name in ("words", "name", "phone", "email", "answer")},
    )


def _refusal(texts: IntroductionTexts, problem: Problem | None) -> str:
    """Why not, in their language; '' where the frame says it."""
    if not isinstance(problem, Invalid):
        return ""
    fields = {place.field for place in problem.places}
    if "tells" in fields:
        return texts.no_way
    return texts.name_needed if "name" in fields else ""
