"""Writes about favours, needs and referrals given (P9, P28-P33)."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import member_by_id
from warmhand.apps.directory.models import Provider
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.door import one
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.people.third_persons import refuse_contact_data
from warmhand.problems import Conflict, Invalid

from .models import Favour, Need, ReferralGiven
from .queries import favour_by_id, need_by_id, referral_given_by_id
from .unpaid import refuse_price


class FavourFields(TypedDict, total=False):
    """What can be corrected of a favour. There is no price: a favour is unpaid (P9)."""

    what: str
    kind: str
    promised_on: dt.date | None
    due_on: dt.date | None
    done_on: dt.date | None
    minutes: int | None
    outcome: str
    member_id: int | None


class NeedFields(TypedDict, total=False):
    """What can be corrected of a need."""

    words: str
    noted_on: dt.date
    for_us: bool
    urgency: str
    category: str
    for_other: bool


def promise_favour(
    *,
    by: Actor,
    client_id: int,
    what: str,
    kind: str = Favour.Kind.PROFESSIONAL,
    due_on: dt.date | None = None,
    on: dt.date | None = None,
    member_id: int | None = None,
    need_id: int | None = None,
) -> Favour:
    """We promised a client something we can't be paid for; a promise overdue stops asks (P3).

    `member_id` says who promised it: whoever records it, unless another is named; `need_id`, which
    need of theirs it serves. Words that put a price on it are refused (`favour_has_price`).
    """
    client = client_by_id(client_id)
    _check_need(need_id, client_id)
    refuse_price(what=what)
    return journal.create(
        Favour,
        by=by,
        sentence=f"Promised {client.title}: {what}.",
        client=client,
        member_id=_who(by, member_id),
        what=what,
        kind=kind,
        promised_on=days.happened("promised_on", on),
        due_on=days.perhaps_planned("due_on", due_on),
        need_id=need_id,
    )


def do_favour(
    *,
    by: Actor,
    client_id: int,
    favour_id: int | None = None,
    what: str = "",
    kind: str = Favour.Kind.PROFESSIONAL,
    on: dt.date | None = None,
    minutes: int | None = None,
    outcome: str = "",
    member_id: int | None = None,
    need_id: int | None = None,
) -> Favour:
    """We did something unpaid for a client: as promised (`favour_id`), or on the spot (P9).

    `member_id` says who did it; left out, it is whoever promised it, else whoever records it.
    `need_id` says which need of theirs it serves; left out, the one it was promised for.
    Words that put a price on it are refused (`favour_has_price`).
    """
    client = client_by_id(client_id)
    _check_need(need_id, client_id)
    refuse_price(what=what, outcome=outcome)
    day = days.happened("done_on", on)
    if favour_id is None:
        return journal.create(
            Favour,
            by=by,
            sentence=f"Did for {client.title}: {what}.",
            client=client,
            member_id=_who(by, member_id),
            what=what,
            kind=kind,
            done_on=day,
            minutes=minutes,
            outcome=outcome,
            need_id=need_id,
        )
    favour = _promised(favour_id, client_id)
    sentence = f"Did for {client.title} as promised: {favour.what}."
    return journal.change(
        favour,
        by=by,
        sentence=sentence,
        done_on=day,
        minutes=minutes,
        outcome=outcome or favour.outcome,
        member_id=favour.member_id if member_id is None else _who(by, member_id),
        need_id=need_id or favour.need_id,
    )


def _check_need(need_id: int | None, client_id: int) -> None:
    """The need that something serves is one of this client's."""
    if need_id is not None and need_by_id(need_id).client_id != client_id:
        raise Invalid.at("need_id", "This is a need of another client.")


def _who(by: Actor, member_id: int | None) -> int | None:
    """The colleague who is named, checked; else whoever records it."""
    return by.member_id if member_id is None else member_by_id(member_id).pk


def _promised(favour_id: int, client_id: int) -> Favour:
    favour = favour_by_id(favour_id, lock=True)
    if favour.client_id != client_id:
        raise Invalid.at("favour_id", "This favour was promised to another client.")
    if favour.done_on is not None:
        sentence = f"This was done on {days.said(favour.done_on)}."
        raise Conflict("favour_done_already", sentence, lift="Record another favour.")
    return favour


def change_favour(
    *, by: Actor, favour_id: int, why: str = "", **fields: Unpack[FavourFields]
) -> Favour:
    """Correct a favour, agree another day for one promised, or say what came of it."""
    favour = favour_by_id(favour_id, lock=True)
    refuse_price(what=fields.get("what"), outcome=fields.get("outcome"))
    if member_id := fields.get("member_id"):
        member_by_id(member_id)
    days.perhaps_happened("promised_on", fields.get("promised_on"))
    days.perhaps_happened("done_on", fields.get("done_on"))
    days.perhaps_planned("due_on", fields.get("due_on"))
    sentence = f"Changed the favour '{favour.what}'."
    return journal.change(favour, by=by, sentence=sentence, why=why, **fields)


def remove_favour(*, by: Actor, favour_id: int, why: str = "") -> Favour:
    """Take a favour off the record, as entered by mistake."""
    favour = favour_by_id(favour_id, lock=True)
    return journal.remove(favour, by=by, sentence=f"Removed the favour '{favour.what}'.", why=why)


