"""Writing an import, now or in the background; brings together what the apps bring to it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from procrastinate.contrib.django import app

from warmhand.apps.accounts import queries as accounts
from warmhand.apps.giving import importing as giving
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.people import merging
from warmhand.apps.people.importing import queries, services
from warmhand.apps.people.importing import recorders as people
from warmhand.apps.people.importing.mapping import mapping_from
from warmhand.apps.people.importing.planning import Plan, planned
from warmhand.apps.people.importing.queue import TASK, uploads_of
from warmhand.apps.people.importing.running import Progress, Work, execute, fail
from warmhand.apps.work import importing as work
from warmhand.problems import Problem

WORK = Work(
    recorders={**people.RECORDERS, **work.RECORDERS, **giving.RECORDERS},
    afters=(work.settle_clients, merging.propose_after_import),
)


def import_now(
    *,
    by: Actor,
    workspace_id: int,
    plan: Plan,
    name: str,
    today: dt.date,
    progress: Progress | None = None,
) -> queries.Report:
    """Write a plan while the caller waits; its report."""
    with workspace_scope(workspace_id):
        run_id = services.start_run(by=by, name=name, mapping=plan.mapping).pk
    execute(
        by=by,
        workspace_id=workspace_id,
        run_id=run_id,
        plan=plan,
        work=WORK,
        today=today,
        progress=progress,
    )
    with workspace_scope(workspace_id):
        return queries.report(run_id)


@app.task(name=TASK)
def import_uploaded(workspace_id: int, run_id: int, member_id: int) -> None:
    """Write an uploaded file by the mapping its run holds; the upload is deleted when done."""
    workspace = accounts.workspace_by_id(workspace_id)
    with workspace_scope(workspace_id):
        run = queries.run_by_id(run_id)
        member = accounts.member_by_id(member_id)
        by = Actor(member.pk, member.name, "job")
        folder, document = Path(run.file_path), run.mapping
    try:
        with planned([folder], mapping=mapping_from(document)) as plan:
            execute(
                by=by,
                workspace_id=workspace_id,
                run_id=run_id,
                plan=plan,
                work=WORK,
                today=accounts.today(workspace),
            )
    except Problem as problem:
        # Said on the run's own page; trying again would not mend the file.
        fail(workspace_id=workspace_id, run_id=run_id, problem=problem)
    if folder.is_relative_to(uploads_of(workspace_id)):
        shutil.rmtree(folder, ignore_errors=True)
