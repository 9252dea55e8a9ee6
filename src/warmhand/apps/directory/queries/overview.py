"""All that a provider's page shows, and what in the directory wants looking after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from warmhand.apps.directory.models import Provider, Service, Vouch
from warmhand.listening.encoder import encoder_or_none

from .providers import licences_that_end, provider_now

REFERRALS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ProviderOverview:
    """A provider as they stand today, what they do, who vouches, and whom we sent them."""

    provider: Provider
    services: list[Service]
    vouches: list[Vouch]
    referrals: list[Any]


@dataclass(frozen=True, slots=True)
class LookAfter:
    """What to look after in the directory."""

    licences: list[Provider]
    by_meaning: bool
    """False: there is no encoder here, and search goes by words alone."""


def provider_overview(provider_id: int) -> ProviderOverview:
    """Everything about one provider, with a bounded number of queries (a test counts them)."""
    provider: Any = provider_now(provider_id)
    given = provider.referrals_received_from_us.select_related("client", "member", "need")
    return ProviderOverview(
        provider=provider,
        services=list(provider.services.all()),
        vouches=list(provider.vouches.all()),
        referrals=list(given.filter(client__removed_at=None)[:REFERRALS_SHOWN]),
    )


def look_after() -> LookAfter:
    """Licences that have ended or end soon; and whether search goes by meaning here."""
    return LookAfter(licences_that_end(), encoder_or_none() is not None)
