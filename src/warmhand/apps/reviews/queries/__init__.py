"""Reads of reviews: who is due, what is arranged, the agenda, the calendar file."""

from .agendas import PARTS, Agenda, agenda_of
from .calendars import file_of_invitation, file_of_review
from .due import DUE_ORDERS, STATES, DueClient, DueList, due, due_of, first_good_day_for
from .invitations import (
    invitation_by_id,
    invitation_of_review,
    invitations,
    open_invitation_of,
)
from .meetings import Ahead, ahead_of, arranged, planned, planned_review_of
from .pages import address_of_page, mails_of, sent_already
from .places import spoken_by, zone_by_name
from .proposals import Proposal, proposal_for

__all__ = [
    "DUE_ORDERS",
    "PARTS",
    "STATES",
    "Agenda",
    "Ahead",
    "DueClient",
    "DueList",
    "Proposal",
    "address_of_page",
    "agenda_of",
    "ahead_of",
    "arranged",
    "due",
    "due_of",
    "file_of_invitation",
    "file_of_review",
    "first_good_day_for",
    "invitation_by_id",
    "invitation_of_review",
    "invitations",
    "mails_of",
    "open_invitation_of",
    "planned",
    "planned_review_of",
    "proposal_for",
    "sent_already",
    "spoken_by",
    "zone_by_name",
]
