"""Reads of clients and companies."""

from .clients import (
    CONTACT_KINDS,
    client_by_id,
    client_by_reference,
    clients,
    contact_point_by_id,
    find_client,
    key_by_id,
    names_of_others,
)
from .companies import companies, company_by_id, company_by_name, company_overview
from .keys import KEY_SOURCES, key_list_by_id, keys_of, open_lists_of, plan_of, sees_keys
from .overview import ClientOverview, Event, client_overview
from .writing import address_to_write_to, language_of

__all__ = [
    "CONTACT_KINDS",
    "KEY_SOURCES",
    "ClientOverview",
    "Event",
    "address_to_write_to",
    "client_by_id",
    "client_by_reference",
    "client_overview",
    "clients",
    "companies",
    "company_by_id",
    "company_by_name",
    "company_overview",
    "contact_point_by_id",
    "find_client",
    "key_by_id",
    "key_list_by_id",
    "keys_of",
    "language_of",
    "names_of_others",
    "open_lists_of",
    "plan_of",
    "sees_keys",
]
