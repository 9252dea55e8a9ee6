"""Writes about introductions: each locks the introduction first, whoever comes second waits."""

from .answers import accept, decline
from .consent import ask_client, say_no, say_yes, take_back, take_card
from .experts import provider_of_expertise
from .forgetting import Elsewhere, forget_unused
from .given import record_referral
from .mails import check_mail, note_mail
from .sequence import hand_over, move_on, pass_over
from .starting import MOST, add_provider, start, stop
from .telling import tell_withdrawal

__all__ = [
    "MOST",
    "Elsewhere",
    "accept",
    "add_provider",
    "ask_client",
    "check_mail",
    "decline",
    "forget_unused",
    "hand_over",
    "move_on",
    "note_mail",
    "pass_over",
    "provider_of_expertise",
    "record_referral",
    "say_no",
    "say_yes",
    "start",
    "stop",
    "take_back",
    "take_card",
    "tell_withdrawal",
]
