"""Reads of the directory: providers, what they do, who vouches; what clients do well."""

from .expertise import EXPERTISE_ORDERS, PASS_ON, expertise, expertise_by_id
from .overview import LookAfter, ProviderOverview, look_after, provider_overview
from .places import located, place_of, place_of_text
from .providers import (
    BASES,
    CAPACITIES,
    KINDS,
    PRICES,
    PROVIDER_ORDERS,
    address_to_mail,
    categories_in_use,
    languages_in_use,
    licences_that_end,
    licences_to_look_at,
    provider_by_id,
    provider_now,
    providers,
    service_by_id,
    vouch_by_id,
    vouches,
)
from .public import (
    PublicPage,
    PublicProvider,
    opened_to_anybody,
    public_page,
    public_providers,
)
from .spoken import country_name, language_name, language_of_provider

__all__ = [
    "BASES",
    "CAPACITIES",
    "EXPERTISE_ORDERS",
    "KINDS",
    "PASS_ON",
    "PRICES",
    "PROVIDER_ORDERS",
    "LookAfter",
    "ProviderOverview",
    "PublicPage",
    "PublicProvider",
    "address_to_mail",
    "categories_in_use",
    "country_name",
    "expertise",
    "expertise_by_id",
    "language_name",
    "language_of_provider",
    "languages_in_use",
    "licences_that_end",
    "licences_to_look_at",
    "located",
    "look_after",
    "opened_to_anybody",
    "place_of",
    "place_of_text",
    "provider_by_id",
    "provider_now",
    "provider_overview",
    "providers",
    "public_page",
    "public_providers",
    "service_by_id",
    "vouch_by_id",
    "vouches",
]
