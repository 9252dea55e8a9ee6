"""Sending what members have written to clients: tried again while the server can't be reached."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from warmhand.apps.followups import services as followups
from warmhand.apps.introductions import services as introductions
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging import services
from warmhand.apps.messaging.queue import TASK
from warmhand.apps.people.queries import address_to_write_to
from warmhand.apps.reviews import services as reviews
from warmhand.problems import Problem

if TYPE_CHECKING:
    from warmhand.apps.messaging.models import Message

TRIES = 6
"""After 4, 16, 64, 256 and 1024 seconds: about 23 minutes in all."""
_OF_THE_SERVER = (smtplib.SMTPException, OSError)


@app.task(
    name=TASK,
    pass_context=True,
    retry=RetryStrategy(
        max_attempts=TRIES, exponential_wait=4, retry_exceptions=list(_OF_THE_SERVER)
    ),
)
def send_message(context: JobContext, workspace_id: int, message_id: int) -> None:
    """Send one message; a server that can't be reached is tried again, a refusal is noted."""
    last = context.job.attempts + 1 >= TRIES
    send_once(workspace_id=workspace_id, message_id=message_id, last=last)


def _check_client(message: Message) -> object:
    if message.provider_id is not None:  # a mail to a provider has a check of its own below
        raise RuntimeError("Nobody says whether this provider may be written to.")
    return address_to_write_to(message.client_id)


def _check_asked(message: Message) -> object:
    """A survey asks whether they would introduce us: not whoever wishes not to be asked by now."""
    return address_to_write_to(message.client_id, asks=True)


CHECKS: Final[Mapping[str, Callable[[Message], object]]] = {
    "brief": introductions.check_mail,
    "follow_up": followups.check_mail,
    "review": reviews.check_mail,
    "survey": _check_asked,
}
"""What has to hold still when a mail goes out, by the purpose of its link; else its client agrees
to it still."""


def _check(message: Message) -> object:
    purpose = message.link.purpose if message.link is not None else ""
    return CHECKS.get(purpose, _check_client)(message)


def send_once(*, workspace_id: int, message_id: int, last: bool) -> None:
    """Try once; on the `last` try, or where trying again is of no use, say why and end.

    A mistake of ours is said on the message too, and goes on to the log.
    """
    try:
        with workspace_scope(workspace_id):
            message = services.deliver(message_id, check=_check)
            if message is not None:
                introductions.note_mail(message)
    except Exception as error:
        of_the_server = isinstance(error, _OF_THE_SERVER)
        if of_the_server and not (last or services.is_final(error)):
            raise
        with workspace_scope(workspace_id):
            services.give_up(message_id, error)
        if not (of_the_server or isinstance(error, Problem)):
            raise
