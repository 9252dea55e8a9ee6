"""A file of a directory, whatever its form, read into tables: JSON, a CSV, a ZIP or folder of CSVs.

Encodings, separators and bounds are those of all imports (decision 14); nothing is unpacked to
where the archive says, and what is no table of HSDS is told, not guessed at.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from warmhand.apps.people.importing.archives import excess
from warmhand.apps.people.importing.csv_reading import open_csv
from warmhand.apps.people.importing.encodings import find_encoding
from warmhand.apps.people.importing.limits import LIMITS, MEBIBYTE
from warmhand.apps.people.importing.problems import ImportRefused
from warmhand.apps.people.importing.rows import Refusal, Row
from warmhand.problems import Invalid

from .report import Done, Report
from .shape import SHAPES, entity_called
from .tables import Tables, TooMuch

MOST_BYTES: Final = 50 * MEBIBYTE
_PAGES: Final = ("contents", "content", "items", "results", "data", "entries")
_GUESSES: Final = (
    "organization", "service", "location", "service_at_location", "taxonomy", "taxonomy_term",
    "program",
)  # fmt: skip
"""What a single object may be; among equals the first."""


def unreadable(sentence: str, lift: str = "Export it again, as JSON or CSV.") -> Invalid:
    """The whole file can't be taken, and nothing was written."""
    return Invalid("directory_unreadable", sentence, lift=lift)


def read_hsds(path: Path, report: Report) -> Tables:
    """Every row of a file in the form of HSDS; raises Invalid where nothing can be read of it."""
    tables = Tables()
    try:
        _reader(path)(path, tables, report)
    except TooMuch:
        raise unreadable(
            f"{path.name} holds more rows than are read at once.", "Split it."
        ) from None
    except ImportRefused as refused:
        raise unreadable(refused.sentence, refused.lift) from refused
    tables.settle()
    return tables


def _reader(path: Path) -> Callable[[Path, Tables, Report], None]:
    if path.is_dir():
        return _read_folder
    if not path.is_file():
        raise unreadable(f"There is no file {path.name}.", "Check the path.")
    if path.stat().st_size > MOST_BYTES:
        raise unreadable(f"{path.name} is larger than {MOST_BYTES // MEBIBYTE} MB.", "Split it.")
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(b"PK"):
        return _read_zip
    return _read_table if path.suffix.lower() in (".csv", ".tsv") else _read_json


# tables


def _read_folder(path: Path, tables: Tables, report: Report) -> None:
    files = sorted(each for each in path.iterdir() if each.suffix.lower() == ".csv")
    if not files:
        raise unreadable(f"{path.name} holds no CSV files.")
    for each in files:
        _read_table(each, tables, report)


def _read_zip(path: Path, tables: Tables, report: Report) -> None:
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            beyond = excess(
                archive,
                packed=path.stat().st_size,
                entries=LIMITS.zip_entries,
                unpacked=LIMITS.zip_bytes,
                ratio=LIMITS.zip_ratio,
            )
            if beyond:
                raise unreadable(f"{path.name} would unpack to {beyond[0]}.", "Unpack it yourself.")
            _unpack(archive, Path(folder))
            _read_folder(Path(folder), tables, report)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        raise unreadable(f"{path.name} can't be unpacked.", "Unpack it yourself.") from broken


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    """Only tables, by their own names, and no more bytes than the bound, whatever it says."""
    left = LIMITS.zip_bytes
    for part in archive.infolist():
        name = part.filename.replace("\\", "/").rpartition("/")[2]
        if not name.lower().endswith(".csv") or name.startswith("."):
            continue
        with archive.open(part) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise unreadable("The archive unpacks to more than is read.", "Unpack it yourself.")
        (folder / Path(name).name).write_bytes(content)


