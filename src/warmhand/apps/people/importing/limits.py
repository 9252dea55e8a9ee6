"""How much of a stranger's file is read. One value; a test can lift any limit."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on a file; sizes in bytes or characters, times in seconds."""

    file_bytes: int = 100 * MEBIBYTE
    rows: int = 100_000
    columns: int = 200
    cell_chars: int = 32_767
    """As many as a spreadsheet cell can hold."""
    line_chars: int = 1 * MEBIBYTE
    record_lines: int = 500
    """A quoted cell with more line breaks than this is a quotation mark somebody forgot."""
    zip_entries: int = 1_000
    zip_bytes: int = 100 * MEBIBYTE
    zip_ratio: int = 100
    child_bytes: int = 512 * MEBIBYTE
    child_seconds: int = 60
    spool_bytes: int = 256 * MEBIBYTE
    card_line_bytes: int = 64 * 1024
    card_depth: int = 4
    card_properties: int = 200


LIMITS = Limits()
