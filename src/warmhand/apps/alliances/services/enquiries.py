"""Writes about enquiries for what we don't offer: noted, sent on in one step, answered (P36)."""

from __future__ import annotations

import datetime as dt

from django.utils.text import Truncator

from warmhand.apps.accounts import days
from warmhand.apps.alliances.models import Alliance, Enquiry
from warmhand.apps.alliances.queries.lists import enquiry_by_id
from warmhand.apps.alliances.routing import Option, routing_of
from warmhand.apps.directory.models import Provider
from warmhand.apps.giving.services import give_referral, note_need
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.door import one
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.people.third_persons import refuse_contact_data
from warmhand.problems import Conflict, Invalid


@journal.one_act()
def note_enquiry(
    *,
    by: Actor,
    words: str,
    client_id: int | None = None,
    asker: str = "",
    category: str = "",
    on: dt.date | None = None,
    for_other: bool = False,
) -> Enquiry:
    """Somebody asked for what we don't offer. A client's is a need of theirs too (P29, P36).

    Of somebody new a name and their words are kept, and nothing by which they could be reached;
    nor of somebody for whom a client asked (`for_other`), who is forgotten with that need.
    """
    client = client_by_id(client_id) if client_id is not None else None
    refuse_contact_data({"asker": asker} if client else {"asker": asker, "words": words})
    if for_other and client is None:
        raise Invalid.at("for_other", "Name the client who asked for them.")
    day = days.happened("noted_on", on)
    need = None
    if client is not None:
        need = note_need(
            by=by,
            client_id=client.pk,
            words=words,
            on=day,
            category=category,
            for_other=for_other,
        )
    who = client.title if client else asker or "Somebody new"
    return journal.create(
        Enquiry,
        by=by,
        sentence=f"{who} asked for what we don't offer: “{Truncator(words).chars(120)}”.",
        client=client,
        asker="" if client else asker,
        words=words,
        category=category,
        noted_on=day,
        member_id=by.member_id,
        need=need,
    )


@journal.one_act()
def route_enquiry(
    *,
    by: Actor,
    enquiry_id: int,
    provider_id: int,
    why: str = "",
    client_informed: bool = False,
    on: dt.date | None = None,
) -> Enquiry:
    """Send an enquiry on: to an ally, or to anybody of the directory, with the reason (P36).

    A client's becomes a referral given. Where the law asks for it, the one who asked has to have
    been told that they may go to anybody. Raises Conflict where it was sent on or closed already.
    """
    enquiry = _open(enquiry_id)
    provider = one(Provider, provider_id, "provider")
    routing = routing_of(enquiry)
    option = routing.option(provider.pk)
    bound = option is not None and option.alliance is not None
    if routing.must_inform and bound and not client_informed:
        raise Invalid.at(
            "client_informed",
            f"Tell them that they may go to anybody, and tick it. {routing.because}",
            code="choice_to_be_told",
        )
    reason = why.strip() or (option.sentence if option else "")
    day = days.happened("routed_on", on)
    given = None
    if enquiry.client_id is not None:
        given = give_referral(
            by=by,
            client_id=enquiry.client_id,
            provider=provider.name,
            listed_id=provider.pk,
            need_id=enquiry.need_id,
            why_confident=provider.why_confident or reason,
            on=day,
        )
    return journal.change(
        enquiry,
        by=by,
        sentence=f"Sent {enquiry.who} on to {provider.name}.",
        reason=reason,
        provider_id=provider.pk,
        alliance=_alliance(option),
        given=given,
        routed_on=day,
        client_informed=client_informed,
    )


def _alliance(option: Option | None) -> Alliance | None:
    return option.alliance if option else None


def _open(enquiry_id: int) -> Enquiry:
    enquiry = enquiry_by_id(enquiry_id, lock=True)
    if not enquiry.is_open:
        done = "sent on" if enquiry.routed_on else "closed"
        lift = "Undo that in the journal, or note a new enquiry."
        raise Conflict("enquiry_not_open", f"This enquiry was {done} already.", lift=lift)
    return enquiry


def answer_enquiry(
    *, by: Actor, enquiry_id: int, answer: str, on: dt.date | None = None, why: str = ""
) -> Enquiry:
    """What those said to whom it was sent: taken, declined, or not what they do."""
    enquiry = enquiry_by_id(enquiry_id, lock=True)
    if enquiry.routed_on is None:
        lift = "Send it on first."
        raise Conflict("enquiry_not_sent", "Nobody has this enquiry yet.", lift=lift)
    answers = [each.value for each in Enquiry.Answer if each != Enquiry.Answer.WAITING]
    if answer not in answers:
        raise Invalid.at("answer", f"Choose one of: {', '.join(answers)}.")
    day = days.happened("answered_on", on)
    label = Enquiry.Answer(answer).label.lower()
    sentence = f"{enquiry.provider} on the enquiry of {enquiry.who}: {label}."
    return journal.change(
        enquiry, by=by, sentence=sentence, why=why, answer=answer, answered_on=day
    )


def close_enquiry(*, by: Actor, enquiry_id: int, why: str, on: dt.date | None = None) -> Enquiry:
    """Nobody will be found, or nobody is needed any more; `why` says which."""
    enquiry = _open(enquiry_id)
    if not why.strip():
        raise Invalid.at("why", "Say why nobody was found or needed.")
    sentence = f"Closed the enquiry of {enquiry.who} without sending it on."
    day = days.happened("closed_on", on)
    return journal.change(enquiry, by=by, sentence=sentence, why=why, closed_on=day)


def remove_enquiry(*, by: Actor, enquiry_id: int, why: str = "") -> Enquiry:
    """Take an enquiry off the record, as entered by mistake; a need and a referral stay."""
    enquiry = enquiry_by_id(enquiry_id, lock=True)
    sentence = f"Removed an enquiry of {enquiry.who}."
    return journal.remove(enquiry, by=by, sentence=sentence, why=why)