def _read_table(path: Path, tables: Tables, report: Report) -> None:
    entity = entity_called(path.stem)
    if path.stat().st_size == 0:
        return
    if not entity:
        report.notes.append(f"{path.name} is no table of HSDS and is left out.")
        return
    table = open_csv(path, LIMITS)
    if entity == "taxonomy" and any(name.startswith("parent") for name in table.columns):
        entity = "taxonomy_term"
    for row in table.rows():
        place = f"{path.name}, line {row.line}"
        if isinstance(row, Refusal):
            sentence = " ".join(problem.sentence for problem in row.problems)
            report.rows.append(Done(place, "", "refused", sentence))
            continue
        tables.take(entity, _cells(entity, path.stem, row), place)


def _cells(entity: str, stem: str, row: Row) -> dict[str, Any]:
    cells: dict[str, Any] = {name.strip().lower(): value for name, value in row.cells.items()}
    if entity == "taxonomy_term" and "id" not in cells:
        cells["id"] = cells.pop("taxonomy_id", "")
    if entity == "address" and ("mail" in stem.lower() or "postal" in stem.lower()):
        cells["id"] = f"postal {cells.get('id', '')}"
        cells.setdefault("address_type", "postal")
    return cells


# JSON


def _read_json(path: Path, tables: Tables, report: Report) -> None:
    text = path.read_text(encoding=find_encoding(path))
    try:
        found = json.loads(text, parse_constant=_no_number)
    except (json.JSONDecodeError, RecursionError) as wrong:
        line = getattr(wrong, "lineno", 0)
        where = f" (line {line})" if line else ""
        raise unreadable(f"{path.name} is neither JSON nor a CSV or ZIP{where}.") from wrong
    try:
        _take_any(_clean(found), tables, report)
    except RecursionError as deep:
        raise unreadable(f"{path.name} is nested too deeply.") from deep


def _no_number(text: str) -> None:
    """NaN and infinities are no JSON: such a value isn't known."""


def _clean(value: Any) -> Any:
    """Without the signs that no text of ours can hold: NUL and halves of a character."""
    if isinstance(value, str):
        return (
            value.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, dict):
        return {_clean(name): _clean(each) for name, each in value.items()}
    return value


def _take_any(found: Any, tables: Tables, report: Report) -> None:
    if isinstance(found, list):
        _take_list(found, "", tables, report, "")
    elif not isinstance(found, dict):
        raise unreadable("The file holds a single value instead of a directory.")
    elif page := next((name for name in _PAGES if isinstance(found.get(name), list)), ""):
        _note_pages(found, report)
        _take_list(found[page], page, tables, report, "")
    elif by_table := dict(_tables_in(found)):
        for name, (entity, rows) in by_table.items():
            _take_list(rows, name, tables, report, entity)
    elif "openapi_url" in found:
        report.notes.append("This says where an HSDS service is; there are no providers in it.")
    else:
        _take_list([found], "", tables, report, "")


def _note_pages(found: Mapping[str, Any], report: Report) -> None:
    number, total = found.get("page_number"), found.get("total_pages")
    if isinstance(total, int) and total > 1:
        report.notes.append(f"This is page {number} of {total}: the others are files of their own.")


def _tables_in(found: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, list[Any]]]]:
    """The tabular form in one document: keys that name tables, each with a list of rows."""
    if isinstance(found.get("name"), str) and "id" in found:
        return
    for name, rows in found.items():
        entity = entity_called(name)
        if entity and isinstance(rows, list):
            yield name, (entity, rows)


def _take_list(rows: list[Any], name: str, tables: Tables, report: Report, entity: str) -> None:
    for number, each in enumerate(rows):
        place = f"{name}[{number}]" if name or len(rows) > 1 else "the file"
        if isinstance(each, dict):
            tables.take(entity or _guessed(each), each, place)
        elif each is not None:
            report.rows.append(Done(place, "", "refused", "This is no object but a single value."))


def _guessed(given: Mapping[str, Any]) -> str:
    """What an object is: the entity that knows most of its keys."""
    return max(_GUESSES, key=lambda entity: len(given.keys() & _known(entity)))


def _known(entity: str) -> set[str]:
    shape = SHAPES[entity]
    belongs = {f"{parent}_id" for parent in shape.belongs.split()}
    return {*shape.kinds(), *shape.many, *shape.one, *belongs}
