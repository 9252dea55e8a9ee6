"""Before anything is written: the tables opened, looked at whole, and what their rows would be.

A preview and a real run both start here, so that neither can know less than the other. Raises
`ImportRefused` for whatever stops the whole import.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from warmhand.apps.people.importing.drafting import Draft, Drafter
from warmhand.apps.people.importing.fields import FIELDS, Type
from warmhand.apps.people.importing.guessing import TableGuess, guess_set, guess_table
from warmhand.apps.people.importing.limits import LIMITS, Limits
from warmhand.apps.people.importing.mapping import SetMapping, TableMapping
from warmhand.apps.people.importing.problems import refused
from warmhand.apps.people.importing.profiling import Survey, survey
from warmhand.apps.people.importing.reading import ENDINGS, Table, open_table
from warmhand.apps.people.importing.rows import Refusal

SHOWN_REFUSALS = 20


@dataclass(frozen=True, slots=True)
class PlannedTable:
    """One open table with the mapping that it will be read by."""

    table: Table
    survey: Survey
    mapping: TableMapping
    drafter: Drafter
    guess: TableGuess | None = None

    @property
    def name(self) -> str:
        """The file's name."""
        return self.table.path.name

    def drafts(self) -> Iterator[Draft | Refusal]:
        """A fresh stream over its rows."""
        return self.drafter.drafts(self.table.rows())


@dataclass(frozen=True, slots=True)
class Plan:
    """Open tables in the order in which they will be written, and what is left out."""

    mapping: SetMapping
    tables: tuple[PlannedTable, ...]
    left_out: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> int:
        """Rows in all tables."""
        return sum(table.survey.rows for table in self.tables)

    def last_day(self) -> datetime.date | None:
        """The last day on which something took place in any row; reads every row."""
        drafts = (item for table in self.tables for item in table.drafts())
        days = (item.last_day() for item in drafts if isinstance(item, Draft))
        return max((day for day in days if day), default=None)


def files_in(paths: list[Path]) -> list[Path]:
    """The files named, and those of a kind that can be read in the folders named."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [p for p in inside if p == path or p.suffix.lower() in ENDINGS]
    if not found:
        raise refused("file_missing", path=", ".join(map(str, paths)))
    return found


@contextmanager
def planned(
    paths: list[Path],
    *,
    mapping: SetMapping | None = None,
    source: str = "",
    limits: Limits = LIMITS,
) -> Iterator[Plan]:
    """Open and survey the tables at `paths`; without a mapping every one is guessed."""
    with ExitStack() as stack:
        files = files_in(paths)
        if mapping is None:
            yield _guessed(stack, files, source or _source_of(files), limits)
        else:
            yield _mapped(stack, files, mapping, limits)


def _source_of(files: list[Path]) -> str:
    """Whose identifiers these are, when nobody says: the file's name, or its folder's for many."""
    return (files[0].stem if len(files) == 1 else files[0].resolve().parent.name)[:60]


def _guessed(stack: ExitStack, files: list[Path], source: str, limits: Limits) -> Plan:
    opened: dict[Path, tuple[Table, Survey, TableGuess]] = {}
    for path in files:
        table = stack.enter_context(open_table(path, limits=limits))
        looked = survey(table)
        _check_header(table, looked)
        opened[path] = (table, looked, guess_table(table, looked))
    mapping = guess_set(source, [(path, each[2]) for path, each in opened.items()])
    tables = []
    for each in mapping.tables:
        path = next(path for path in files if each.fits(path))
        table, looked, guess = opened[path]
        tables.append(PlannedTable(table, looked, each, Drafter.of(each, looked), guess))
    return Plan(mapping, tuple(tables))


def _check_header(table: Table, looked: Survey) -> None:
    """A first row that holds an address or a date is no header."""
    for name, profile in looked.profiles.items():
        if "@" in name and profile.share("email") > 0.5:
            raise refused("no_header", line=1, field=name, found=name)


def _mapped(stack: ExitStack, files: list[Path], mapping: SetMapping, limits: Limits) -> Plan:
    tables, used = [], set()
    for each in mapping.tables:
        for path in [path for path in files if each.fits(path)]:
            used.add(path)
            table = stack.enter_context(
                open_table(path, encoding=each.encoding, sheet=each.sheet, limits=limits)
            )
            each.check(table.columns, path)
            looked = survey(table)
            tables.append(PlannedTable(table, looked, each, Drafter.of(each, looked)))
    if not tables:
        names = ", ".join(table.file for table in mapping.tables)
        raise refused("file_missing", path=names)
    left_out = tuple(path.name for path in files if path not in used)
    return Plan(mapping, tuple(tables), left_out)


@dataclass(frozen=True, slots=True)
class Preview:
    """One table as it will be: counts, first drafts, first refusals, and what was decided."""

    file: str
    mapping: TableMapping
    rows: int
    refused: int
    drafts: tuple[Draft, ...]
    refusals: tuple[Refusal, ...]
    decisions: tuple[dict[str, Any], ...]
    guess: TableGuess | None

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        guesses = self.guess.columns if self.guess else ()
        return {
            "file": self.file,
            "kind": str(self.mapping.kind),
            "why": self.guess.reason if self.guess else "the mapping says so",
            "rows": self.rows,
            "refused": self.refused,
            "columns": [asdict(guess) for guess in guesses],
            "dates": list(self.decisions),
            "first_rows": [{"line": d.line, "values": d.shown()} for d in self.drafts],
            "refused_rows": [p.as_dict() for r in self.refusals for p in r.problems],
        }


def preview(table: PlannedTable, shown: int = 10) -> Preview:
    """Read the whole table without writing; keeps the first `shown` drafts."""
    drafts: list[Draft] = []
    refusals: list[Refusal] = []
    counts: Counter[bool] = Counter()
    for item in table.drafts():
        counts[isinstance(item, Draft)] += 1
        if isinstance(item, Draft) and len(drafts) < shown:
            drafts.append(item)
        elif isinstance(item, Refusal) and len(refusals) < SHOWN_REFUSALS:
            refusals.append(item)
    return Preview(
        file=table.name,
        mapping=table.mapping,
        rows=table.survey.rows,
        refused=counts[False],
        drafts=tuple(drafts),
        refusals=tuple(refusals),
        decisions=tuple(decisions(table)),
        guess=table.guess,
    )


def decisions(table: PlannedTable) -> Iterator[dict[str, Any]]:
    """How each column of dates is read, whether the column settles it, and why."""
    for spec in FIELDS[table.mapping.kind]:
        source = table.mapping.fields.get(spec.name)
        if source is None or spec.type is not Type.DATE or not source.columns:
            continue
        order, certain, why = table.survey.profiles[source.columns[0]].date_order()
        if source.order:
            order, certain, why = source.order, True, "the mapping says so"
        yield {
            "field": spec.name,
            "column": source.columns[0],
            "order": str(order),
            "certain": certain,
            "why": why,
        }
