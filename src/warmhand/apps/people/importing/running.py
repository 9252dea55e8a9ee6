"""One import from the first row to the reconciled report.

Rows are written in chunks, each in a transaction of its own, so that progress can be seen and a
run that was cut off loses nothing: the next run of the same files goes on where it ended, since
what was written counts as unchanged.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.people.importing.book import Book
from warmhand.apps.people.importing.contacts import name_contacts_later
from warmhand.apps.people.importing.drafting import Draft
from warmhand.apps.people.importing.fields import Kind
from warmhand.apps.people.importing.planning import Plan, PlannedTable
from warmhand.apps.people.importing.recorders import Recorder
from warmhand.apps.people.importing.rows import Refusal
from warmhand.apps.people.importing.writing import Result, Writer
from warmhand.apps.people.models import ImportRow, ImportRun
from warmhand.problems import Conflict, Problem

CHUNK = 500
LOCK = 7_203_915
COUNTED = ("created", "updated", "unchanged", "refused")
Progress = Callable[[int, int], None]
After = Callable[[Actor, Book, str], Counter[str]]
"""Something done once all rows are written; returns what it made or set, counted by name."""


@dataclass(frozen=True, slots=True)
class Work:
    """What the apps bring to an import: a recorder a kind, and what follows at the end."""

    recorders: Mapping[Kind, Recorder]
    afters: tuple[After, ...] = ()


@dataclass(slots=True)
class _Totals:
    """The counts of a run, file by file."""

    files: list[dict[str, Any]] = field(default_factory=list)
    besides: Counter[str] = field(default_factory=Counter)
    read: int = 0

    def add(self, result: Result) -> None:
        """Add a chunk to the file at hand."""
        rows = sum(result.counts.values())
        self.read += rows
        self.besides.update(result.besides)
        here = self.files[-1]
        here["read"] += rows
        for name in COUNTED:
            here[name] += result.counts[name]

    def sum(self, name: str) -> int:
        """Over all files."""
        return sum(int(each[name]) for each in self.files)

    def document(self) -> dict[str, Any]:
        """As the run keeps it."""
        return {"files": self.files, "besides": {k: v for k, v in self.besides.items() if v}}


def execute(
    *,
    by: Actor,
    workspace_id: int,
    run_id: int,
    plan: Plan,
    work: Work,
    today: datetime.date,
    progress: Progress | None = None,
) -> None:
    """Write a plan; the run is `done` afterwards, or `failed` with its problem."""
    one = _Execution(by, workspace_id, run_id, plan, work, today, progress or _silent)
    with _alone(workspace_id):
        try:
            one.go()
        except Exception as error:
            found = error if isinstance(error, Problem) else _unexpected(error)
            fail(workspace_id=workspace_id, run_id=run_id, problem=found)
            raise


def fail(*, workspace_id: int, run_id: int, problem: Problem) -> None:
    """Note that a run could not be written, and why; counts stay as they were."""
    with workspace_scope(workspace_id):
        ImportRun.objects.filter(pk=run_id).update(
            state=ImportRun.State.FAILED,
            ended_at=timezone.now(),
            problem=problem.as_dict()["error"],
        )


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


@contextmanager
def _alone(workspace_id: int) -> Iterator[None]:
    """One import of a workspace at a time: two would both make what neither finds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, workspace_id])
        if not cursor.fetchone()[0]:
            raise Conflict(
                "import_running",
                "Another import is being written in this workspace.",
                lift="Wait until it is done, then start this one again.",
            )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, workspace_id])


