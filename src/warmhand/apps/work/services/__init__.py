"""Writes about commitments, cases, ratings, surveys, reviews and busy times."""

from .busy import add_quarter_ends, remove_busy_time, set_busy_time
from .cases import (
    align_case,
    ask_if_solved,
    change_case,
    confirm_case,
    open_case,
    remove_case,
    reopen_case,
    resolve_case,
)
from .commitments import (
    agree_commitment,
    cancel_commitment,
    change_commitment,
    deliver_commitment,
    remove_commitment,
)
from .ratings import change_rating, place_rating, rate, recover_rating, remove_rating, settle_rating
from .reviews import change_review, hold_review, plan_review, remove_review
from .surveys import (
    answer_invitation,
    invite_to_survey,
    record_survey,
    remove_survey,
    send_survey,
)

__all__ = [
    "add_quarter_ends",
    "agree_commitment",
    "align_case",
    "answer_invitation",
    "ask_if_solved",
    "cancel_commitment",
    "change_case",
    "change_commitment",
    "change_rating",
    "change_review",
    "confirm_case",
    "deliver_commitment",
    "hold_review",
    "invite_to_survey",
    "open_case",
    "place_rating",
    "plan_review",
    "rate",
    "record_survey",
    "recover_rating",
    "remove_busy_time",
    "remove_case",
    "remove_commitment",
    "remove_rating",
    "remove_review",
    "remove_survey",
    "reopen_case",
    "resolve_case",
    "send_survey",
    "set_busy_time",
    "settle_rating",
]
