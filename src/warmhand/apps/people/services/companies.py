"""Companies: made, changed, removed."""

from __future__ import annotations

from typing import TypedDict, Unpack

from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.models import Client, Company
from warmhand.apps.people.queries import company_by_id
from warmhand.problems import Conflict, Invalid

from .checks import check_language, check_timezone


class CompanyFields(TypedDict, total=False):
    """What can be said of a company; fields left out stay as they are."""

    name: str
    domain: str
    sector: str
    country: str
    city: str
    timezone: str
    language: str
    year_end_month: int | None
    parent_id: int | None


def add_company(*, by: Actor, why: str = "", **fields: Unpack[CompanyFields]) -> Company:
    """A new company; `year_end_month` (1 to 12) tells its quarter ends."""
    _check(fields)
    sentence = f"Added the company {fields.get('name', '')}."
    return journal.create(Company, by=by, sentence=sentence, why=why, **fields)


def change_company(
    *, by: Actor, company_id: int, why: str = "", **fields: Unpack[CompanyFields]
) -> Company:
    """Change what is said of a company."""
    company = company_by_id(company_id, lock=True)
    _check(fields)
    _check_parent(company, fields.get("parent_id"))
    sentence = f"Changed the company {company.name}."
    return journal.change(company, by=by, sentence=sentence, why=why, **fields)


def remove_company(*, by: Actor, company_id: int, why: str = "") -> Company:
    """Take a company out of the lists; refused while clients are at it."""
    company = company_by_id(company_id, lock=True)
    if Client.objects.filter(company=company).exists():
        raise Conflict(
            "company_has_clients",
            f"There are clients at {company.name}.",
            lift="Move them to another company or remove them first.",
        )
    sentence = f"Removed the company {company.name}."
    return journal.remove(company, by=by, sentence=sentence, why=why)


def _check(fields: CompanyFields) -> None:
    if "name" in fields:
        fields["name"] = " ".join(fields["name"].split())
    if parent_id := fields.get("parent_id"):
        company_by_id(parent_id)
    if "domain" in fields:
        fields["domain"] = normal_domain(fields["domain"])
    check_timezone(fields.get("timezone", ""))
    check_language(fields.get("language", ""))


def normal_domain(text: str) -> str:
    """`https://www.Example.com/about` is example.com."""
    bare = text.strip().lower().partition("://")
    host = (bare[2] or bare[0]).partition("/")[0]
    return host.removeprefix("www.")


def _check_parent(company: Company, parent_id: int | None) -> None:
    """No company stands above itself, at any distance."""
    seen: set[int] = set()
    while parent_id is not None and parent_id not in seen:
        if parent_id == company.pk:
            raise Invalid.at("parent_id", "A company can't belong to itself.")
        seen.add(parent_id)
        parent_id = Company.objects.values_list("parent_id", flat=True).get(pk=parent_id)
