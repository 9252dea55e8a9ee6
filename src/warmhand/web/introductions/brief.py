"""What a provider sees by their link: the facts allowed, and what they answer (P24, P33)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from warmhand.apps.directory.queries import language_of_provider
from warmhand.apps.introductions import facts, queries, services
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal.services import one_act
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.door import Visit
from warmhand.problems import NotFound, Problem
from warmhand.web import public
from warmhand.web.introductions.forms import cleaned
from warmhand.web.public import Sheet
from warmhand.wording.catalogue import catalogue
from warmhand.wording.introductions import REASONS, BriefTexts, brief_texts, said_fact


@public.visitor("brief")
def brief(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The brief before they accept, the details afterwards, nothing once it is over."""
    candidate = queries.candidate_by_id(visit.object_id)
    it = queries.introduction_by_id(candidate.introduction_id)
    spoken = catalogue(language_of_provider(candidate.provider, visit.workspace_language))
    texts = brief_texts(
        spoken,
        workspace=visit.workspace_name,
        member=it.member.name if it.member else "",
        expects_call=it.expects_call,
    )
    sheet = Sheet(request, visit, spoken, texts)
    if request.method != "POST":
        return _show(sheet, candidate, it)
    try:
        _answer(sheet, candidate)
    except NotFound:
        raise
    except Problem as problem:
        candidate = queries.candidate_by_id(candidate.pk)
        it = queries.introduction_by_id(it.pk)
        moved = problem.code in ("answered_meanwhile", "introduction_moved_on", "brief_over")
        return _show(sheet.anew() if moved else sheet, candidate, it, problem)
    return redirect(request.path)


def _answer(sheet: Sheet[BriefTexts], candidate: Any) -> None:
    post = sheet.request.POST
    stamp = public.stamped(sheet.request, sheet.visit.page)
    answer = post.get("answer", "")
    if answer not in ("yes", "no", "gone") or (answer == "gone") != bool(post.get("sure")):
        raise public.nothing_said(sheet.texts.nothing)
    said = {"answer": answer, "reason": post.get("reason", "")[:20].replace("\x00", "")}
    with one_act():
        # the introduction first, like every other write about it
        queries.introduction_by_id(candidate.introduction_id, lock=True)
        messaging.take_outcome(
            link_id=sheet.visit.link_id,
            edition=stamp.edition,
            proof=sheet.proof("brief", said),
        )
        _do(sheet, candidate, answer, said["reason"])


def _do(sheet: Sheet[BriefTexts], candidate: Any, answer: str, reason: str) -> None:
    by = Actor(None, candidate.provider.name, "client")
    words = cleaned(sheet.request.POST.get("words", ""))
    if answer == "yes":
        services.accept(by=by, candidate_id=candidate.pk, words=words)
    elif answer == "no":
        why = ": ".join(filter(None, (REASONS.get(reason, ""), words)))
        services.decline(by=by, candidate_id=candidate.pk, why=why)
    else:
        services.tell_withdrawal(by=by, candidate_id=candidate.pk, via="page")


def _show(
    sheet: Sheet[BriefTexts], candidate: Any, it: Any, problem: Problem | None = None
) -> HttpResponse:
    stage = _stage(candidate, it)
    told = facts.told(it, accepted=stage == "accepted") if stage in ("asked", "accepted") else {}
    told = {code: said_fact(sheet.spoken, code, value) for code, value in told.items()}
    by = public.moment_of(candidate.answer_by, sheet.spoken)
    return sheet.show(
        "public/brief.html",
        problem=problem,
        stage=stage,
        told=[(label, told[code], code) for code, label in sheet.texts.facts if code in told],
        candidate=candidate,
        answer_by=sheet.texts.answer_by.replace("[[until]]", by),
        typed=sheet.request.POST,
    )


def _stage(candidate: Any, it: Any) -> str:
    """What the page is about: asked, accepted, declined, withdrawn, known, or over."""
    if it.forgotten_at is not None:
        return "over"
    if candidate.tell_since is not None:
        return "withdrawn" if candidate.must_be_told else "known"
    if candidate.state == "asked" and it.state == "seeking":
        return "asked"
    if candidate.state == "accepted" and it.state == "connected":
        return "accepted"
    return "declined" if candidate.state == "declined" else "over"
