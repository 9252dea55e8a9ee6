"""Writes about invitations, the times picked, agendas, and the record of the meeting."""

from .answers import call_off_by_client, may_change, pick_slot, wish_for
from .invitations import change_times, invite, withdraw
from .letters import check_mail, letter_of, link_address, send_letter
from .meeting import MOST_LINES, Promise, call_off, hold_review, move_review, set_agenda

__all__ = [
    "MOST_LINES",
    "Promise",
    "call_off",
    "call_off_by_client",
    "change_times",
    "check_mail",
    "hold_review",
    "invite",
    "letter_of",
    "link_address",
    "may_change",
    "move_review",
    "pick_slot",
    "send_letter",
    "set_agenda",
    "wish_for",
    "withdraw",
]
