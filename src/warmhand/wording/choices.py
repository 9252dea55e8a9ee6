"""What an ask can be: its kind, the moment it is made in, its channel, how formal it is.

The values are those that records hold, so that a wording and the outcome of its ask can be joined.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The three kinds of ask (P19)."""

    CLIENT = "ask"
    COWORKER = "ask_coworker"
    MORE = "ask_more"


class Moment(StrEnum):
    """When an ask is made: after a case was solved (P11), in or after a review (P14), or else."""

    CASE = "case"
    REVIEW = "review"
    OTHER = "other"


class Channel(StrEnum):
    """How an ask reaches the client."""

    SPOKEN = "spoken"
    EMAIL = "email"
    CHAT = "chat"


class Formality(StrEnum):
    """How formal the words are."""

    RELAXED = "relaxed"
    NEUTRAL = "neutral"
    FORMAL = "formal"
