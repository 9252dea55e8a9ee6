"""Writes about offers: made, changed, put into a client's hands to pass on (P22)."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import touch
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import client_by_id
from warmhand.problems import Conflict

from .models import Offer, OfferPass
from .queries import offer_by_id, pass_by_id


class OfferFields(TypedDict, total=False):
    """What can be said of an offer; only an active one is proposed."""

    title: str
    how_to_pass_on: str
    active: bool


def make_offer(*, by: Actor, **fields: Unpack[OfferFields]) -> Offer:
    """Something valuable that clients can pass on; it may change the move of everyone."""
    touch(everyone=True)
    sentence = f"Made the offer '{fields.get('title', '')}'."
    return journal.create(Offer, by=by, sentence=sentence, **fields)


def change_offer(
    *, by: Actor, offer_id: int, why: str = "", **fields: Unpack[OfferFields]
) -> Offer:
    """Change an offer, or close it for now (`active=False`)."""
    offer = offer_by_id(offer_id, lock=True)
    touch(everyone=True)
    sentence = f"Changed the offer '{offer.title}'."
    return journal.change(offer, by=by, sentence=sentence, why=why, **fields)


def remove_offer(*, by: Actor, offer_id: int, why: str = "") -> Offer:
    """Take an offer away; what was passed on stays on record."""
    offer = offer_by_id(offer_id, lock=True)
    touch(everyone=True)
    return journal.remove(offer, by=by, sentence=f"Removed the offer '{offer.title}'.", why=why)


def pass_offer(*, by: Actor, client_id: int, offer_id: int, on: dt.date | None = None) -> OfferPass:
    """An active offer was put into a client's hands to pass on."""
    client, offer = client_by_id(client_id), offer_by_id(offer_id)
    if not offer.active:
        raise Conflict(
            "offer_not_active",
            f"The offer '{offer.title}' is closed at present.",
            lift="Open the offer again, or give another one.",
        )
    return journal.create(
        OfferPass,
        by=by,
        sentence=f"Gave {client.title} to pass on: {offer.title}.",
        client=client,
        offer=offer,
        member_id=by.member_id,
        given_on=days.happened("given_on", on),
    )


def remove_pass(*, by: Actor, pass_id: int, why: str = "") -> OfferPass:
    """Take a pass off the record, as entered by mistake."""
    given = pass_by_id(pass_id, lock=True)
    sentence = f"Removed a pass of {given.client.title}."
    return journal.remove(given, by=by, sentence=sentence, why=why)
