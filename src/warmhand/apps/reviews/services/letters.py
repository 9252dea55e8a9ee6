"""The link to an invitation's page, and the mails about a review that a member sends."""

from __future__ import annotations

from typing import Final

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import clock
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.models import Message, PublicLink
from warmhand.apps.messaging.queries import standing_link
from warmhand.apps.people.queries import address_to_write_to
from warmhand.apps.reviews.models import ReviewInvitation
from warmhand.apps.reviews.queries.calendars import file_of_invitation
from warmhand.apps.reviews.queries.invitations import invitation_by_id
from warmhand.apps.reviews.queries.pages import PURPOSE, cause_of
from warmhand.apps.reviews.queries.places import spoken_by, zone_by_name
from warmhand.problems import Conflict
from warmhand.wording.reviews import (
    InvitationWords,
    Letter,
    agreed_mail,
    called_off_mail,
    proposing_mail,
    said_time,
    said_zone,
)

from .invitations import keep_page_open

_STATE: Final = ReviewInvitation.State


def page_link(*, by: Actor, invitation: ReviewInvitation) -> PublicLink:
    """The link to the page on which the client picks a time; it opens until the last one."""
    standing = standing_link(PURPOSE, invitation.pk)
    if standing is not None and standing.is_open(clock.now()):
        keep_page_open(invitation, standing)
        return standing
    if not (invitation.is_waiting or invitation.state == _STATE.PICKED):
        raise Conflict(
            "invitation_over",
            "This invitation doesn't wait for an answer any more.",
            lift="Reload the page to see how it stands.",
        )
    last = days.day_of(invitation.slots[-1].ends_at)
    sentence = f"Made a link for {invitation.client.title} to pick a time for the review."
    return messaging.link_to(
        by=by,
        purpose=PURPOSE,
        client_id=invitation.client_id,
        object_id=invitation.pk,
        sentence=sentence,
        days=max(1, (last - days.today()).days + 1),
    )


def link_address(*, by: Actor, invitation_id: int, pattern: str) -> str:
    """The address of that page, to be copied into a mail of one's own."""
    invitation = invitation_by_id(invitation_id, lock=True)
    return messaging.address_of(page_link(by=by, invitation=invitation), pattern)


def check_mail(message: Message) -> None:
    """Whether a mail that waits may go out still: an invitation asks, so a wish not to be asked
    that was noted meanwhile stops it; what was agreed they hear all the same.
    """
    asks = message.link is not None and invitation_by_id(message.link.object_id).is_waiting
    address_to_write_to(message.client_id, asks=asks)


@journal.one_act()
def send_letter(*, by: Actor, invitation_id: int, page_pattern: str, stop_pattern: str) -> Message:
    """Send the client what stands: the invitation, the time agreed, or that it is called off.

    The calendar file goes with it. An invitation asks, so their wish not to be asked refuses
    it; what was agreed or called off they hear all the same. Each standing is sent once
    (`mail_sent_already`); for what else refuses a mail see `people.queries.address_to_write_to`
    and `messaging.services.write`.
    """
    invitation = invitation_by_id(invitation_id, lock=True)
    address = address_to_write_to(invitation.client_id, asks=invitation.is_waiting)
    off = invitation.state in (_STATE.CALLED_OFF, _STATE.WITHDRAWN)
    link = None if off else page_link(by=by, invitation=invitation)
    url = messaging.address_of(link, page_pattern) if link else ""
    words = letter_of(invitation, link=messaging.LINK if link else "", stop=messaging.STOP)
    method = "CANCEL" if off else "REQUEST"
    calendar = messaging.Attachment(
        "review.ics",
        f"text/calendar; method={method}",
        file_of_invitation(invitation, address=address, url=url),
    )
    return messaging.write(
        by=by,
        client_id=invitation.client_id,
        address=address,
        template=PURPOSE,
        cause=cause_of(invitation),
        parts=messaging.Parts(words.subject, words.text, (calendar,)),
        link=link,
        page_pattern=page_pattern,
        stop_pattern=stop_pattern,
    )


def letter_of(invitation: ReviewInvitation, *, link: str, stop: str = "") -> InvitationWords:
    """The mail as the invitation stands, in the client's language."""
    spoken, language = spoken_by(invitation.language)
    zone = zone_by_name(invitation.timezone)
    review = invitation.review
    agreed = review.starts_at if review else None
    starts = [agreed] if agreed else [slot.starts_at for slot in invitation.slots]
    letter = Letter(
        words=InvitationWords(invitation.subject, invitation.words),
        times=[said_time(each, zone, language) for each in starts],
        zone=said_zone(starts[0], zone, language),
        place=invitation.place,
        link=link,
        stop=stop,
    )
    if invitation.state in (_STATE.CALLED_OFF, _STATE.WITHDRAWN):
        return called_off_mail(spoken, letter)
    if invitation.state == _STATE.PICKED:
        return agreed_mail(spoken, letter)
    return proposing_mail(spoken, letter)
