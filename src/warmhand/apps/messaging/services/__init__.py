"""Writes about links, mails and addresses that want none."""

from .forgetting import forget_reader
from .links import (
    Proof,
    address_of,
    end_link,
    keep_open,
    link_to,
    remember_made,
    take_outcome,
    withdraw_link,
)
from .outbox import LINK, STOP, Attachment, Parts, check_sendable, deliver, give_up, is_final, write
from .suppressions import StopPage, let_write_again, stop_page, stopped_by, suppress

__all__ = [
    "LINK",
    "STOP",
    "Attachment",
    "Parts",
    "Proof",
    "StopPage",
    "address_of",
    "check_sendable",
    "deliver",
    "end_link",
    "forget_reader",
    "give_up",
    "is_final",
    "keep_open",
    "let_write_again",
    "link_to",
    "remember_made",
    "stop_page",
    "stopped_by",
    "suppress",
    "take_outcome",
    "withdraw_link",
    "write",
]
