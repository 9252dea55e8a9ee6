"""Writes of alliances: agreed, changed, exchanged, sent on, brought in."""

from .alliances import (
    change_alliance,
    form_alliance,
    keep_document,
    keep_modes,
    remove_alliance,
    say_our_trade,
    speak_with_ally,
)
from .enquiries import (
    answer_enquiry,
    close_enquiry,
    note_enquiry,
    remove_enquiry,
    route_enquiry,
)
from .exchanges import record_exchange, remove_exchange
from .forgetting import forget_enquiries, last_enquired
from .networks import import_network, read_network, remove_network

__all__ = [
    "answer_enquiry",
    "change_alliance",
    "close_enquiry",
    "forget_enquiries",
    "form_alliance",
    "import_network",
    "keep_document",
    "keep_modes",
    "last_enquired",
    "note_enquiry",
    "read_network",
    "record_exchange",
    "remove_alliance",
    "remove_enquiry",
    "remove_exchange",
    "remove_network",
    "route_enquiry",
    "say_our_trade",
    "speak_with_ally",
]
