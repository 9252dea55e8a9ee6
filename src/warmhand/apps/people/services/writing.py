"""Sending a client the link to a page: by a member's act, within what the client agreed to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.messaging import clock
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.models import Message, PublicLink
from warmhand.apps.messaging.queries import link_by_id, messages_about
from warmhand.apps.people.queries import address_to_write_to
from warmhand.problems import Conflict, Problem

MOST_MAILS = 3
"""The first and two reminders; who doesn't answer then is asked in person (our choice)."""
REST = dt.timedelta(days=3)
"""Between a mail and its reminder (our choice)."""


@dataclass(frozen=True, slots=True)
class MailTo:
    """A client's address, and what stands in the way of a mail to it."""

    address: str
    hindrance: Problem | None


def may_mail(address_of: Callable[[], str], *, earlier: Sequence[Message] = ()) -> MailTo:
    """Where a mail may go from here (P24: to nobody who took their consent back).

    `address_of` finds the address, or says why none may be written to (`address_to_write_to`);
    `earlier`: the mails about the same thing.
    """
    address = ""
    try:
        address = address_of()
        _check_reminder(earlier)
        messaging.check_sendable(address)
    except Problem as problem:
        return MailTo(address, problem)
    return MailTo(address, None)


def send_link(
    *,
    by: Actor,
    link_id: int,
    parts: messaging.Parts,
    number: int,
    page_pattern: str,
    stop_pattern: str,
    address_of: Callable[[], str] | None = None,
    provider_id: int | None = None,
) -> Message:
    """Send a client the link by mail; `number` says which mail about it this is, from 1.

    `address_of` and `provider_id` where its reader need not be the client: see `may_mail` and
    `messaging.services.write`. Refused like `address_to_write_to`, and: `link_not_waiting`,
    `mail_too_soon`, `mailed_enough`, and what `messaging.services.write` refuses.
    """
    link = link_by_id(link_id, lock=True)
    if address_of is not None:
        address = address_of()
    else:
        address = address_to_write_to(link.client_id, asks=asks_something(link))
    _check_waiting(link)
    _check_reminder(messages_about([link.pk]).get(link.pk, []))
    return messaging.write(
        by=by,
        client_id=link.client_id,
        provider_id=provider_id,
        address=address,
        template=link.purpose,
        cause=f"link {link.pk} mail {number}",
        parts=parts,
        link=link,
        page_pattern=page_pattern,
        stop_pattern=stop_pattern,
    )


def asks_something(link: PublicLink) -> bool:
    """Whether the page wants something of the client that a wish not to be asked forbids."""
    return link.purpose != PublicLink.Purpose.CONFIRMATION


def _check_waiting(link: PublicLink) -> None:
    """Only a link whose page is open and unanswered is worth sending."""
    state = link.state(clock.now())
    if state != "waiting":
        raise Conflict(
            "link_not_waiting", f"This link is {state}.", lift="Make a new one where it is right."
        )


def _check_reminder(mails: Sequence[Message]) -> None:
    """Not too many mails about one thing, and not too close together."""
    out = [each for each in mails if each.state in (Message.State.SENT, Message.State.WAITING)]
    if len(out) >= MOST_MAILS:
        raise Problem(
            "mailed_enough",
            f"{len(out)} mails about this went out already.",
            lift="Ask in person when you speak next.",
        )
    if out and clock.now() < out[-1].created_at + REST:
        until = (out[-1].created_at + REST).date()
        raise Problem(
            "mail_too_soon",
            "The last mail about this is only just out.",
            lift=f"Remind them from {until:%d %B %Y} on, or ask in person.",
            until=max(until, days.today()),
        )
