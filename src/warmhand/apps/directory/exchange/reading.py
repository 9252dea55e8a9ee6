"""A file of a directory, whatever its form, read into tables: JSON, a CSV, a ZIP or folder of CSVs.

Encodings, separators and bounds are those of all imports (decision 14); nothing is unpacked to
where the archive says, and what is no table of HSDS is told, not guessed at.
"""

from __future__ import annotations

import codecs
import gzip
import json
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

from warmhand.apps.people.importing.archives import PIECE, excess, write_part
from warmhand.apps.people.importing.csv_reading import open_csv
from warmhand.apps.people.importing.encodings import find_encoding
from warmhand.apps.people.importing.limits import LIMITS, MEBIBYTE
from warmhand.apps.people.importing.problems import ImportRefused
from warmhand.apps.people.importing.rows import Refusal, Row
from warmhand.problems import Invalid

from .report import Done, Report
from .shape import SHAPES, entity_called
from .tables import OLD_NAMES, Tables, TooMuch, key_of

MOST_BYTES: Final = 100 * MEBIBYTE
MOST_PARTS: Final = 2_000_000
"""Objects and lists of one JSON file, counted before it is parsed: each takes far more memory than
the two letters it is written with."""
EMPTY: Final = ("", "NULL", "null", "\\N")
"""Cells with which databases say that there is nothing."""
OWNING: Final = ("service", "organization", "location", "service_at_location", "contact", "phone")
"""What a row of a table of others may belong to, what counts most first."""
_WRAPS: Final = ("data", "result", "response", "body", "payload")
_PAGES: Final = ("contents", "content", "items", "results", "data", "entries")
_JSON: Final = (".json", ".ndjson", ".jsonl")
_OTHER_FORMS: Final = (".zip", ".gz", ".7z", ".xlsx", ".xls", ".ods", ".xml", ".parquet", ".sqlite")
_GUESSES: Final = (
    "organization", "service", "location", "service_at_location", "taxonomy", "taxonomy_term",
    "program",
)  # fmt: skip
"""What a single object may be; among equals the first."""


def unreadable(sentence: str, lift: str = "Export it again, as JSON or CSV.") -> Invalid:
    """The whole file can't be taken, and nothing was written."""
    return Invalid("directory_unreadable", sentence, lift=lift)


def too_large(name: str) -> Invalid:
    """A file beyond the bound."""
    return unreadable(f"{name} is larger than {MOST_BYTES // MEBIBYTE} MB.", "Split it.")


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """The file; where it is packed alone (gzip), what is in it, under its name without the ending.

    Written in pieces, and no more bytes than the bound.
    """
    if not path.is_file() or not _starts(path, b"\x1f\x8b"):
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / (path.name.removesuffix(".gz").removesuffix(".GZ") or "file")
        try:
            with gzip.open(path) as file, to.open("wb") as out:
                while out.tell() <= MOST_BYTES and (piece := file.read(PIECE)):
                    out.write(piece)
        except (OSError, EOFError, zlib.error) as broken:
            raise unreadable(f"{path.name} can't be unpacked.", "Unpack it yourself.") from broken
        yield to


def _starts(path: Path, with_: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(with_)) == with_


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
        raise too_large(path.name)
    if _starts(path, b"PK"):
        return _read_zip
    return _read_table if path.suffix.lower() in (".csv", ".tsv") else _read_json


# tables and folders


def _read_folder(path: Path, tables: Tables, report: Report) -> None:
    """Tables and pages of a folder and of the folders in it."""
    files = [each for each in (*path.iterdir(), *path.glob("*/*")) if each.is_file()]
    _tell_unread((each.name for each in files), report)
    named = _names_of_package(files)
    read = [each for each in sorted(files) if _is_content(each)]
    if not read:
        raise unreadable(f"{path.name} holds no CSV or JSON files.")
    for each in read:
        if each.stat().st_size > MOST_BYTES:
            raise unreadable(
                f"{each.name} is larger than {MOST_BYTES // MEBIBYTE} MB.", "Split it."
            )
        if each.suffix.lower() in _JSON:
            _read_json(each, tables, report, several=len(read) > 1)
        else:
            _read_table(each, tables, report, named.get(each.name.lower(), ""))


