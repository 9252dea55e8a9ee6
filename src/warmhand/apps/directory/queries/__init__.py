"""Reads of the directory: providers, what they do, who vouches; what clients do well."""

from .expertise import EXPERTISE_ORDERS, PASS_ON, expertise, expertise_by_id
from .places import Place, place_of_text
from .providers import (
    BASES,
    CAPACITIES,
    KINDS,
    PRICES,
    PROVIDER_ORDERS,
    categories_in_use,
    languages_in_use,
    licences_that_end,
    provider_by_id,
    providers,
    service_by_id,
    services_of,
    vouch_by_id,
    vouches,
)
from .public import PublicProvider, public_page, public_providers

__all__ = [
    "BASES",
    "CAPACITIES",
    "EXPERTISE_ORDERS",
    "KINDS",
    "PASS_ON",
    "PRICES",
    "PROVIDER_ORDERS",
    "Place",
    "PublicProvider",
    "categories_in_use",
    "expertise",
    "expertise_by_id",
    "languages_in_use",
    "licences_that_end",
    "place_of_text",
    "provider_by_id",
    "providers",
    "public_page",
    "public_providers",
    "service_by_id",
    "services_of",
    "vouch_by_id",
    "vouches",
]
