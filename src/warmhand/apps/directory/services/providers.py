"""Writes about providers and what they do (P31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.directory.queries.providers import provider_by_id, service_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import client_by_id
from warmhand.problems import Invalid

from .checks import tidy


class ProviderFields(TypedDict, total=False):
    """All that can be said of a provider beside the name."""

    kind: str
    client_id: int | None
    contact_name: str
    email: str
    phone: str
    website: str
    about: str
    street: str
    city: str
    postcode: str
    country: str
    latitude: float | None
    longitude: float | None
    reach_km: int | None
    languages: Sequence[str] | str
    capacity: str
    away_from: dt.date | None
    away_until: dt.date | None
    licence: str
    licence_until: dt.date | None
    price: int | None
    why_confident: str
    hears_from_us_since: dt.date | None
    is_public: bool
    public_words: str


class ServiceFields(TypedDict, total=False):
    """What can be corrected of a service."""

    name: str
    words: str
    category: str


def add_provider(
    *, by: Actor, name: str = "", offers: Sequence[str] | str = (), **fields: Unpack[ProviderFields]
) -> Provider:
    """A provider comes into the directory, with the names of what they do (`offers`) (P31).

    Languages and `country` are codes or English names; latitude, longitude in degrees, `reach_km`
    in kilometres, `price` 1 (low) to 4. A provider that is a `client_id` of ours may leave out the
    name. A text of `offers` names one service a line. Undone as a whole.
    """
    values = tidy({"name": name, **fields})
    if values.get("client_id") and not values["name"]:
        values["name"] = client_by_id(values["client_id"]).title
    if not values["name"]:
        raise Invalid.at("name", "Name the firm or the person.")
    with journal.one_act():
        made = journal.create(
            Provider, by=by, sentence=f"Added {values['name']} to the directory.", **values
        )
        for each in _lines(offers):
            add_service(by=by, provider_id=made.pk, name=each)
    return made


def _lines(offers: Sequence[str] | str) -> list[str]:
    parts = offers.splitlines() if isinstance(offers, str) else offers
    return [" ".join(part.split()) for part in parts if part.strip()]


def change_provider(
    *, by: Actor, provider_id: int, why: str = "", name: str | None = None, **fields: Any
) -> Provider:
    """Correct a provider, or say how things stand with them now: capacity, holidays, licence.

    Takes the fields of `ProviderFields`; what is left out stays as it is.
    """
    provider = provider_by_id(provider_id, lock=True)
    named = {} if name is None else {"name": name}
    values = tidy({**named, **fields})
    sentence = f"Changed {provider.name} in the directory."
    return journal.change(provider, by=by, sentence=sentence, why=why, **values)


def remove_provider(*, by: Actor, provider_id: int, why: str = "") -> Provider:
    """Take a provider out of the directory; what we sent them stays on record."""
    provider = provider_by_id(provider_id, lock=True)
    sentence = f"Removed {provider.name} from the directory."
    return journal.remove(provider, by=by, sentence=sentence, why=why)


def add_service(
    *, by: Actor, provider_id: int, name: str, words: str = "", category: str = ""
) -> Service:
    """Something a provider does; `category` is a code of NAICS 2022, where it is known."""
    provider = provider_by_id(provider_id)
    return journal.create(
        Service,
        by=by,
        sentence=f"{provider.name} does {name}.",
        provider=provider,
        name=name,
        words=words,
        category=category.strip(),
    )


def change_service(
    *, by: Actor, service_id: int, why: str = "", **fields: Unpack[ServiceFields]
) -> Service:
    """Correct what a provider does."""
    service = service_by_id(service_id, lock=True)
    sentence = f"Changed what {service.provider.name} does: {service.name}."
    return journal.change(service, by=by, sentence=sentence, why=why, **fields)


def remove_service(*, by: Actor, service_id: int, why: str = "") -> Service:
    """They don't do this (any more)."""
    service = service_by_id(service_id, lock=True)
    sentence = f"{service.provider.name} no longer does {service.name}."
    return journal.remove(service, by=by, sentence=sentence, why=why)
