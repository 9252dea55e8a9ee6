"""Reading the journal."""

from __future__ import annotations

from django.db.models import QuerySet

from .models import Entry


def entries() -> QuerySet[Entry]:
    """Everything that happened in the open workspace, newest first."""
    found: QuerySet[Entry] = Entry.objects.all()
    return found


def timeline_of(client_id: int) -> QuerySet[Entry]:
    """What happened with one client, newest first (P25: outcomes included)."""
    return entries().filter(client_id=client_id).prefetch_related("undone_by")
