"""A company without a person: one client without a name, "contact not named yet"."""

from __future__ import annotations

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import current_workspace_id
from warmhand.apps.journal import services as journal
from warmhand.apps.people.importing.book import Book
from warmhand.apps.people.importing.fields import Kind
from warmhand.apps.people.models import Client, Company, ImportOrigin


def name_contacts_later(by: Actor, book: Book, why: str) -> int:
    """Give each company of this source that has no client one without a name; returns how many."""
    ids = ImportOrigin.objects.filter(source=book.source, kind=Kind.COMPANIES)
    companies = Company.objects.filter(
        pk__in=list(ids.values_list("object_id", flat=True)), clients__isnull=True
    ).order_by("pk")
    made = [
        Client(
            workspace_id=current_workspace_id(),
            company=company,
            source=book.source,
            source_ref=f"~company {company.pk}",
        )
        for company in companies
    ]
    Client.objects.bulk_create(made, batch_size=500)
    journal.record_many(
        by=by,
        noted=[journal.noted_new(each, f"Imported {each}.") for each in made],
        why=why,
    )
    for client in made:
        book.add_client(client.pk, "", client.company_id)
    return len(made)
