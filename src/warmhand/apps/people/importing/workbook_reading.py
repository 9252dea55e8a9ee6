"""Reading XLSX: another process unpacks it under limits into a spool, which is then read as rows.

A separate process because a workbook is the one format whose reader must unpack and parse what a
stranger compressed: its memory and time end with the process, and this one stays small.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from warmhand.apps.people.importing.limits import Limits
from warmhand.apps.people.importing.problems import problem, refused
from warmhand.apps.people.importing.rows import Refusal, Row, Rows, refusal, unique_names

CHILD = "warmhand.apps.people.importing.workbook_child"
SOURCE = Path(__file__).resolve().parents[4]


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """One sheet of a workbook, already unpacked into `spool`."""

    path: Path
    spool: Path
    sheet: str
    columns: tuple[str, ...]
    limits: Limits

    def rows(self) -> Rows:
        """Every row after the header."""
        documents = _documents(self.spool, self.path)
        next(documents), next(documents)
        for line, texts in documents:
            yield _row(line, texts, self.columns, self.limits)


def open_workbook(
    path: Path, limits: Limits, spool_folder: Path, sheet: str | None = None
) -> WorkbookTable:
    """Unpack one sheet (the first unless named) into `spool_folder`; raises `ImportRefused`."""
    spool = spool_folder / "sheet.jsonl"
    _run_child(path, limits, spool, sheet)
    documents = _documents(spool, path)
    name = next(documents, {"sheet": ""})["sheet"]
    _line, header = next(documents, (0, []))
    while header and not header[-1]:
        header.pop()
    if not any(header):
        raise refused("file_empty", path=path.name)
    if len(header) > limits.columns:
        raise refused("too_many_columns", line=1, found=len(header), limit=limits.columns)
    for _ in documents:
        """A refusal late in the spool (too many rows) must stop the import before it writes."""
    return WorkbookTable(path, spool, name, unique_names(header), limits)


def _run_child(path: Path, limits: Limits, spool: Path, sheet: str | None) -> None:
    ask = json.dumps(asdict(limits) | {"path": str(path.resolve()), "sheet": sheet})
    with spool.open("wb") as out:
        try:
            done = subprocess.run(
                [sys.executable, "-m", CHILD, ask],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.DEVNULL,
                cwd=SOURCE,
                timeout=limits.child_seconds or None,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _too_slow(path, limits) from None
    if done.returncode in (-24, -9):
        raise _too_slow(path, limits)
    if done.returncode:
        raise refused(
            "workbook_too_big", path=path.name, found="more than allowed", limit=limits.spool_bytes
        )


def _too_slow(path: Path, limits: Limits) -> Exception:
    return refused("workbook_too_slow", path=path.name, limit=f"{limits.child_seconds} seconds")


def _documents(spool: Path, path: Path) -> Iterator[Any]:
    with spool.open(encoding="utf-8") as file:
        for text in file:
            document = json.loads(text) if text.strip() else None
            if isinstance(document, dict) and "refused" in document:
                raise refused(**({"path": path.name, "limit": "", **document["refused"]}))
            if document is not None:
                yield document


def _row(line: int, texts: list[str], columns: tuple[str, ...], limits: Limits) -> Row | Refusal:
    spare = [text for text in texts[len(columns) :] if text]
    if spare:
        found = len(columns) + len(spare)
        return refusal(problem("too_many_cells", line=line, found=found, expected=len(columns)))
    padded = texts + [""] * (len(columns) - len(texts))
    for name, text in zip(columns, padded, strict=False):
        if len(text) > limits.cell_chars:
            return refusal(problem("cell_too_long", line=line, field=name, limit=limits.cell_chars))
    return Row(line, {name: text.strip() for name, text in zip(columns, padded, strict=False)})
