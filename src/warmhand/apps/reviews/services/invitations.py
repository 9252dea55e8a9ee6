"""Inviting to a review: times proposed, changed, withdrawn (P14, P15)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Final

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import member_by_id
from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.models import PublicLink
from warmhand.apps.messaging.queries import standing_link
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.reviews.models import MOST_TIMES, ReviewInvitation
from warmhand.apps.reviews.queries.invitations import invitation_by_id, open_invitation_of
from warmhand.apps.reviews.queries.meetings import planned_review_of
from warmhand.apps.reviews.queries.pages import PURPOSE
from warmhand.apps.reviews.queries.places import language_of, zone_of
from warmhand.apps.work.services.reviews import MINUTES
from warmhand.problems import Conflict, Invalid, Problem
from warmhand.rulebook import Move

_NEVER_INVITED: Final = ("do_not_ask", "no_consent")


@journal.one_act()
def invite(
    *,
    by: Actor,
    client_id: int,
    starts: Iterable[dt.datetime],
    kind: str = "call",
    minutes: int = MINUTES,
    place: str = "",
    subject: str = "",
    words: str = "",
    member_id: int | None = None,
) -> ReviewInvitation:
    """Propose times for a review to a client; who of us comes is the actor, if nobody is named.

    An unhappy client is won back first (P7: `recovery_first`), and whoever wishes not to be asked
    isn't invited (`not_to_be_invited`). One invitation at a time (`invited_already`): the client is
    locked first.
    """
    client = client_by_id(client_id, lock=True)
    _may_invite(client_id, client.title)
    _nothing_arranged(client_id)
    who = member_id or by.member_id
    if who is None:
        raise Invalid.at("member_id", "Say who of us comes.")
    return journal.create(
        ReviewInvitation,
        by=by,
        sentence=f"Invited {client.title} to a review.",
        client=client,
        member=member_by_id(who),
        kind=kind,
        minutes=minutes,
        place=place,
        times=times_ahead(starts),
        subject=subject,
        words=words,
        language=language_of(client),
        timezone=zone_of(client).key,
        uid=f"{uuid.uuid4().hex}@warmhand",
    )


def _may_invite(client_id: int, title: str) -> None:
    verdict = verdict_of(client_id)
    decision = verdict.decision
    if decision.move is Move.RECOVER:
        raise Problem(
            "recovery_first",
            f"{title} is unhappy with us; that comes before a review. {decision.because}",
            lift="Make it good with them first, then invite them.",
        )
    barred = next((r for r in decision.reasons if r.code in _NEVER_INVITED), None)
    if barred is not None:
        raise Problem("not_to_be_invited", barred.sentence, lift=barred.mend, until=barred.until)


def _nothing_arranged(client_id: int) -> None:
    waiting = open_invitation_of(client_id)
    if waiting is not None:
        raise Conflict(
            "invited_already",
            f"They were invited on {days.day_of(waiting.created_at)} and haven't picked a time.",
            lift="Change the times of that invitation, or withdraw it.",
            details={"invitation": waiting.pk},
        )
    planned = planned_review_of(client_id)
    if planned is not None:
        raise Conflict(
            "review_planned_already",
            f"A review with them is planned for {days.said(planned.planned_on)}.",
            lift="Move that meeting, or call it off.",
            details={"review": planned.pk},
        )


def times_ahead(starts: Iterable[dt.datetime]) -> list[str]:
    """Times that lie ahead, each once, earliest first, as they are kept; Invalid at `times`."""
    found = sorted({each.astimezone(dt.UTC).replace(second=0, microsecond=0) for each in starts})
    if not 0 < len(found) <= MOST_TIMES:
        raise Invalid.at("times", f"Propose from 1 to {MOST_TIMES} times.")
    for each in found:
        days.ahead("times", days.day_of(each))
    return [each.isoformat() for each in found]


@journal.one_act()
def change_times(
    *, by: Actor, invitation_id: int, starts: Iterable[dt.datetime], why: str = ""
) -> ReviewInvitation:
    """Propose other times, as long as none is picked; their wish is answered by it."""
    invitation = _waiting(invitation_id)
    changed = journal.change(
        invitation,
        by=by,
        sentence=f"Proposed other times to {invitation.client.title}.",
        why=why,
        times=times_ahead(starts),
        state=ReviewInvitation.State.OPEN,
        sequence=invitation.sequence + 1,
    )
    keep_page_open(changed, standing_link(PURPOSE, invitation_id, lock=True))
    return changed


@journal.one_act()
def withdraw(*, by: Actor, invitation_id: int, why: str = "") -> ReviewInvitation:
    """Take an invitation back before a time was picked; its page opens no more."""
    invitation = _waiting(invitation_id)
    changed = journal.change(
        invitation,
        by=by,
        sentence=f"Withdrew the invitation of {invitation.client.title} to a review.",
        why=why,
        state=ReviewInvitation.State.WITHDRAWN,
        sequence=invitation.sequence + 1,
    )
    end_page(by, invitation_id, "The invitation was withdrawn.")
    return changed


def settle_waiting(*, by: Actor, client_id: int, why: str) -> None:
    """End the invitation that waits, since what it is about was settled another way."""
    waiting = open_invitation_of(client_id)
    if waiting is not None:
        withdraw(by=by, invitation_id=waiting.pk, why=why)


def end_page(by: Actor, invitation_id: int, why: str) -> None:
    """End the link to an invitation's page, if there is one."""
    link = standing_link(PURPOSE, invitation_id, lock=True)
    if link is not None:
        messaging.withdraw_link(by=by, link_id=link.pk, why=why)


def keep_page_open(invitation: ReviewInvitation, link: PublicLink | None) -> None:
    """Let the page open at least until the end of the meeting, or of the last time proposed."""
    agreed = invitation.review.ends_at if invitation.review else None
    until = agreed or invitation.slots[-1].ends_at
    if link is not None and link.expires_at < until:
        messaging.keep_open(link=link, until=until)


def _waiting(invitation_id: int) -> ReviewInvitation:
    invitation = invitation_by_id(invitation_id, lock=True)
    if not invitation.is_waiting:
        raise Conflict(
            "invitation_over",
            "This invitation doesn't wait for an answer any more.",
            lift="Reload the page to see how it stands.",
        )
    return invitation
