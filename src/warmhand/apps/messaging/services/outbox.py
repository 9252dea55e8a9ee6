"""Mails to clients: written by a member's act, sent by the background, never twice for a cause."""

from __future__ import annotations

import html
import re
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction

from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import clock, queue
from warmhand.apps.messaging.models import Message, PublicLink
from warmhand.apps.messaging.queries import can_send, is_suppressed
from warmhand.problems import Conflict, Invalid, Problem

from .links import address_of
from .suppressions import stop_token

LINK = "[[link]]"
"""Stands in a text where the address of the page will be."""
STOP = "[[stop]]"
"""Likewise for the address by which all mails are stopped."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail: its name, its type such as text/calendar, its text."""

    name: str
    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What a mail says. `text` holds `[[link]]` where the page's address is to stand."""

    subject: str
    text: str
    attachments: Sequence[Attachment] = ()


def write(
    *,
    by: Actor,
    client_id: int,
    address: str,
    template: str,
    cause: str,
    parts: Parts,
    link: PublicLink | None = None,
    provider_id: int | None = None,
    page_pattern: str = "",
    stop_pattern: str = "",
) -> Message:
    """Put a mail of a member into the outbox; the background sends it after the commit.

    Whether the client may be written to at all is to be asked before
    (`people.queries.address_to_write_to`). `cause` names what it is about: one mail for each
    template, client and cause (Conflict `mail_sent_already`). With `provider_id` it goes to that
    provider and is about the client. The patterns are addresses with `{token}` in them.
    Problems: `mail_not_set_up`, `mail_without_member`, `mail_stopped`.
    """
    member_id = _checked(by, address, parts, link)
    text = "\n".join(parts.text.splitlines())
    try:
        with transaction.atomic():
            message = Message.objects.create(
                client_id=client_id,
                provider_id=provider_id,
                member_id=member_id,
                link=link,
                address=address,
                template=template,
                cause=cause,
                subject=" ".join(parts.subject.split())[:200],
                text=text,
                html=_as_html(text),
                attachments=[asdict(each) for each in parts.attachments],
                page_pattern=page_pattern,
                stop_pattern=stop_pattern,
            )
    except IntegrityError as twice:
        raise Conflict(
            "mail_sent_already", "This mail was sent already.", lift="Reload the page to see it."
        ) from twice
    journal.record(by=by, verb="wrote", of=message, sentence=f"Sent the mail '{message.subject}'.")
    queue.enqueue(workspace_id=message.workspace_id, message_id=message.pk)
    return message


def _checked(by: Actor, address: str, parts: Parts, link: PublicLink | None) -> int:
    """The member who sends it, where it can go out at all."""
    check_sendable(address)
    if by.member_id is None:
        raise Problem(
            "mail_without_member",
            "A mail to a client is sent by a colleague, never by a program of its own.",
            lift="Sign in and press Send, or use a key that a colleague has made.",
        )
    if link is not None and LINK not in parts.text:
        raise Invalid.at("text", "The text has to hold the link to the page.")
    return by.member_id


def check_sendable(address: str) -> None:
    """Whether a mail can go out from here to this address: `mail_not_set_up`, `mail_stopped`."""
    if not can_send():
        raise Problem(
            "mail_not_set_up",
            "No mail server is set up here, so Warmhand can't send it.",
            lift="Copy the text and send it from your own mail.",
        )
    if is_suppressed(address):
        raise Problem(
            "mail_stopped",
            "They asked us not to send mails to this address.",
            lift="Speak with them instead, or hand them the link yourself.",
        )


def _as_html(text: str) -> str:
    """The text in paragraphs, with its addresses as links."""
    paragraphs = [html.escape(part) for part in re.split(r"\n\s*\n", text.strip())]
    body = "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs)
    for mark in (LINK, STOP):
        body = body.replace(mark, f'<a href="{mark}">{mark}</a>')
    return f"<!doctype html><html><body>{body}</body></html>"


def deliver(message_id: int, *, check: Callable[[Message], object]) -> Message | None:
    """Send a waiting message now; None where none waits. Raises what the mail server says.

    `check` raises the Problem for which its reader may not be written to any more; the message is
    refused with its sentence.
    The row is locked meanwhile, so of two workers one sends.
    """
    message: Message | None = (
        Message.objects.select_for_update(of=("self",))
        .select_related("member", "link", "workspace")
        .filter(pk=message_id, state=Message.State.WAITING)
        .first()
    )
    if message is None:
        return None
    why = _refusal(message, check)
    if why:
        return _settle(message, Message.State.REFUSED, why)
    _mail(message).send()
    message.sent_at = clock.now()
    return _settle(message, Message.State.SENT, "")


def _refusal(message: Message, check: Callable[[Message], object]) -> str:
    """Why a waiting message doesn't go out after all; '' where it does."""
    if is_suppressed(message.address):
        return "They asked for no more mails meanwhile."
    if message.link is not None and not message.link.is_open(clock.now()):
        return "Its link was withdrawn meanwhile."
    try:
        check(message)
    except Problem as problem:
        return problem.sentence
    return ""


def give_up(message_id: int, error: Exception) -> Message | None:
    """A message can't be sent: say why, in words without the address."""
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.state != Message.State.WAITING:
        return None
    return _settle(message, Message.State.FAILED, _in_words(error))


def is_final(error: Exception) -> bool:
    """Whether trying again is of no use: the server refuses the address or the mail for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _in_words(error: Exception) -> str:
    if isinstance(error, Problem):
        return error.sentence
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "The mail server refuses the address: check it with the client."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server refuses it with code {error.smtp_code}."
    if isinstance(error, smtplib.SMTPException | OSError):
        return "The mail server can't be reached."
    return "Something went wrong on our side: tell whoever runs this installation."


def _settle(message: Message, state: str, why: str) -> Message:
    message.state, message.why = state, why
    message.tries += 1
    message.save(update_fields=["state", "why", "tries", "sent_at"])
    return message


def _mail(message: Message) -> EmailMultiAlternatives:
    headers = {"Message-ID": f"<warmhand.{message.workspace_id}.{message.pk}@{_host()}>"}
    page = address_of(message.link, message.page_pattern) if message.link else ""
    stop = message.stop_pattern.replace("{token}", stop_token(message))
    if stop:
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text.replace(LINK, page).replace(STOP, stop),
        from_email=_sender(message),
        to=[message.address],
        reply_to=[message.member.email] if message.member.email else None,
        headers=headers,
    )
    if message.html:
        mail.attach_alternative(message.html.replace(LINK, page).replace(STOP, stop), "text/html")
    for each in message.attachments:
        mail.attach(each["name"], each["text"], each["type"])
    return mail


def _sender(message: Message) -> str:
    """The member's and the workspace's name, before the installation's own address."""
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    name = f"{message.member.name} ({message.workspace.name})"
    return formataddr((" ".join(name.split()), address))


def _host() -> str:
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return address.rpartition("@")[2] or "warmhand.invalid"
