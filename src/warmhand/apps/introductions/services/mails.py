"""Mails of an introduction: to providers who hear from us, to a client who wished for one.

A mail holds the link and no fact about anybody: what may be seen is decided when the page opens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from warmhand.apps.directory.models import Provider
from warmhand.apps.directory.queries import address_to_mail, language_of_provider
from warmhand.apps.introductions.models import Candidate, Introduction
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import clock
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.models import Message, PublicLink
from warmhand.apps.messaging.queries import standing_link
from warmhand.apps.people.queries import address_to_write_to, language_of
from warmhand.apps.people.services import may_mail
from warmhand.problems import Problem
from warmhand.wording.catalogue import catalogue
from warmhand.wording.introductions import brief_mail, connected_mail, taken_back_mail
from warmhand.wording.public import MailTexts

from .common import member_of

KEPT: Final = dt.timedelta(days=3650)
"""So long a link opens after a yes: taking it back has to stay as easy as giving it was."""
BRIEF, CONNECTED, TAKEN_BACK = "intro_brief", "intro_connected", "intro_taken_back"
Asked = Callable[[Introduction, Candidate, Actor], PublicLink]


def _is_mailed(provider: Provider) -> bool:
    """Whether a mail of ours may go to a provider now (we write to nobody unasked)."""
    return may_mail(lambda: address_to_mail(provider)).hindrance is None


def mail_brief(it: Introduction, candidate: Candidate, *, asked: Asked) -> Message | None:
    """Mail the brief's link where that may be; else the member hands it on."""
    if not it.mails_on or not it.origin or it.member_id is None:
        return None
    if not _is_mailed(candidate.provider):
        return None
    by = member_of(it)
    link = asked(it, candidate, by)
    spoken = catalogue(language_of_provider(candidate.provider, _language(it)))
    return _to_provider(it, candidate, BRIEF, brief_mail(spoken, member=by.name), link)


def mail_taken_back(it: Introduction, candidate: Candidate) -> Message | None:
    """Tell a provider who hears from us that the consent was taken back."""
    link = standing_link("brief", candidate.pk)
    if link is None or not it.origin or it.member_id is None or not _is_mailed(candidate.provider):
        return None
    spoken = catalogue(language_of_provider(candidate.provider, _language(it)))
    texts = taken_back_mail(spoken, member=member_of(it).name)
    return _to_provider(it, candidate, TAKEN_BACK, texts, link)


def _to_provider(
    it: Introduction, candidate: Candidate, template: str, texts: MailTexts, link: PublicLink
) -> Message:
    return messaging.write(
        by=member_of(it),
        client_id=it.client_id,
        provider_id=candidate.provider_id,
        address=candidate.provider.email,
        template=template,
        cause=f"candidate {candidate.pk}",
        parts=messaging.Parts(texts.subject, texts.with_stop),
        link=link,
        page_pattern=f"{it.origin}/p/brief/{{token}}/",
        stop_pattern=f"{it.origin}/p/stop/{{token}}/",
    )


def mail_connected(it: Introduction) -> Message | None:
    """Tell a client who wished for it that somebody takes care: never a third person."""
    link = standing_link("introduction", it.pk)
    if not it.wants_mail or it.for_other or link is None or not it.origin or it.member_id is None:
        return None
    mail_to = may_mail(lambda: address_to_write_to(it.client_id))
    if mail_to.hindrance is not None:
        return None
    spoken = catalogue(language_of(it.client, _language(it)))
    by = member_of(it)
    texts = connected_mail(spoken, name=it.client.name, member=by.name)
    return messaging.write(
        by=by,
        client_id=it.client_id,
        address=mail_to.address,
        template=CONNECTED,
        cause=f"introduction {it.pk}",
        parts=messaging.Parts(texts.subject, texts.with_stop),
        link=link,
        page_pattern=f"{it.origin}/p/introduction/{{token}}/",
        stop_pattern=f"{it.origin}/p/stop/{{token}}/",
    )


def _language(it: Introduction) -> str:
    return str(it.workspace.language)


_CALL = "Look them up, or send the client to somebody else."
_NOTHING = "Nothing needs doing: the introduction went on meanwhile."


def check_mail(message: Message) -> None:
    """Just before it goes out: whether this provider may still be written to about this.

    Raises the Problem with the reason. A brief goes out only while the consent stands.
    """
    provider = Provider.objects.filter(pk=message.provider_id or 0).first()
    candidate = _candidate_of(message)
    if provider is None or candidate is None or provider.email != message.address:
        raise Problem("provider_gone", "The provider isn't in the directory any more.", lift=_CALL)
    messaging.check_sendable(address_to_mail(provider))
    if message.template == BRIEF and candidate.state != Candidate.State.ASKED:
        raise Problem("brief_not_needed", "They aren't asked any more.", lift=_NOTHING)


def _candidate_of(message: Message) -> Candidate | None:
    if message.link is None:
        return None
    found: Candidate | None = Candidate.objects.filter(pk=message.link.object_id).first()
    return found


def note_mail(message: Message) -> None:
    """After sending: a provider who got the mail about the withdrawal has been told."""
    if message.template != TAKEN_BACK or message.state != Message.State.SENT:
        return
    candidate = _candidate_of(message)
    if candidate is not None and candidate.must_be_told:
        journal.change(
            candidate,
            by=Actor(message.member_id, message.member.name, "job"),
            sentence="Told by mail that the consent was taken back.",
            told_at=clock.now(),
            told_via="mail",
        )
