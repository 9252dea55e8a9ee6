"""Reading the journal."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from warmhand.apps.island.listing import searched
from warmhand.apps.island.scoped import FORGOTTEN
from warmhand.problems import NotFound

from .models import Entry
from .values import TELLS_VALUES

UNDOABLE = ("created", "changed", "removed")


def entries(*, search: str = "", member_id: int | None = None, via: str = "") -> QuerySet[Entry]:
    """Everything that happened in the open workspace, newest first.

    Each entry has `is_undone` and `can_undo` (made, changed or removed, not undone yet, and no
    part of an act; the record may have changed since, which only trying can tell).
    """
    undone = Exists(Entry.objects.filter(undoes=OuterRef("pk")))
    emptied = Q(sentence=FORGOTTEN) | Q(verb__in=TELLS_VALUES, changes={})
    rows = Entry.objects.annotate(
        is_undone=undone,
        can_undo=Q(verb__in=UNDOABLE, part_of=None) & ~undone & ~emptied,
    ).prefetch_related("undone_by")
    if member_id is not None:
        rows = rows.filter(by_member_id=member_id)
    if via:
        rows = rows.filter(via=via)
    found: QuerySet[Entry] = searched(rows, search, "sentence", "why", "by_name")
    return found


def timeline_of(
    client_id: int, *, company_id: int | None = None, once: QuerySet[Any] | None = None
) -> QuerySet[Entry]:
    """What happened with one client, newest first (P25: outcomes included).

    With `company_id`, what concerns their whole company stands among it; `once` are the ids of
    clients that were merged into this one.
    """
    theirs = Q(client_id=client_id)
    if once is not None:
        theirs |= Q(client_id__in=once)
    if company_id is not None:
        theirs |= Q(company_id=company_id, client_id=None)
    return entries().filter(theirs)


def history_of(object_type: str, object_id: int) -> QuerySet[Entry]:
    """What happened to one record (`work.Case`, 7), newest first."""
    return entries().filter(object_type=object_type, object_id=object_id)


def newest_about(record: object) -> Entry | None:
    """The last thing that happened to one record: what an Undo beside it would take back.

    Where that was part of an act, the entry that stands for the whole act.
    """
    if not isinstance(record, Model):
        return None
    about = history_of(record._meta.label, record.pk).exclude(verb="undid")
    latest: Entry | None = about.select_related("part_of").first()
    return (latest.part_of or latest) if latest else None


def entry_by_id(entry_id: int) -> Entry:
    """One entry of the open workspace's journal."""
    found: Entry | None = entries().filter(pk=entry_id).first()
    if found is None:
        raise NotFound("journal_entry")
    return found
