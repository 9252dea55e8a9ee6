"""Starting imports, keeping mappings: what a surface calls to write."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.importing.mapping import SetMapping, mapping_document, mapping_from
from warmhand.apps.people.importing.queue import enqueue, forget_upload
from warmhand.apps.people.models import ImportMapping, ImportRun
from warmhand.problems import Conflict, NotFound


def start_run(
    *,
    by: Actor,
    name: str,
    mapping: SetMapping,
    file_path: str = "",
    draft: bool = False,
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
        state=ImportRun.State.DRAFT if draft else ImportRun.State.WAITING,
    )


def change_mapping(*, by: Actor, run_id: int, mapping: SetMapping) -> ImportRun:
    """Change how an upload that waits for its mapping will be read."""
    run = _draft(run_id)
    return journal.change(
        run,
        by=by,
        sentence=f"Changed the mapping of {run.name}.",
        mapping=mapping_document(mapping),
        source=mapping.source,
    )


def begin(*, by: Actor, run_id: int) -> ImportRun:
    """Hand an upload to the background; it can be begun once."""
    run = _draft(run_id)
    begun = journal.change(
        run, by=by, sentence=f"Began the import of {run.name}.", state=ImportRun.State.WAITING
    )
    enqueue(workspace_id=run.workspace_id, run_id=run.pk, member_id=by.member_id or 0)
    return begun


def discard(*, by: Actor, run_id: int) -> ImportRun:
    """Forget an upload that was not begun, and its file."""
    run = _draft(run_id)
    workspace_id, folder = run.workspace_id, run.file_path
    transaction.on_commit(lambda: forget_upload(workspace_id, folder))
    return journal.remove(run, by=by, sentence=f"Discarded the upload {run.name}.")


def _draft(run_id: int) -> ImportRun:
    run: ImportRun | None = ImportRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise NotFound("import")
    if run.state != ImportRun.State.DRAFT:
        raise Conflict(
            "import_begun", "This import was begun already.", lift="See its report, or upload anew."
        )
    return run


def save_mapping(*, by: Actor, name: str, document: dict[str, Any]) -> ImportMapping:
    """Keep a mapping under a name, checked first; the same name again replaces it."""
    body = mapping_document(mapping_from(document))
    known = ImportMapping.objects.filter(name=name).first()
    if known is None:
        return journal.create(
            ImportMapping, by=by, sentence=f"Saved the mapping '{name}'.", name=name, body=body
        )
    return journal.change(known, by=by, sentence=f"Changed the mapping '{name}'.", body=body)
