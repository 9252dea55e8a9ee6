"""Reads of follow-ups: what is due, what was said, what came of it, what may be told."""

from warmhand.apps.followups.outcome import (
    Outcome,
    Standing,
    State,
    confidence_line,
)

from .about import About, SideNow, about_referral
from .due import DUE_ORDERS, STATES, DueFollowUp, due, due_count, next_for
from .outcomes import (
    newest_to,
    outcomes_of_providers,
    standings_of,
)
from .rows import (
    BUSINESS,
    PURPOSE,
    SIDES,
    answered,
    follow_up_by_id,
    follow_ups_of,
    given_with_sides,
)
from .telling import Told, asks_to_tell, is_taken_back, provider_knows_client, told_to

__all__ = [
    "BUSINESS",
    "DUE_ORDERS",
    "PURPOSE",
    "SIDES",
    "STATES",
    "About",
    "DueFollowUp",
    "Outcome",
    "SideNow",
    "Standing",
    "State",
    "Told",
    "about_referral",
    "answered",
    "asks_to_tell",
    "confidence_line",
    "due",
    "due_count",
    "follow_up_by_id",
    "follow_ups_of",
    "given_with_sides",
    "is_taken_back",
    "newest_to",
    "next_for",
    "outcomes_of_providers",
    "provider_knows_client",
    "standings_of",
    "told_to",
]
