"""What clients see by their link: four questions (P8), and 'is it really solved?' (P12)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from warmhand.apps.messaging import queries as messaging
from warmhand.apps.messaging.door import Visit
from warmhand.apps.moves.confirmations import answer_question
from warmhand.apps.people import queries as people
from warmhand.apps.policies.queries import current
from warmhand.apps.work import queries as work
from warmhand.apps.work import services as work_services
from warmhand.problems import NotFound, Problem
from warmhand.web import public
from warmhand.web.public import Sheet
from warmhand.web.public_forms import QUESTIONS, SCALE, CaseAnswer, SurveyAnswers
from warmhand.wording.catalogue import catalogue
from warmhand.wording.public import CaseTexts, SurveyTexts, case_texts, survey_texts


@public.visitor("survey")
def survey(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Four questions (P8); afterwards thanks, and for a day the way to correct them."""
    it = work.survey_by_id(visit.object_id)
    client = people.client_by_id(visit.client_id)
    spoken = catalogue(people.language_of(client, visit.workspace_language))
    keeper = client.keeper.name if client.keeper else ""
    texts = survey_texts(spoken, workspace=visit.workspace_name, keeper=keeper)
    sheet = Sheet(request, visit, spoken, texts)
    if request.method == "POST":
        return _answer_survey(sheet)
    if visit.answered_at and "correct" not in request.GET:
        return _thank_for_survey(sheet, it)
    return _survey_form(sheet, _given(it))


def _given(it: Any) -> dict[str, Any]:
    """What is on record of a survey, as its form would send it."""
    return {name: getattr(it, name) for name in (*QUESTIONS, "words")}


def _answer_survey(sheet: Sheet[SurveyTexts]) -> HttpResponse:
    form, visit = SurveyAnswers(sheet.request.POST), sheet.visit
    good = form.is_valid()
    try:
        stamp = public.stamped(sheet.request, visit.page)
        if not good:
            raise public.nothing_said(sheet.texts.nothing)
        work_services.answer_invitation(
            client_id=visit.client_id,
            survey_id=visit.object_id,
            link_id=visit.link_id,
            edition=stamp.edition,
            proof=sheet.proof("survey", form.cleaned_data),
            **form.cleaned_data,
        )
    except NotFound:
        raise
    except Problem as problem:
        if problem.code == "answered_meanwhile":
            return _survey_form(sheet.anew(), _given(work.survey_by_id(visit.object_id)), problem)
        return _survey_form(sheet, form.sent(), problem)
    return redirect(sheet.request.path)


def _survey_form(
    sheet: Sheet[SurveyTexts], answers: dict[str, Any], problem: Problem | None = None
) -> HttpResponse:
    asked = [(question, answers.get(question.name)) for question in sheet.texts.questions]
    words = answers.get("words") or ""
    return sheet.show("public/survey.html", problem=problem, asked=asked, words=words, scale=SCALE)


def _thank_for_survey(sheet: Sheet[SurveyTexts], it: Any) -> HttpResponse:
    unhappy = _is_unhappy(it.satisfied)
    given = [(question, getattr(it, question.name)) for question in sheet.texts.questions]
    correct = sheet.until(sheet.texts.correct)
    return sheet.show(
        "public/survey_thanks.html", given=given, words=it.words, unhappy=unhappy, correct=correct
    )


@public.visitor("confirmation")
def case(request: HttpRequest, visit: Visit) -> HttpResponse:
    """'Is it really solved?' (P12): their yes confirms, their 'not yet' reopens."""
    it = work.case_by_id(visit.object_id)
    client = people.client_by_id(visit.client_id)
    if visit.answered_at is None and it.state != "resolved":
        raise NotFound("public_link", "What this asks is settled already.")
    spoken = catalogue(people.language_of(client, visit.workspace_language))
    member = it.member or client.keeper
    texts = case_texts(
        spoken,
        title=it.title,
        keeper=member.name if member else "",
        workspace=visit.workspace_name,
    )
    sheet = Sheet(request, visit, spoken, texts)
    if request.method == "POST":
        return _answer_case(sheet)
    said = messaging.last_said(visit.link_id)
    if visit.answered_at and "correct" not in request.GET:
        return _thank_for_case(sheet, said)
    return _case_form(sheet, said)


def _answer_case(sheet: Sheet[CaseTexts]) -> HttpResponse:
    form, visit = CaseAnswer(sheet.request.POST), sheet.visit
    good = form.is_valid()
    try:
        stamp = public.stamped(sheet.request, visit.page)
        if not good:
            raise public.nothing_said(sheet.texts.nothing)
        answer_question(
            case_id=visit.object_id,
            link_id=visit.link_id,
            edition=stamp.edition,
            proof=sheet.proof("case", form.cleaned_data),
            solved=form.cleaned_data["solved"] == "yes",
            words=form.cleaned_data["words"],
            score=form.cleaned_data["satisfied"],
        )
    except NotFound:
        raise
    except Problem as problem:
        if problem.code == "answered_meanwhile":
            return _case_form(sheet.anew(), messaging.last_said(visit.link_id), problem)
        return _case_form(sheet, form.sent(), problem)
    return redirect(sheet.request.path)


def _case_form(
    sheet: Sheet[CaseTexts], answer: dict[str, Any], problem: Problem | None = None
) -> HttpResponse:
    return sheet.show("public/case.html", problem=problem, answer=answer, scale=SCALE)


def _thank_for_case(sheet: Sheet[CaseTexts], said: dict[str, Any]) -> HttpResponse:
    return sheet.show(
        "public/case_thanks.html",
        solved=said.get("solved") == "yes",
        unhappy=_is_unhappy(said.get("satisfied")),
        correct=sheet.until(sheet.texts.correct),
    )


def _is_unhappy(score: int | None) -> bool:
    """Whether an answer stops asks until we have made good, as the policy counts it (P7)."""
    return score is not None and score <= current().policy.unhappy_at_most