class _Execution:
    """The state of one run while it is written."""

    def __init__(
        self,
        by: Actor,
        workspace_id: int,
        run_id: int,
        plan: Plan,
        work: Work,
        today: datetime.date,
        progress: Progress,
    ) -> None:
        self.by = Actor(by.member_id, by.name, "import")
        self.workspace_id = workspace_id
        self.run_id = run_id
        self.plan = plan
        self.work = work
        self.today = today
        self.progress = progress
        self.totals = _Totals()
        self.book = Book(plan.mapping.source)
        self.why = f"import {run_id}"

    def go(self) -> None:
        days = self._begin()
        named = False
        for table in self.plan.tables:
            named = named or self._name_contacts(table)
            self._write(table, days)
        with workspace_scope(self.workspace_id):
            if not named:
                self._contacts()
            for after in self.work.afters:
                self.totals.besides.update(after(self.by, self.book, self.why))
            self._save(state=ImportRun.State.DONE, ended_at=timezone.now())

    def _begin(self) -> int:
        """Load what is known, and settle by how many days the set moves."""
        last_day = self.plan.last_day() if self.plan.mapping.shift else None
        with workspace_scope(self.workspace_id):
            days = self._shift(last_day)
            self.book.load()
            self._save(
                state=ImportRun.State.RUNNING,
                started_at=timezone.now(),
                rows_total=self.plan.rows,
                shift_days=days if self.plan.mapping.shift else None,
            )
        return days

    def _shift(self, last_day: datetime.date | None) -> int:
        """The distance of the source's first import, so that the same file changes nothing."""
        if last_day is None:
            return 0
        earlier = (
            ImportRun.objects.filter(source=self.plan.mapping.source, shift_days__isnull=False)
            .exclude(pk=self.run_id)
            .order_by("pk")
            .first()
        )
        if earlier is not None and earlier.shift_days is not None:
            return earlier.shift_days
        return (self.today - datetime.timedelta(days=1) - last_day).days

    def _name_contacts(self, table: PlannedTable) -> bool:
        """Before the first table that hangs on clients: a client for each company without one."""
        if table.mapping.kind in (Kind.MEMBERS, Kind.COMPANIES, Kind.CLIENTS):
            return False
        with workspace_scope(self.workspace_id):
            self._contacts()
        return True

    def _contacts(self) -> None:
        if any(table.mapping.kind is Kind.COMPANIES for table in self.plan.tables):
            self.totals.besides["contacts"] += name_contacts_later(self.by, self.book, self.why)

    def _write(self, table: PlannedTable, days: int) -> None:
        kind = table.mapping.kind
        self.totals.files.append(
            {"file": table.name, "kind": str(kind), "read": 0} | dict.fromkeys(COUNTED, 0)
        )
        writer = Writer(self.work.recorders[kind], self.book, self.by, self.why)
        items = table.drafts()
        while chunk := list(islice(items, CHUNK)):
            with workspace_scope(self.workspace_id):
                self._note(table.name, writer.write(_shifted(chunk, days)))
            self.progress(self.totals.read, self.plan.rows)
        with workspace_scope(self.workspace_id):
            self._note(table.name, writer.finish())

    def _note(self, file: str, result: Result) -> None:
        self.totals.add(result)
        rows = [
            ImportRow(
                workspace_id=self.workspace_id,
                run_id=self.run_id,
                file=file,
                line=refusal.line,
                field=(problem.field or "")[:120],
                code=problem.code,
                sentence=problem.sentence,
                mend=problem.mend,
            )
            for refusal in result.refused
            for problem in refusal.problems
        ]
        ImportRow.objects.bulk_create(rows, batch_size=1000)
        self._save()

    def _save(self, **more: Any) -> None:
        ImportRun.objects.filter(pk=self.run_id).update(
            rows_read=self.totals.read,
            rows_created=self.totals.sum("created"),
            rows_updated=self.totals.sum("updated"),
            rows_unchanged=self.totals.sum("unchanged"),
            rows_refused=self.totals.sum("refused"),
            counts=self.totals.document(),
            **more,
        )


def _shifted(chunk: list[Draft | Refusal], days: int) -> list[Draft | Refusal]:
    if not days:
        return chunk
    return [item.shifted(days) if isinstance(item, Draft) else item for item in chunk]


def _unexpected(error: Exception) -> Problem:
    return Problem(
        "import_broken",
        f"The import stopped: {type(error).__name__}.",
        lift="What was written stays. Start it again; if it stops again, report it.",
        status=500,
    )
