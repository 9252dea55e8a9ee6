"""Reading the journal."""

from __future__ import annotations

from django.db.models import Model, QuerySet

from warmhand.problems import NotFound

from .models import Entry


def entries() -> QuerySet[Entry]:
    """Everything that happened in the open workspace, newest first."""
    found: QuerySet[Entry] = Entry.objects.all()
    return found


def timeline_of(client_id: int) -> QuerySet[Entry]:
    """What happened with one client, newest first (P25: outcomes included)."""
    return entries().filter(client_id=client_id).prefetch_related("undone_by")


def newest_about(record: object) -> Entry | None:
    """The last thing that happened to one record: what an Undo beside it would take back."""
    if not isinstance(record, Model):
        return None
    about = entries().filter(object_type=record._meta.label, object_id=record.pk)
    return about.exclude(verb="undid").first()


def entry_by_id(entry_id: int) -> Entry:
    """One entry of the open workspace's journal."""
    found: Entry | None = entries().filter(pk=entry_id).first()
    if found is None:
        raise NotFound("journal_entry")
    return found
