"""What clients wish: consent, as said and when, and not to be asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.models import Client, Consent
from warmhand.apps.people.queries import client_by_id
from warmhand.problems import Invalid


def give_consent(
    *, by: Actor, client_id: int, on: dt.date | None = None, words: str = "", source: str = ""
) -> Consent:
    """The client agreed to be asked: their words, and where they said so."""
    return _record_consent(by, client_id, given=True, on=on, words=words, source=source)


def withdraw_consent(
    *, by: Actor, client_id: int, on: dt.date | None = None, words: str = "", source: str = ""
) -> Consent:
    """The client took their consent back; it stops every ask at once."""
    return _record_consent(by, client_id, given=False, on=on, words=words, source=source)


def _record_consent(
    by: Actor, client_id: int, *, given: bool, on: dt.date | None, words: str, source: str
) -> Consent:
    """Never changed afterwards, so it is checked here and can't be undone, only followed."""
    client = client_by_id(client_id, lock=True)
    if len(source) > 120 or "\x00" in words + source:
        raise Invalid.at("source", "Name the source in at most 120 plain letters.")
    day = days.happened("on", on)
    made = Consent.objects.create(client=client, given=given, on=day, words=words, source=source)
    did = "gave" if given else "withdrew"
    sentence = f"{client.title} {did} consent."
    changes: dict[str, list[Any]] = {"given": [None, given], "on": [None, day.isoformat()]}
    journal.record(by=by, verb=f"{did}_consent", of=made, sentence=sentence, changes=changes)
    return made


def set_do_not_ask(
    *, by: Actor, client_id: int, until: dt.date | None = None, why: str = ""
) -> Client:
    """The client wishes not to be asked, for good or until a day."""
    client = client_by_id(client_id, lock=True)
    if until is not None:
        days.ahead("until", until)
    return journal.change(
        client,
        by=by,
        sentence=f"{client.title} wishes not to be asked{f' until {until}' if until else ''}.",
        why=why,
        do_not_ask=True,
        do_not_ask_until=until,
        do_not_ask_why=why,
    )


def lift_do_not_ask(*, by: Actor, client_id: int, why: str) -> Client:
    """The client themself took that wish back; `why` says how we know."""
    if not why.strip():
        raise Invalid.at("why", "Only they can take the wish back: say how they did.")
    client = client_by_id(client_id, lock=True)
    return journal.change(
        client,
        by=by,
        sentence=f"{client.title} may be asked again.",
        why=why,
        do_not_ask=False,
        do_not_ask_until=None,
        do_not_ask_why="",
    )
