"""Imports and their reports: what a surface calls to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from warmhand.apps.people.importing.exporting import CsvText, csv_text
from warmhand.apps.people.importing.mapping import SetMapping, mapping_from
from warmhand.apps.people.models import ImportMapping, ImportRow, ImportRun
from warmhand.problems import NotFound

SHOWN = 100
REFUSED_COLUMNS = ("file", "line", "field", "reason", "what to do", "code")


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One reason for which one row was refused."""

    file: str
    line: int
    field: str
    code: str
    sentence: str
    mend: str

    def as_dict(self) -> dict[str, Any]:
        """Flat, for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Report:
    """One import, reconciled: read = created + updated + unchanged + refused."""

    id: int
    name: str
    source: str
    state: str
    total: int
    read: int
    created: int
    updated: int
    unchanged: int
    refused: int
    shift_days: int | None
    files: list[dict[str, Any]]
    besides: dict[str, int]
    problem: dict[str, Any] | None
    refused_rows: tuple[RefusedRow, ...]
    """The first of them, in the order of the files."""

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100."""
        return 100 if self.state == "done" else 100 * self.read // max(1, self.total)

    def as_dict(self) -> dict[str, Any]:
        """As one JSON document."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return plain | {"refused_rows": [row.as_dict() for row in self.refused_rows]}


def runs() -> QuerySet[ImportRun]:
    """The imports of the open workspace, newest first."""
    found: QuerySet[ImportRun] = ImportRun.objects.select_related("member")
    return found


def last_mapping(source: str) -> SetMapping | None:
    """The mapping with which a source was last imported to the end."""
    done = ImportRun.objects.filter(source=source, state=ImportRun.State.DONE).first()
    return mapping_from(done.mapping) if done else None


def run_by_id(run_id: int) -> ImportRun:
    """The one door from a number to an import."""
    found: ImportRun | None = ImportRun.objects.filter(pk=run_id).first()
    if found is None:
        raise NotFound("import")
    return found


def report(run_id: int, shown: int = SHOWN) -> Report:
    """The report of one import, with the first refused rows."""
    run = run_by_id(run_id)
    return Report(
        id=run.pk,
        name=run.name,
        source=run.source,
        state=run.state,
        total=run.rows_total,
        read=run.rows_read,
        created=run.rows_created,
        updated=run.rows_updated,
        unchanged=run.rows_unchanged,
        refused=run.rows_refused,
        shift_days=run.shift_days,
        files=run.counts.get("files", []),
        besides=run.counts.get("besides", {}),
        problem=run.problem,
        refused_rows=tuple(_as_row(row) for row in _rows(run_id)[:shown]),
    )


def _rows(run_id: int) -> QuerySet[ImportRow]:
    found: QuerySet[ImportRow] = ImportRow.objects.filter(run_id=run_id)
    return found


def _as_row(row: ImportRow) -> RefusedRow:
    return RefusedRow(row.file, row.line, row.field, row.code, row.sentence, row.mend)


def refused_csv(run_id: int) -> CsvText:
    """Every refused row as CSV, a line a reason; cells are harmless to a spreadsheet."""
    run_by_id(run_id)
    rows = ((r.file, r.line, r.field, r.sentence, r.mend, r.code) for r in _rows(run_id).iterator())
    return csv_text(REFUSED_COLUMNS, rows)


def mappings() -> QuerySet[ImportMapping]:
    """The mappings kept in the open workspace."""
    found: QuerySet[ImportMapping] = ImportMapping.objects.all()
    return found


def mapping_by_id(mapping_id: int) -> ImportMapping:
    """The one door from a number to a kept mapping."""
    found: ImportMapping | None = ImportMapping.objects.filter(pk=mapping_id).first()
    if found is None:
        raise NotFound("mapping")
    return found
