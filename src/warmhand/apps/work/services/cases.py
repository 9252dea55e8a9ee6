"""Concerns of clients: opened, resolved by us, confirmed by them, perhaps reopened (P11, P12)."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import member_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.models import PublicLink
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.work.models import Case
from warmhand.apps.work.queries import case_by_id, case_by_source
from warmhand.problems import Conflict

from .voiding import void_link

PURPOSE = PublicLink.Purpose.CONFIRMATION


class CaseFields(TypedDict, total=False):
    """What can be said of a case; its state changes by resolving, confirming, reopening."""

    title: str
    opened_on: dt.date
    member_id: int | None


def open_case(
    *,
    by: Actor,
    client_id: int,
    title: str,
    on: dt.date | None = None,
    member_id: int | None = None,
    source: str = "",
    source_ref: str = "",
) -> Case:
    """A client has a concern. `source` and `source_ref` name it in another system.

    A case of that name is opened once: told again, the one on record is returned.
    """
    client = client_by_id(client_id, lock=True)
    known = case_by_source(source=source, source_ref=source_ref)
    if known is not None:
        return _of_same_client(known, client_id)
    return journal.create(
        Case,
        by=by,
        sentence=f"Opened the case '{title}' of {client.title}.",
        client=client,
        title=title,
        opened_on=days.happened("opened_on", on),
        member_id=member_by_id(member_id).pk if member_id else by.member_id,
        source=source,
        source_ref=source_ref,
    )


def _of_same_client(known: Case, client_id: int) -> Case:
    if known.client_id != client_id:
        raise Conflict(
            "case_of_another_client",
            f"The case '{known.source_ref}' is on record as one of {known.client.title}.",
            lift="Check the client and the case's name.",
        )
    return known


def resolve_case(*, by: Actor, case_id: int, on: dt.date | None = None, why: str = "") -> Case:
    """We think it is resolved; the client hasn't said so yet."""
    case = case_by_id(case_id, lock=True)
    if case.resolved_on is not None:
        raise _already("resolved", case.resolved_on)
    day = days.happened("resolved_on", on)
    return _move(case, by, "Resolved", why, resolved_on=day)


def confirm_case(*, by: Actor, case_id: int, on: dt.date | None = None, why: str = "") -> Case:
    """The client confirmed that it is resolved (P12); `why` may hold their words."""
    case = case_by_id(case_id, lock=True)
    if case.confirmed_on is not None:
        raise _already("confirmed", case.confirmed_on)
    _void_question(by, case, "They confirmed it another way.")
    day = days.happened("confirmed_on", on)
    return _move(case, by, "The client confirmed as solved", why, confirmed_on=day)


def reopen_case(*, by: Actor, case_id: int, why: str = "") -> Case:
    """It isn't resolved after all: go on solving (P12)."""
    case = case_by_id(case_id, lock=True)
    if case.resolved_on is None:
        raise Conflict("case_open_already", "This case is open.", lift="Go on solving it.")
    _void_question(by, case, "The case was reopened.")
    times = case.reopened_times + 1
    return _move(
        case, by, "Reopened", why, resolved_on=None, confirmed_on=None, reopened_times=times
    )


def ask_if_solved(*, by: Actor, case_id: int) -> PublicLink:
    """The link by which the client says whether a resolved case really is (P12).

    The one that waits, or a new one. Nothing is mailed by this. Conflict `case_not_resolved`.
    """
    case = case_by_id(case_id, lock=True)
    if case.state != "resolved":
        raise Conflict(
            "case_not_resolved",
            f"This case is {case.state}: there is nothing to ask.",
            lift="Resolve it first." if case.state == "open" else "They have said so already.",
        )
    return messaging.link_to(
        by=by,
        purpose=PURPOSE,
        client_id=case.client_id,
        object_id=case.pk,
        sentence=f"Made the link by which {case.client.title} says whether '{case.title}' is "
        "solved.",
        again=True,
    )


def change_case(*, by: Actor, case_id: int, why: str = "", **fields: Unpack[CaseFields]) -> Case:
    """Correct a case's title, day of opening or who of us solves it."""
    case = case_by_id(case_id, lock=True)
    if member_id := fields.get("member_id"):
        member_by_id(member_id)
    if "opened_on" in fields:
        days.happened("opened_on", fields["opened_on"])
    return journal.change(
        case, by=by, sentence=f"Changed the case '{case.title}'.", why=why, **fields
    )


def remove_case(*, by: Actor, case_id: int, why: str = "") -> Case:
    """Take a case off the record, as entered by mistake."""
    case = case_by_id(case_id, lock=True)
    _void_question(by, case, "The case was removed.")
    return journal.remove(case, by=by, sentence=f"Removed the case '{case.title}'.", why=why)


def _move(case: Case, by: Actor, did: str, why: str, **values: Any) -> Case:
    sentence = f"{did}: the case '{case.title}'."
    return journal.change(case, by=by, sentence=sentence, why=why, **values)


def _void_question(by: Actor, case: Case, why: str) -> None:
    void_link(by=by, purpose=PURPOSE, object_id=case.pk, why=why)


def _already(state: str, on: dt.date) -> Conflict:
    sentence = f"This case was {state} on {on}."
    return Conflict(f"case_{state}_already", sentence, lift="Reload the page to see how it stands.")


def align_case(
    *,
    by: Actor,
    case_id: int,
    opened_on: dt.date,
    resolved_on: dt.date | None,
    confirmed_on: dt.date | None,
    reopened_times: int,
    title: str = "",
) -> Case:
    """Set a case's days right by the history that its own system tells; no change, no entry.

    For what arrived late: the state moves by resolving, confirming, reopening, which say so.
    """
    case = case_by_id(case_id, lock=True)
    sentence = f"Set right by what {by.name} tells: the case '{case.title}'."
    return journal.change(
        case,
        by=by,
        sentence=sentence,
        opened_on=opened_on,
        resolved_on=resolved_on,
        confirmed_on=confirmed_on,
        reopened_times=reopened_times,
        title=title or case.title,
    )
