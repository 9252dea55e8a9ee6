"""Companies: one by id, lists, and all that a company's page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.people.models import Client, Company

from .clients import clients

ORDERS = {
    "name": ("name",),
    "sector": ("sector", "name"),
    "country": ("country", "name"),
    "clients": ("client_count", "name"),
    "added": ("created_at",),
}


def company_by_id(company_id: int, *, lock: bool = False) -> Company:
    """One company with its parent: the one door from an id to a company."""
    return one(Company, company_id, "company", lock=lock, related=("parent",))


def company_by_name(name: str) -> Company | None:
    """The company of exactly this name, in any case of letters; the first one where several are."""
    found: Company | None = Company.objects.filter(name__iexact=name).order_by("id").first()
    return found


def companies(
    *, search: str = "", sector: str = "", country: str = "", sort: str = "name"
) -> QuerySet[Company]:
    """Companies with their parent and `client_count`, in one query; `sort` is one of ORDERS."""
    here = Q(clients__removed_at=None)
    rows: QuerySet[Company] = Company.objects.select_related("parent").annotate(
        client_count=Count("clients", filter=here)
    )
    if sector:
        rows = rows.filter(sector=sector)
    if country:
        rows = rows.filter(country=country)
    rows = searched(rows, search, "name", "domain", "sector", "city", "country", "source_ref")
    return sorted_by(rows, sort, ORDERS)


@dataclass(frozen=True, slots=True)
class CompanyOverview:
    """What a company's page shows; `busy_times` and `commitments` are theirs as a company."""

    company: Company
    clients: list[Client]
    subsidiaries: list[Company]
    busy_times: list[Any]
    commitments: list[Any]


def company_overview(company_id: int) -> CompanyOverview:
    """All that a company's page shows, in six queries however much there is."""
    company = company_by_id(company_id)
    related: Any = company
    return CompanyOverview(
        company=company,
        clients=list(clients(company_id=company.pk)),
        subsidiaries=list(related.subsidiaries.all()),
        busy_times=list(related.busy_times.all()),
        commitments=list(related.commitments.select_related("member")[:200]),
    )
