"""Exchanges recorded by hand: what no other record tells."""

from __future__ import annotations

import datetime as dt
from typing import Final

from warmhand.apps.accounts import days
from warmhand.apps.alliances.models import Exchange
from warmhand.apps.alliances.modes import require_listing, standing_of
from warmhand.apps.alliances.movements import went
from warmhand.apps.alliances.queries.lists import alliance_by_id, exchange_by_id
from warmhand.apps.alliances.worth import check_unit
from warmhand.apps.giving.queries import referral_given_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.values import check
from warmhand.apps.people.third_persons import refuse_contact_data
from warmhand.apps.referrals.queries import referral_by_id
from warmhand.problems import Conflict, Invalid

MOST_VALUE: Final = 10**15
"""Smallest units of the currency."""


def record_exchange(
    *,
    by: Actor,
    alliance_id: int,
    incoming: bool,
    kind: str = "referral",
    what: str = "",
    on: dt.date | None = None,
    value: int | None = None,
    unit: str = "",
    referral_given_id: int | None = None,
    referral_received_id: int | None = None,
) -> Exchange:
    """Record what went one way with an ally and stands nowhere else, or what a referral was worth.

    `value` is in smallest units of the currency `unit` (EUR: cents, JPY: yen), or in 'points'. The
    journal notes that something was recorded, not which way nor how much: there it couldn't be
    deleted when the mode goes down. So there is no undo: take the line off instead. Raises Conflict
    where it is off.
    """
    alliance = alliance_by_id(alliance_id, lock=True)
    standing = standing_of(alliance)
    require_listing(standing, "What came and went")
    if value is not None and not standing.counts:
        raise Invalid.at("value", "What it was worth isn't kept: this alliance is only observed.")
    if value is not None and not 0 <= value <= MOST_VALUE:
        raise Invalid.at("value", "Name an amount from 0 up.")
    if value is not None:
        check_unit(unit)
    refuse_contact_data({"what": what})
    _check_referral(alliance.pk, incoming, referral_given_id, referral_received_id)
    made = Exchange(
        alliance=alliance,
        incoming=incoming,
        kind=kind,
        what=what,
        on=days.happened("on", on),
        value=value,
        unit=unit if value is not None else "",
        referral_given_id=referral_given_id,
        referral_received_id=referral_received_id,
    )
    check(made)
    made.save()
    journal.record(
        by=by, verb="noted", of=alliance, sentence=f"Noted an exchange with {alliance.name}."
    )
    return made


def _check_referral(
    alliance_id: int, incoming: bool, given_id: int | None, received_id: int | None
) -> None:
    """What it values is on record, of the same direction, this ally's, and not valued yet."""
    if given_id is not None:
        referral_given_by_id(given_id)
        if incoming:
            raise Invalid.at("referral_given_id", "We gave that one; they did not.")
    if received_id is not None:
        referral_by_id(received_id)
        if not incoming:
            raise Invalid.at("referral_received_id", "We received that one.")
    if given_id is not None and not went(alliance_id, "referral_given", given_id):
        raise Invalid.at("referral_given_id", "That referral didn't go to this ally.")
    if received_id is not None and not went(alliance_id, "referral_received", received_id):
        raise Invalid.at("referral_received_id", "That referral didn't come from this ally.")
    valued = Exchange.objects.filter(referral_given_id=given_id, referral_received_id=received_id)
    if (given_id or received_id) and valued.exists():
        lift = "Take the value on record off first."
        raise Conflict("valued_already", "This referral has its value on record.", lift=lift)


def remove_exchange(*, by: Actor, exchange_id: int) -> None:
    """Take an exchange off for good, as recorded by mistake: nothing of it is kept."""
    found = exchange_by_id(exchange_id, lock=True)
    if found.alliance is None:
        raise Invalid.at("exchange_id", "This is a line of a network: remove the network instead.")
    alliance = found.alliance
    found.delete()
    journal.record(
        by=by, verb="noted", of=alliance, sentence=f"Took off an exchange with {alliance.name}."
    )