def _is_content(path: Path) -> bool:
    """What may tell of providers: no hidden files, and no descriptions of the tables."""
    described = path.name.lower() in ("datapackage.json", "package.json")
    return _may_be_content(path.name) and not described


def _tell_unread(names: Iterable[str], report: Report) -> None:
    """Files that may hold data, in a form that isn't read within an archive or a folder."""
    for name in names:
        plain = name.replace("\\", "/").rpartition("/")[2]
        if plain.lower().endswith(_OTHER_FORMS) and "__MACOSX" not in name:
            report.notes.append(f"{plain} is neither CSV nor JSON and is left out.")


def _may_be_content(name: str) -> bool:
    hidden = name.startswith((".", "~$", "_"))
    return name.lower().endswith((".csv", ".tsv", *_JSON)) and not hidden


def _names_of_package(files: list[Path]) -> dict[str, str]:
    """What the `datapackage.json` calls the tables, by the names of their files."""
    found: dict[str, str] = {}
    for path in files:
        if path.name.lower() == "datapackage.json" and path.stat().st_size <= MEBIBYTE:
            with suppress(ValueError, RecursionError):
                found |= dict(_resources(json.loads(path.read_bytes())))
    return found


def _resources(package: Any) -> Iterator[tuple[str, str]]:
    listed = package.get("resources") if isinstance(package, dict) else None
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and isinstance(each.get("path"), str):
            yield each["path"].rpartition("/")[2].lower(), str(each.get("name", ""))


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
            _tell_unread((part.filename for part in archive.infolist()), report)
            _read_folder(Path(folder), tables, report)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        raise unreadable(f"{path.name} can't be unpacked.", "Unpack it yourself.") from broken


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    """Only tables and pages, by their own names, and no more bytes than the bound.

    Two of one name, from two folders of the archive, are both there.
    """
    left = LIMITS.zip_bytes
    for number, part in enumerate(archive.infolist()):
        name = Path(part.filename.replace("\\", "/").rpartition("/")[2]).name
        if not _may_be_content(name) or "__MACOSX" in part.filename:
            continue
        target = folder / name
        if target.exists():
            target = folder / str(number) / name
            target.parent.mkdir()
        left -= write_part(archive, part, target, left)
        if left < 0:
            raise unreadable("The archive unpacks to more than is read.", "Unpack it yourself.")


def _read_table(path: Path, tables: Tables, report: Report, called: str = "") -> None:
    entity = entity_called(path.stem) or entity_called(called)
    if path.stat().st_size <= len(codecs.BOM_UTF8):
        return
    table = open_csv(path, LIMITS)
    if entity == "taxonomy" and any(name.startswith("parent") for name in table.columns):
        entity = "taxonomy_term"
    owners = [] if entity else list(_owners(table.columns))
    if not entity and not owners:
        report.notes.append(f"{path.name} is no table of HSDS and is left out.")
        return
    for row in table.rows():
        place = f"{path.name}, line {row.line}"
        if isinstance(row, Refusal):
            sentence = " ".join(problem.sentence for problem in row.problems)
            report.rows.append(Done(place, "", "refused", sentence))
        elif entity:
            tables.take(entity, _cells(entity, path.stem, row), place)
        else:
            _take_loose(tables, path.stem, owners, row, place)


