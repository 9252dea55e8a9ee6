"""Reads of clients and companies."""

from .clients import client_by_id, client_by_reference, clients, find_client
from .companies import companies, company_by_id, company_overview
from .overview import ClientOverview, Event, client_overview

__all__ = [
    "ClientOverview",
    "Event",
    "client_by_id",
    "client_by_reference",
    "client_overview",
    "clients",
    "companies",
    "company_by_id",
    "company_overview",
    "find_client",
]
