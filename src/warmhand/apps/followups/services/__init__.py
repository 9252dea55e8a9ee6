"""Writes about follow-ups: asking a side, and what it says."""

from .answers import Answer, answer_by_link, change_answer, note_answer, remove_answer
from .asking import (
    PROVIDER_MAIL,
    address_of_provider,
    ask_side,
    check_still,
    language_of_side,
    send_follow_up,
)

__all__ = [
    "PROVIDER_MAIL",
    "Answer",
    "address_of_provider",
    "answer_by_link",
    "ask_side",
    "change_answer",
    "check_still",
    "language_of_side",
    "note_answer",
    "remove_answer",
    "send_follow_up",
]
