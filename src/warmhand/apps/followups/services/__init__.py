"""Writes about follow-ups: asking a side, and what it says."""

from .answers import Answer, answer_by_link, change_answer, note_answer, remove_answer
from .asking import (
    address_of_reader,
    ask_side,
    check_mail,
    send_follow_up,
)
from .forgetting import forget_words, last_words

__all__ = [
    "Answer",
    "address_of_reader",
    "answer_by_link",
    "ask_side",
    "change_answer",
    "check_mail",
    "forget_words",
    "last_words",
    "note_answer",
    "remove_answer",
    "send_follow_up",
]
