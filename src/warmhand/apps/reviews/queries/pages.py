"""The page of an invitation as a member sees it: its link and its mails."""

from __future__ import annotations

from typing import Any

from warmhand.apps.messaging import clock
from warmhand.apps.messaging.models import Message
from warmhand.apps.messaging.queries import messages, standing_link
from warmhand.apps.messaging.services import address_of
from warmhand.apps.reviews.models import ReviewInvitation
from warmhand.problems import Problem

PURPOSE = "review"


def address_of_page(invitation: ReviewInvitation, pattern: str) -> str:
    """The address of the client's page; '' where no link stands or it can't be shown."""
    link = standing_link(PURPOSE, invitation.pk)
    if link is None or not link.is_open(clock.now()):
        return ""
    try:
        return address_of(link, pattern)
    except Problem:
        return ""


def cause_of(invitation: ReviewInvitation) -> str:
    """What a mail is about: the invitation as it stands, so that each standing goes out once."""
    return f"invitation {invitation.pk} {invitation.state} {invitation.sequence}"


def mails_of(invitation: ReviewInvitation) -> list[Message]:
    """Mails about an invitation, newest first."""
    rows: Any = messages(client_id=invitation.client_id).filter(
        template=PURPOSE, cause__startswith=f"invitation {invitation.pk} "
    )
    return list(rows)


def sent_already(invitation: ReviewInvitation) -> bool:
    """Whether the client was written to about what stands now."""
    return any(mail.cause == cause_of(invitation) for mail in mails_of(invitation))
