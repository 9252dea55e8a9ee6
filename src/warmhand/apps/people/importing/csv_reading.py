"""Reading CSV: encoding, separator, and a stream of rows that never holds more than one record.

The csv module does the parsing (strictly); around it stands a feed of lines that bounds each line
and knows on which line a record began, so that a forgotten quotation mark is named by its place.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from warmhand.apps.people.importing.encodings import find_encoding
from warmhand.apps.people.importing.limits import Limits
from warmhand.apps.people.importing.problems import problem, refused
from warmhand.apps.people.importing.rows import Refusal, Row, Rows, refusal, unique_names

DELIMITERS = ",;\t|"
BROKEN = "\ufffe"
"""First cell of a record that could not be parsed; the code of its problem is the second one.

A code point that no text may hold, so that no real first cell equals it."""


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A CSV file that was looked at: how to read it, and the names of its columns."""

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    limits: Limits
    before: int = 0
    """Lines in front of the header that are no part of the table."""

    def rows(self) -> Rows:
        """Every row after the header; raises `ImportRefused` when rows cannot be told apart."""
        records = _records(self.path, self.encoding, self.delimiter, self.limits, self.before)
        next(records, None)
        for line, cells in records:
            yield _row(line, cells, self.columns, self.limits)


def open_csv(path: Path, limits: Limits, encoding: str | None = None) -> CsvTable:
    """Find encoding, separator and columns of `path`; raises `ImportRefused`."""
    found = find_encoding(path, encoding)
    delimiter = find_delimiter(path, found, limits)
    _line, header = next(_records(path, found, delimiter, limits), (0, []))
    if not any(cell.strip() for cell in header):
        raise refused("file_empty", path=path.name)
    if len(header) > limits.columns:
        raise refused("too_many_columns", line=1, found=len(header), limit=limits.columns)
    return CsvTable(path, found, delimiter, unique_names(header), limits)


def find_delimiter(path: Path, encoding: str, limits: Limits) -> str:
    """The separator that splits the first lines most evenly; a comma when nothing speaks."""
    with path.open(encoding=encoding, newline="") as file:
        sample = [file.readline(limits.line_chars) for _ in range(20)]
    if sample[0].lower().startswith("sep=") and len(sample[0].strip()) == 5:
        return sample[0].strip()[-1]
    return max(DELIMITERS, key=lambda mark: (_evenness(sample, mark), -DELIMITERS.index(mark)))


def _evenness(sample: list[str], mark: str) -> tuple[bool, int]:
    counts = [_outside_quotes(line, mark) for line in sample if line.strip()]
    head = counts[0] if counts else 0
    return head > 0, sum(head for count in counts if count == head)


def _outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


class _Feed:
    """Lines for the csv module: bounded, counted, and aware of open quotation marks."""

    def __init__(self, file: IO[str], delimiter: str, limits: Limits) -> None:
        self.file = file
        self.delimiter = delimiter
        self.limits = limits
        self.line = 0
        self.began = 1
        self.open = False

    def pass_over(self, lines: int) -> None:
        for _ in range(lines):
            self.file.readline()
        self.line += lines

    def start_record(self) -> None:
        self.began = self.line + 1
        self.open = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        text = self.file.readline(self.limits.line_chars)
        if not text:
            raise StopIteration
        self.line += 1
        if self.line - self.began > self.limits.record_lines:
            raise refused("quote_not_closed", line=self.began)
        odd = text.count('"') % 2 == 1
        if len(text) >= self.limits.line_chars and not text.endswith(("\n", "\r")):
            return self._skip(odd)
        self.open ^= odd
        return text.replace("\x00", "")

    def _skip(self, odd: bool) -> str:
        """Read past an over-long line; only a line whose quotes are whole can be left out alone."""
        while (chunk := self.file.readline(self.limits.line_chars)) and chunk[-1] not in "\r\n":
            odd ^= chunk.count('"') % 2 == 1
        odd ^= chunk.count('"') % 2 == 1
        if odd or self.open:
            raise refused("quote_not_closed", line=self.began)
        return f"{BROKEN}{self.delimiter}line_too_long\n"


def open_csv_below(
    path: Path, limits: Limits, is_header: Callable[[list[str]], bool], *, within: int
) -> CsvTable | None:
    """A table that begins below some lines of prose: at the first line that `is_header`.

    None where none of the first `within` lines is. The header is one line; lines are counted from
    the top of the file all the same.
    """
    found = find_encoding(path)
    with path.open(encoding=found, newline="") as file:
        for before in range(within):
            text = file.readline(limits.line_chars)
            for mark in DELIMITERS:
                if is_header(header := _cells(text, mark)):
                    return CsvTable(path, found, mark, unique_names(header), limits, before)
    return None


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return []


def _records(
    path: Path, encoding: str, delimiter: str, limits: Limits, before: int = 0
) -> Iterator[tuple[int, list[str]]]:
    """(line it begins on, cells) of every record that is not blank, the header first."""
    with path.open(encoding=encoding, newline="") as file:
        feed = _Feed(file, delimiter, limits)
        feed.pass_over(before)
        reader = csv.reader(feed, delimiter=delimiter, strict=True)
        count = -1
        while (cells := _next(reader, feed)) is not None:
            if not any(cells) or _separator_line(feed.began, cells):
                continue
            count += 1
            if count > limits.rows:
                raise refused("too_many_rows", line=feed.began, limit=limits.rows)
            yield feed.began, cells


def _separator_line(line: int, cells: list[str]) -> bool:
    """`sep=;`, which spreadsheets put on the first line to name the separator."""
    return line == 1 and cells[0].lower().startswith("sep=") and len("".join(cells)) <= 5


def _next(reader: Iterator[list[str]], feed: _Feed) -> list[str] | None:
    feed.start_record()
    try:
        return next(reader, None)
    except csv.Error as error:
        if feed.open or feed.line != feed.began:
            raise refused("quote_not_closed", line=feed.began) from error
        return [BROKEN, "cell_too_long" if "limit" in str(error) else "quote_inside"]


def _row(line: int, cells: list[str], columns: tuple[str, ...], limits: Limits) -> Row | Refusal:
    if cells[0] == BROKEN and len(cells) == 2:
        limit = limits.line_chars if cells[1] == "line_too_long" else limits.cell_chars
        return refusal(problem(cells[1], line=line, limit=limit))
    if len(cells) != len(columns):
        code = "too_few_cells" if len(cells) < len(columns) else "too_many_cells"
        return refusal(problem(code, line=line, found=len(cells), expected=len(columns)))
    for name, cell in zip(columns, cells, strict=True):
        if len(cell) > limits.cell_chars:
            return refusal(problem("cell_too_long", line=line, field=name, limit=limits.cell_chars))
    return Row(line, {name: cell.strip() for name, cell in zip(columns, cells, strict=True)})
