"""Runs an import as the surfaces do, and reads its report."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from warmhand.apps.people.importing.mapping import SetMapping, read_mapping
from warmhand.apps.people.importing.planning import planned
from warmhand.apps.people.importing.running import execute
from warmhand.apps.people.models import ImportRun
from warmhand.jobs.imports import WORK

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "mappings"
TODAY = dt.date(2026, 6, 15)


def example(name: str) -> SetMapping:
    return read_mapping(EXAMPLES / f"{name}.toml")


def run(world, *paths, mapping=None, source="", today=TODAY, progress=None) -> ImportRun:
    """Import into the world's open workspace; the finished run."""
    started = ImportRun.objects.create(name="test", source=source)
    with planned(list(paths), mapping=mapping, source=source) as plan:
        ImportRun.objects.filter(pk=started.pk).update(source=plan.mapping.source)
        execute(
            by=world.by,
            workspace_id=world.workspace.pk,
            run_id=started.pk,
            plan=plan,
            work=WORK,
            today=today,
            progress=progress,
        )
    started.refresh_from_db()
    return started


def counts(run: ImportRun) -> tuple[int, int, int, int, int]:
    """(read, created, updated, unchanged, refused), which must add up."""
    found = (
        run.rows_read,
        run.rows_created,
        run.rows_updated,
        run.rows_unchanged,
        run.rows_refused,
    )
    assert found[0] == sum(found[1:])
    return found


def table(folder, name, text):
    path = folder / name
    path.write_text(text, "utf-8")
    return path