def note_need(
    *,
    by: Actor,
    client_id: int,
    words: str,
    for_us: bool = False,
    on: dt.date | None = None,
    urgency: str = Need.Urgency.SOON,
    category: str = "",
    may_pass_on: bool | None = None,
    asked_on: dt.date | None = None,
    for_other: bool = False,
) -> Need:
    """A client needs something, in their words; `for_us`: we offer it ourselves (P19, P29).

    `may_pass_on` is the client's own yes or no to our telling others, None: not asked yet; they
    were asked on `asked_on`, or on the day of the note. `for_other`: they told it for somebody
    they know, by whom nobody could be reached (`third_person_contact`), and who is forgotten.
    """
    client = client_by_id(client_id)
    if for_other:
        refuse_contact_data({"words": words})
    day = days.happened("noted_on", on)
    if may_pass_on is not None:
        asked_on = days.happened("asked_on", asked_on or day)
    return journal.create(
        Need,
        by=by,
        sentence=f"{client.title} needs: {words}.{_PASSING_ON[may_pass_on]}",
        client=client,
        words=words,
        for_us=for_us,
        noted_on=day,
        urgency=urgency,
        category=category,
        may_pass_on=may_pass_on,
        asked_on=asked_on,
        for_other=for_other,
    )


_PASSING_ON = {None: "", True: " We may pass it on.", False: " It stays between us."}


def answer_passing_on(
    *, by: Actor, need_id: int, may_pass_on: bool, on: dt.date | None = None, why: str = ""
) -> Need:
    """The client says whether we may tell others of a need: a yes, or a no that ends it (P29).

    Who asked, when and in which words (`why`) stands in the journal. Raises Conflict
    (`need_met_already`) where nothing is left to pass on.
    """
    need = need_by_id(need_id, lock=True)
    if need.met_on is not None:
        raise _met_already(need)
    said = "may be passed on" if may_pass_on else "stays between us"
    sentence = f"{need.client.title} says: their need “{need.words}” {said}."
    asked_on = days.happened("on", on)
    return journal.change(
        need, by=by, sentence=sentence, why=why, may_pass_on=may_pass_on, asked_on=asked_on
    )


def _met_already(need: Need) -> Conflict:
    sentence = f"This need was met on {days.said(need.met_on)}."
    return Conflict("need_met_already", sentence, lift="Note another need.")


def meet_need(*, by: Actor, need_id: int, on: dt.date | None = None, why: str = "") -> Need:
    """The need is met, by whomever; `why` says how."""
    need = need_by_id(need_id, lock=True)
    if need.met_on is not None:
        raise _met_already(need)
    day = days.happened("met_on", on)
    sentence = f"Met the need of {need.client.title}: {need.words}."
    return journal.change(need, by=by, sentence=sentence, why=why, met_on=day)


def change_need(*, by: Actor, need_id: int, why: str = "", **fields: Unpack[NeedFields]) -> Need:
    """Correct a need."""
    need = need_by_id(need_id, lock=True)
    if "noted_on" in fields:
        days.happened("noted_on", fields["noted_on"])
    if {"words", "for_other"} & fields.keys() and fields.get("for_other", need.for_other):
        refuse_contact_data({"words": fields.get("words", need.words)})
    sentence = f"Changed a need of {need.client.title}."
    return journal.change(need, by=by, sentence=sentence, why=why, **fields)


def remove_need(*, by: Actor, need_id: int, why: str = "") -> Need:
    """Take a need off the record, as entered by mistake."""
    need = need_by_id(need_id, lock=True)
    sentence = f"Removed a need of {need.client.title}."
    return journal.remove(need, by=by, sentence=sentence, why=why)


def give_referral(
    *,
    by: Actor,
    client_id: int,
    provider: str = "",
    why_confident: str = "",
    need_id: int | None = None,
    on: dt.date | None = None,
    listed_id: int | None = None,
) -> ReferralGiven:
    """We sent a client to somebody good, and said why they can be confident (P32).

    The one function that writes a referral given. `listed_id` is the provider in the directory;
    its name is taken from there unless `provider` says another.

    The need it serves stays open until it is met: sending isn't serving (P34).
    """
    client = client_by_id(client_id)
    _check_need(need_id, client_id)
    if listed_id is not None:
        listed = one(Provider, listed_id, "provider")
        provider = provider or listed.name
    return journal.create(
        ReferralGiven,
        by=by,
        sentence=f"Referred {client.title} to {provider}.",
        client=client,
        member_id=by.member_id,
        need_id=need_id,
        provider=provider,
        listed_id=listed_id,
        given_on=days.happened("given_on", on),
        why_confident=why_confident,
    )


def remove_referral_given(*, by: Actor, referral_given_id: int, why: str = "") -> ReferralGiven:
    """Take a referral given off the record, as entered by mistake."""
    given = referral_given_by_id(referral_given_id, lock=True)
    sentence = f"Removed the referral of {given.client.title} to {given.provider}."
    return journal.remove(given, by=by, sentence=sentence, why=why)
