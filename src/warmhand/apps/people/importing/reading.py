"""One door to every kind of table: CSV, XLSX, vCard."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from warmhand.apps.people.importing.card_reading import open_cards
from warmhand.apps.people.importing.csv_reading import open_csv
from warmhand.apps.people.importing.limits import LIMITS, Limits
from warmhand.apps.people.importing.problems import refused
from warmhand.apps.people.importing.rows import Rows
from warmhand.apps.people.importing.workbook_reading import open_workbook

CSV_ENDINGS = {".csv", ".tsv", ".txt", ".tab"}
BOOK_ENDINGS = {".xlsx", ".xlsm"}
CARD_ENDINGS = {".vcf", ".vcard"}
ENDINGS = CSV_ENDINGS | BOOK_ENDINGS | CARD_ENDINGS


class Table(Protocol):
    """A table that can be read again and again, each time from its first row."""

    @property
    def path(self) -> Path:
        """Where the file is."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, each once."""

    def rows(self) -> Rows:
        """A fresh stream over all rows."""


@contextmanager
def open_table(
    path: Path,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    limits: Limits = LIMITS,
) -> Iterator[Table]:
    """Open `path` by its ending; raises `ImportRefused` when it cannot be read as a whole."""
    if not path.is_file():
        raise refused("file_missing", path=str(path))
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise refused("file_too_big", path=path.name, size=size, limit=limits.file_bytes)
    if not size:
        raise refused("file_empty", path=path.name)
    ending = path.suffix.lower()
    if ending in CSV_ENDINGS:
        yield open_csv(path, limits, encoding)
    elif ending in CARD_ENDINGS:
        yield open_cards(path, limits, encoding)
    elif ending in BOOK_ENDINGS:
        with tempfile.TemporaryDirectory(prefix="warmhand-import-") as folder:
            yield open_workbook(path, limits, Path(folder), sheet)
    else:
        raise refused("file_kind_unknown", path=path.name)