def _owners(columns: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Columns of a table of others that say what its rows belong to."""
    for column in columns:
        entity = column.strip().lower().removesuffix("_id")
        if column.strip().lower().endswith("_id") and entity in OWNING:
            yield entity, column


def _take_loose(
    tables: Tables, name: str, owners: list[tuple[str, str]], row: Row, place: str
) -> None:
    """A row that HSDS has no table for is kept with what it belongs to, as it is."""
    entity, column = next(
        (each for each in owners if row.cells.get(each[1], "").strip()), owners[0]
    )
    values = {name: value for name, value in row.cells.items() if value not in EMPTY}
    target = key_of(values.pop(column, ""))
    tables.loose.append((entity, target, name.strip().lower(), values, place))


def _cells(entity: str, stem: str, row: Row) -> dict[str, Any]:
    known = _known(entity)
    cells: dict[str, Any] = {}
    for name, value in row.cells.items():
        plain = name.strip().lower()
        own = plain in known or plain in OLD_NAMES.get(entity, {}) or plain.endswith("id")
        if value not in EMPTY:
            cells[plain if own else name.strip()] = value if own else _deep(value)
    if entity == "taxonomy_term" and "id" not in cells:
        cells["id"] = cells.pop("taxonomy_id", "")
    if entity == "address" and ("mail" in stem.lower() or "postal" in stem.lower()):
        cells["id"] = f"postal {cells.get('id', '')}"
        cells.setdefault("address_type", "postal")
    return cells


def _deep(value: str) -> Any:
    """A cell of a column beside the standard's: a list or object of JSON is one again."""
    if value[:1] in ("[", "{"):
        with suppress(ValueError, RecursionError):
            return _clean(json.loads(value, parse_constant=_no_number))
    return value


# JSON


def _read_json(path: Path, tables: Tables, report: Report, *, several: bool = False) -> None:
    text = path.read_text(encoding=find_encoding(path))
    if text.count("{") + text.count("[") > MOST_PARTS:
        raise TooMuch
    try:
        _take_any(_clean(_parsed(text, path)), tables, report, path.name if several else "")
    except RecursionError as deep:
        raise unreadable(f"{path.name} is nested too deeply.") from deep


def _parsed(text: str, path: Path) -> Any:
    """One value of JSON; or an object a line (NDJSON), then a list of them."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as wrong:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        if len(lines) > 1 and _is_object(lines[0][1]):
            return [_parsed_line(line, number, path) for number, line in lines]
        raise _no_json(path, wrong.lineno) from wrong


def _is_object(line: str) -> bool:
    with suppress(json.JSONDecodeError):
        return isinstance(json.loads(line, parse_constant=_no_number), dict)
    return False


def _parsed_line(line: str, number: int, path: Path) -> Any:
    try:
        return json.loads(line, parse_constant=_no_number)
    except json.JSONDecodeError as wrong:
        raise _no_json(path, number) from wrong


def _no_json(path: Path, line: int) -> Invalid:
    return unreadable(f"{path.name} is neither JSON nor a CSV or ZIP (line {line}).")


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


def _take_any(found: Any, tables: Tables, report: Report, file: str = "") -> None:
    """`file`: its name, where several are read."""
    if isinstance(found, list):
        _take_list(found, file, tables, report, "")
    elif not isinstance(found, dict):
        raise unreadable("The file holds a single value instead of a directory.")
    elif page := next((name for name in _PAGES if isinstance(found.get(name), list)), ""):
        if not file:
            _note_pages(found, report)
        _take_list(found[page], _in_file(file, page), tables, report, "")
    elif by_table := list(_tables_in(found)):
        for name, entity, rows in by_table:
            _take_list(rows, _in_file(file, name), tables, report, entity)
    elif wrapped := next(
        (found[name] for name in _WRAPS if isinstance(found.get(name), dict)), None
    ):
        _take_any(wrapped, tables, report, file)
    elif "openapi_url" in found:
        report.notes.append("This says where an HSDS service is; there are no providers in it.")
    else:
        _take_list([found], file, tables, report, "")


def _in_file(file: str, name: str) -> str:
    return f"{file}: {name}" if file else name


def _note_pages(found: Mapping[str, Any], report: Report) -> None:
    number, total = found.get("page_number"), found.get("total_pages")
    if isinstance(total, int) and total > 1:
        report.notes.append(f"This is page {number} of {total}: the others are files of their own.")


def _tables_in(found: Mapping[str, Any]) -> Iterator[tuple[str, str, list[Any]]]:
    """The tabular form in one document: keys that name tables, each with a list of rows."""
    if isinstance(found.get("name"), str) or "id" in found:
        return
    for name, rows in found.items():
        entity = entity_called(name)
        if entity and isinstance(rows, list | dict):
            yield name, entity, rows if isinstance(rows, list) else [rows]


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


@cache
def _known(entity: str) -> set[str]:
    shape = SHAPES[entity]
    belongs = {f"{parent}_id" for parent in shape.belongs.split()}
    return {*shape.kinds(), *shape.many, *shape.one, *belongs}
