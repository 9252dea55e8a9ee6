"""Asking a side: the link to its page, and sending it by a member's act (P34)."""

from __future__ import annotations

from warmhand.apps.accounts import days
from warmhand.apps.directory.queries import address_to_mail
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.followups.queries import (
    PURPOSE,
    given_with_sides,
    is_taken_back,
    next_for,
    provider_knows_client,
)
from warmhand.apps.followups.queries.rows import follow_up_by_id
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.models import Message, PublicLink
from warmhand.apps.messaging.queries import link_by_id, standing_link
from warmhand.apps.people import services as people
from warmhand.apps.people.queries import address_to_write_to, client_by_id
from warmhand.problems import Conflict, Problem


@journal.one_act()
def ask_side(
    *, by: Actor, referral_given_id: int, side: str, provider_knows: bool = False
) -> PublicLink:
    """The link to a side's page: the one that waits, or a new one. Nothing is mailed by this.

    It asks the question that is due, else the next one to come. A provider is asked only where
    they know the client's name already: by the client's leave, or because a member says so with
    `provider_knows` (`client_not_to_be_named`). `follow_up_over` where no question is left,
    `introduction_taken_back` where the client wants no more of it.
    """
    referral = given_with_sides(referral_given_id)
    client_by_id(referral.client_id, lock=True)
    _check_not_taken_back(referral)
    if side == FollowUp.Side.PROVIDER:
        _check_named(referral, provider_knows)
    coming, _ = next_for(referral, side)
    if coming is None:
        raise Conflict(
            "follow_up_over",
            "There is nothing left to ask them about this: they told us how it ended, or wish not "
            "to be asked, or it is too long ago.",
            lift="When they tell you something, write it down here.",
        )
    _end_older(by, referral, side, coming.number)
    row = _asked(by, referral, side, coming.number)
    return messaging.link_to(
        by=by,
        purpose=PURPOSE,
        client_id=referral.client_id,
        object_id=row.pk,
        sentence=f"Made a link for {row.speaker} to tell us how it goes.",
    )


def _check_not_taken_back(referral: ReferralGiven) -> None:
    if is_taken_back(referral.pk):
        raise Conflict(
            "introduction_taken_back",
            f"The consent to introduce {referral.client.title} to {referral.provider} was taken "
            "back: neither is asked about it.",
            lift="When they tell you something, write it down here.",
        )


def _check_named(referral: ReferralGiven, provider_knows: bool) -> None:
    if not provider_knows and not provider_knows_client(referral):
        raise Problem(
            "client_not_to_be_named",
            f"We have no word that {referral.provider} may hear the name of "
            f"{referral.client.title} from us.",
            lift=f"Ask {referral.client.title} first, or confirm that they know each other.",
        )


def _end_older(by: Actor, referral: ReferralGiven, side: str, number: int) -> None:
    """A question that a later one has overtaken waits no longer."""
    rows = FollowUp.objects.filter(referral=referral, side=side, answered_on=None)
    for row in rows.exclude(round=number):
        link = standing_link(PURPOSE, row.pk, lock=True)
        if link is not None:
            why = "A later question took its place."
            messaging.end_link(by=by, link=link, why=why, sentence=f"Ended a link: {why}")


def _asked(by: Actor, referral: ReferralGiven, side: str, number: int) -> FollowUp:
    sentence = f"Asks {_name(referral, side)} how it goes."
    there = FollowUp.objects.filter(referral=referral, side=side, round=number).first()
    if there is None:
        return journal.create(
            FollowUp,
            by=by,
            sentence=sentence,
            referral=referral,
            client=referral.client,
            side=side,
            round=number,
            asked_on=days.today(),
        )
    row: FollowUp = there
    if standing_link(PURPOSE, row.pk) is None:
        journal.change(row, by=by, sentence=sentence, asked_on=days.today())
    return row


def _name(referral: ReferralGiven, side: str) -> str:
    client: str = referral.client.title
    return client if side == FollowUp.Side.CLIENT else referral.provider


def address_of_reader(row: FollowUp) -> str:
    """Where a mail to this side may go from here, by what they agreed to; a Problem where none may.

    A client as ever (`address_to_write_to`), a provider by the directory (`address_to_mail`).
    """
    if row.side == FollowUp.Side.CLIENT:
        return address_to_write_to(row.client_id, asks=True)
    return address_to_mail(row.referral.listed, row.referral.provider)


def send_follow_up(
    *,
    by: Actor,
    link_id: int,
    parts: messaging.Parts,
    number: int,
    page_pattern: str,
    stop_pattern: str,
) -> Message:
    """Send a side its link; `number` says which mail about it this is, from 1.

    Like every link (`people.services.send_link`), in the same measure: two reminders, three days
    apart; to whom it may go, `address_of_reader` says.
    """
    row = follow_up_by_id(link_by_id(link_id, lock=True).object_id)
    _check_not_taken_back(row.referral)
    to_provider = row.side == FollowUp.Side.PROVIDER
    return people.send_link(
        by=by,
        link_id=link_id,
        parts=parts,
        number=number,
        page_pattern=page_pattern,
        stop_pattern=stop_pattern,
        address_of=lambda: address_of_reader(row),
        provider_id=row.referral.listed_id if to_provider else None,
    )


def check_mail(message: Message) -> None:
    """Whether a mail that waits may go out still: what has changed since it was written counts."""
    if message.link is not None:
        row = follow_up_by_id(message.link.object_id)
        _check_not_taken_back(row.referral)
        address_of_reader(row)
