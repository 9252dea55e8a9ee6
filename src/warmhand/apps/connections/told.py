"""What follows a case that a helpdesk has moved; runs in the same transaction."""

from __future__ import annotations

from warmhand.apps.moves.moments import MomentAnswer

from .models import Delivery, Ticket


def after_moment(ticket: Ticket, answer: MomentAnswer, delivery: Delivery) -> None:
    """The verdict is there: whatever tells it to somebody is put into the queue here."""
