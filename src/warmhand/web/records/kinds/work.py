"""Commitments, cases, ratings, surveys, reviews and busy times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from warmhand.apps.reviews import services as reviews
from warmhand.apps.work import queries as work_reads
from warmhand.apps.work import services as work
from warmhand.web.records import steps
from warmhand.web.records.act import Act, Kind, change
from warmhand.web.records.forms import fields as fields_forms
from warmhand.web.records.forms import work as work_forms
from warmhand.web.records.places import page_of_link

UNHAPPY: Final = 6
"""Up to here 'make good' is offered beside a rating; the policy decides what counts as unhappy."""

KINDS: Final[Mapping[str, Kind]] = {
    "commitment": Kind(
        "commitment",
        work_reads.commitment_by_id,
        "commitment_id",
        {
            "deliver": Act(
                "Deliver",
                work_forms.Delivery,
                steps.deliver_commitment,
                "check",
                when=lambda it: not (it.delivered_on or it.cancelled_on),
            ),
            "rate": Act(
                "Rate",
                work_forms.RatingForm,
                steps.rate_commitment,
                "star",
                "How happy they are with it.",
                when=lambda it: it.client_id and it.delivered_on,
            ),
            "edit": change(work_forms.ChangedCommitment, work.change_commitment),
            "cancel": Act(
                "Cancel",
                fields_forms.Dated,
                work.cancel_commitment,
                "x-circle",
                when=lambda it: not (it.delivered_on or it.cancelled_on),
            ),
        },
        work.remove_commitment,
    ),
    "case": Kind(
        "case",
        work_reads.case_by_id,
        "case_id",
        {
            "resolve": Act(
                "Resolve",
                fields_forms.Dated,
                work.resolve_case,
                "check",
                "On our side. Whether it is resolved is theirs to say.",
                when=lambda it: not it.resolved_on,
            ),
            "confirm": Act(
                "They confirmed it",
                work_forms.Confirmation,
                work.confirm_case,
                "check-badge",
                when=lambda it: it.resolved_on and not it.confirmed_on,
            ),
            "question": Act(
                "Send them the question",
                fields_forms.NoFields,
                work.ask_if_solved,
                "paper-airplane",
                "They get a page of their own: is it really solved? Yes, or not yet. Next you see "
                "its link and a text to send it with. Nothing is sent before you do.",
                when=lambda it: it.resolved_on and not it.confirmed_on,
                then=page_of_link,
                submit="Make the link",
            ),
            "reopen": Act(
                "Reopen",
                fields_forms.JustWhy,
                work.reopen_case,
                "arrow-path",
                when=lambda it: it.resolved_on,
            ),
            "rate": Act("Rate", work_forms.RatingForm, steps.rate_case, "star"),
            "edit": change(work_forms.ChangedCase, work.change_case),
        },
        work.remove_case,
    ),
    "rating": Kind(
        "rating",
        work_reads.rating_by_id,
        "rating_id",
        {
            "recover": Act(
                "Make good",
                fields_forms.Dated,
                work.recover_rating,
                "lifebuoy",
                when=lambda it: it.score <= UNHAPPY and not it.recovered_on,
            ),
            "edit": change(work_forms.RatingForm, work.change_rating),
        },
        work.remove_rating,
    ),
    "survey": Kind(
        "survey",
        work_reads.survey_by_id,
        "survey_id",
        {
            "answer": Act(
                "Record answers",
                work_forms.SurveyForm,
                steps.answer_survey,
                "chat-bubble-bottom-center-text",
                when=lambda it: not it.answered_on,
            )
        },
        work.remove_survey,
    ),
    "review": Kind(
        "review",
        work_reads.review_by_id,
        "review_id",
        {
            "move": Act(
                "Another day or time",
                work_forms.PlannedReview,
                reviews.move_review,
                "calendar",
                when=lambda it: not it.held_on,
            ),
        },
        reviews.call_off,
    ),
    "busy": Kind(
        "busy time", work_reads.busy_time_by_id, "busy_time_id", {}, work.remove_busy_time
    ),
}
