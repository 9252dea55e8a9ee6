"""Writing a table back out: every cell made harmless to a spreadsheet that would run formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NewType

CsvText = NewType("CsvText", str)
"""A CSV document made by `csv_text`, the one place that makes any."""
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def neutral(cell: object) -> str:
    """The cell as text that no spreadsheet takes for a formula: an apostrophe in front.

    A number stays one: it has no letters to run.
    """
    if isinstance(cell, int | float | Decimal):
        return str(cell)
    text = "" if cell is None else str(cell)
    stripped = text.lstrip(" \u00a0\ufeff")
    return f"'{text}" if stripped.startswith(STARTS) else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> CsvText:
    """A whole CSV document with quoted, neutral cells."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return CsvText(out.getvalue())
