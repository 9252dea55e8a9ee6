"""Making a link, ending it, and taking what a client answered by it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from warmhand.apps.accounts.queries import hashed
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import clock
from warmhand.apps.messaging.models import LinkOutcome, PublicLink
from warmhand.apps.messaging.queries import link_by_id, standing_link
from warmhand.apps.messaging.tokens import new_seed, token_for, tokens_of
from warmhand.problems import Conflict

DAYS = 30


@dataclass(frozen=True, slots=True)
class Proof:
    """From where an answer came, to which words, and what it said: kept with the time."""

    address: str
    agent: str
    text_version: str
    said: dict[str, Any] = field(default_factory=dict)


def link_to(
    *,
    by: Actor,
    purpose: str,
    client_id: int,
    object_id: int,
    sentence: str,
    days: int = DAYS,
    again: bool = False,
) -> PublicLink:
    """The link to a page about a record: the one that waits, else a new one for `days`.

    One link stands for each record; a new one ends the old. What is answered needs no second link
    (Conflict `link_answered`), unless it is to be asked `again`.
    """
    old = standing_link(purpose, object_id, lock=True)
    if old is not None and old.answered_at is not None and not again:
        raise Conflict(
            "link_answered",
            "They have answered already.",
            lift="Look at the answer; start anew if you want to know it again.",
        )
    if old is not None:
        known = token_for(old.seed, old.token_hash)
        if known and old.answered_at is None and old.is_open(clock.now()):
            return old
        _end(old, "Replaced by a new link.")
    return _made(by, purpose, client_id, object_id, sentence, days)


def _made(
    by: Actor, purpose: str, client_id: int, object_id: int, sentence: str, days: int
) -> PublicLink:
    seed = new_seed()
    made: PublicLink = PublicLink.objects.create(
        purpose=PublicLink.Purpose(purpose).value,
        client_id=client_id,
        object_id=object_id,
        seed=seed,
        token_hash=hashed(next(tokens_of(seed))),
        made_by_id=by.member_id,
        expires_at=clock.now() + dt.timedelta(days=days),
    )
    # Not `journal.create`: the journal needs no seed, and withdrawing is the way to undo.
    journal.record(by=by, verb="linked", of=made, sentence=sentence)
    return made


def address_of(link: PublicLink, pattern: str) -> str:
    """The address of a link's page: `pattern` holds `{token}`.

    Conflict `link_unreadable` where the installation's key was changed and the old one forgotten.
    """
    token = token_for(link.seed, link.token_hash)
    if token is None:
        raise Conflict(
            "link_unreadable",
            "This link was made with another secret key and can't be shown again.",
            lift="Withdraw it and make a new one.",
        )
    return pattern.replace("{token}", token)


def withdraw_link(*, by: Actor, link_id: int, why: str = "") -> PublicLink:
    """Make a link's page worthless; nothing happens where it is already."""
    link = link_by_id(link_id, lock=True)
    return end_link(by=by, link=link, why=why or "Withdrawn.", sentence="Withdrew a link.")


def keep_open(*, link: PublicLink, until: dt.datetime) -> None:
    """Let a link's page open until that moment: a time picked may be changed until its meeting."""
    link.expires_at = until
    link.save(update_fields=["expires_at"])


def end_link(*, by: Actor, link: PublicLink, why: str, sentence: str) -> PublicLink:
    """End a link for a reason; its page opens no more. Can be undone in the journal."""
    if link.ended_at is not None:
        return link
    return journal.change(link, by=by, sentence=sentence, ended_at=clock.now(), ended_why=why[:200])


def _end(link: PublicLink, why: str) -> None:
    link.ended_at, link.ended_why = clock.now(), why
    link.save(update_fields=["ended_at", "ended_why"])


def take_outcome(*, link_id: int, edition: int, proof: Proof) -> PublicLink:
    """Note that a link was answered, or its answer corrected within 24 hours; the link.

    `edition` is the one the client saw: of two answers sent at once the second gets the Conflict
    `answered_meanwhile` and looks at the first before correcting it. Call it before you write
    what the answer means, in the same transaction.
    """
    link = _locked(link_id)
    now = clock.now()
    if link.edition != edition or not link.is_open(now):
        raise _meanwhile()
    link.edition = edition + 1
    link.answered_at = link.answered_at or now
    try:
        with transaction.atomic():
            _note(link, now, proof)
    except IntegrityError as twice:
        raise _meanwhile() from twice
    link.save(update_fields=["edition", "answered_at"])
    return link


def _locked(link_id: int) -> PublicLink:
    return link_by_id(link_id, lock=True)


def _note(link: PublicLink, now: dt.datetime, proof: Proof) -> None:
    LinkOutcome.objects.create(
        link=link,
        edition=link.edition,
        at=now,
        address=proof.address[:45],
        agent=proof.agent[:400],
        text_version=proof.text_version[:60],
        said=proof.said,
    )


def remember_made(link: PublicLink, record_id: int | None) -> None:
    """Keep which record the answer made beside, for its correction."""
    link.made_id = record_id
    link.save(update_fields=["made_id"])


def _meanwhile() -> Conflict:
    return Conflict(
        "answered_meanwhile",
        "An answer has come in meanwhile.",
        lift="Look at it below; correct it if it isn't right.",
    )
