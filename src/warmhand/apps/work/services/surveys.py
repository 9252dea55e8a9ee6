"""Surveys of four questions kept apart (P8); a satisfaction answered becomes a rating."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.models import PublicLink
from warmhand.apps.messaging.queries import standing_link
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.work.models import Rating, Survey
from warmhand.apps.work.queries import survey_by_id, unanswered_invitation
from warmhand.problems import Conflict

from .ratings import rate, settle_rating
from .voiding import void_link

PURPOSE = PublicLink.Purpose.SURVEY


class Answers(TypedDict, total=False):
    """Each 0 to 10, or None where they left it out."""

    satisfied: int | None
    would_recommend: int | None
    would_be_reference: int | None
    would_introduce: int | None
    words: str


def send_survey(*, by: Actor, client_id: int, on: dt.date | None = None) -> Survey:
    """The four questions went out to a client."""
    client = client_by_id(client_id)
    sentence = f"Sent a survey to {client.title}."
    day = days.happened("sent_on", on)
    return journal.create(Survey, by=by, sentence=sentence, client=client, sent_on=day)


@journal.one_act()
def invite_to_survey(*, by: Actor, client_id: int) -> PublicLink:
    """The link to a page of four questions for a client: the one that waits, or a new one (P8).

    The survey counts as sent on the day its link is made; a link that was withdrawn or has expired
    is made anew for the same survey. Nothing is mailed by this.
    """
    client = client_by_id(client_id, lock=True)
    unanswered = unanswered_invitation(client_id)
    survey = unanswered or send_survey(by=by, client_id=client_id)
    sentence = f"Made the link to four questions for {client.title}."
    before = standing_link(PURPOSE, survey.pk)
    link = messaging.link_to(
        by=by, purpose=PURPOSE, client_id=client_id, object_id=survey.pk, sentence=sentence
    )
    if link != before:
        journal.change(survey, by=by, sentence=sentence, sent_on=days.today())
    return link


@journal.one_act()
def answer_invitation(
    *,
    client_id: int,
    survey_id: int,
    link_id: int,
    edition: int,
    proof: messaging.Proof,
    **answers: Unpack[Answers],
) -> Survey:
    """What a client answered by their link, or corrected within 24 hours; one answer stands.

    Locks client, survey, link in that order, as all who write to them do.
    """
    client = client_by_id(client_id, lock=True)
    survey = survey_by_id(survey_id, lock=True)
    messaging.take_outcome(link_id=link_id, edition=edition, proof=proof)
    by = Actor(None, client.title, "client")
    if survey.answered_on is None:
        return record_survey(by=by, client_id=client_id, survey_id=survey_id, **answers)
    return _correct(by, survey, answers)


def _correct(by: Actor, survey: Survey, answers: Answers) -> Survey:
    sentence = f"{survey.client.title} corrected their answers."
    journal.change(survey, by=by, sentence=sentence, **answers)
    settle_rating(
        by=by,
        known=Rating.objects.filter(survey=survey).first(),
        score=answers.get("satisfied"),
        words=answers.get("words", ""),
        client_id=survey.client_id,
        on=survey.answered_on,
        survey_id=survey.pk,
    )
    return survey


@journal.one_act()
def record_survey(
    *,
    by: Actor,
    client_id: int,
    survey_id: int | None = None,
    on: dt.date | None = None,
    **answers: Unpack[Answers],
) -> Survey:
    """What a client answered, to a survey sent before or to one on the spot."""
    client = client_by_id(client_id, lock=True)
    day = days.happened("answered_on", on)
    sentence = f"{client.title} answered a survey."
    if survey_id is None:
        survey = journal.create(
            Survey, by=by, sentence=sentence, client=client, answered_on=day, **answers
        )
    else:
        sent = _unanswered(survey_id, client_id)
        void_link(by=by, purpose=PURPOSE, object_id=survey_id, why="Answered another way.")
        survey = journal.change(sent, by=by, sentence=sentence, answered_on=day, **answers)
    score = answers.get("satisfied")
    if score is not None:
        words = answers.get("words", "")
        rate(by=by, client_id=client_id, score=score, on=day, words=words, survey_id=survey.pk)
    return survey


def _unanswered(survey_id: int, client_id: int) -> Survey:
    survey = survey_by_id(survey_id, lock=True)
    if survey.client_id != client_id or survey.answered_on is not None:
        raise Conflict(
            "survey_answered_already",
            "This survey was answered already, or went to somebody else.",
            lift="Record the answers without naming a survey.",
        )
    return survey


@journal.one_act()
def remove_survey(*, by: Actor, survey_id: int, why: str = "") -> Survey:
    """Take a survey off the record, and with it the rating that came of it."""
    survey = survey_by_id(survey_id, lock=True)
    sentence = f"Removed a survey of {survey.client.title}."
    void_link(by=by, purpose=PURPOSE, object_id=survey_id, why="The survey was removed.")
    journal.remove(survey, by=by, sentence=sentence, why=why)
    for rating in Rating.objects.filter(survey=survey).select_for_update():
        journal.remove(rating, by=by, sentence="Removed the rating of a survey.", why=why)
    return survey
