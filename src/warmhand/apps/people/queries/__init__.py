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
from .overview import ClientOverview, Event, client_overview

__all__ = [
    "CONTACT_KINDS",
    "ClientOverview",
    "Event",
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
    "names_of_others",
]
