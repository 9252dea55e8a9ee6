"""Starting imports, keeping mappings: what a surface calls to write."""

from __future__ import annotations

from typing import Any

from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.importing.mapping import SetMapping, mapping_document, mapping_from
from warmhand.apps.people.models import ImportMapping, ImportRun


def start_run(
    *,
    by: Actor,
    name: str,
    mapping: SetMapping,
    file_path: str = "",
    state: ImportRun.State = ImportRun.State.WAITING,
) -> ImportRun:
    """Put an import on record before its first row is written."""
    return journal.create(
        ImportRun,
        by=by,
        sentence=f"Started the import of {name[:200]}.",
        name=name[:200],
        source=mapping.source,
        member_id=by.member_id,
        mapping=mapping_document(mapping),
        file_path=file_path,
        state=state,
    )


def save_mapping(*, by: Actor, name: str, document: dict[str, Any]) -> ImportMapping:
    """Keep a mapping under a name, checked first; the same name again replaces it."""
    body = mapping_document(mapping_from(document))
    known = ImportMapping.objects.filter(name=name).first()
    if known is None:
        return journal.create(
            ImportMapping, by=by, sentence=f"Saved the mapping '{name}'.", name=name, body=body
        )
    return journal.change(known, by=by, sentence=f"Changed the mapping '{name}'.", body=body)
