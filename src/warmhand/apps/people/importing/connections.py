"""A list of connections as LinkedIn gives it to its owner: Connections.csv, alone or in its zip.

Some lines of notes, then `First Name,Last Name,URL,Email Address,Company,Position,Connected On`;
older and foreign exports call the columns otherwise and write days otherwise. Only name, company,
position and the day leave this module: addresses and profiles of third persons are dropped here.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from warmhand.apps.people.importing.archives import unpack_one
from warmhand.apps.people.importing.csv_reading import CsvTable, open_csv_below
from warmhand.apps.people.importing.limits import LIMITS, Limits
from warmhand.apps.people.importing.problems import ImportProblem, problem, refused
from warmhand.apps.people.importing.rows import Refusal, Row
from warmhand.apps.people.importing.values import DateOrder, parse_date, split_date
from warmhand.apps.people.third_persons import without_contact_data

INSIDE: Final = "Connections.csv"
NOTES_LINES: Final = 40
"""So many lines may stand in front of the columns' names."""
LONGEST: Final = 200
FORMULA: Final = re.compile(r"=|[+@-][\w.'!]*[(|]")
HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "first": (
        "first name", "firstname", "given name", "vorname", "nombre", "prénom", "prenom",
        "nome", "voornaam",
    ),
    "last": (
        "last name", "lastname", "surname", "family name", "nachname", "apellidos", "apellido",
        "nom", "nom de famille", "cognome", "sobrenome", "achternaam",
    ),
    "name": ("name", "full name", "vollständiger name"),
    "company": (
        "company", "organization", "organisation", "firma", "unternehmen", "empresa",
        "entreprise", "société", "azienda", "bedrijf",
    ),
    "position": (
        "position", "title", "job title", "stelle", "cargo", "puesto", "poste", "fonction",
        "posizione", "functie", "función",
    ),
    "connected": (
        "connected on", "connected since", "vernetzt am", "kontakt seit", "verbunden seit",
        "conectado el", "conectado em", "relation depuis", "date de connexion", "collegato il",
        "verbonden op",
    ),
}  # fmt: skip
"""How exports of some languages and years call what we keep; all other columns are dropped."""


@dataclass(frozen=True, slots=True)
class Connection:
    """One person of the list: what is kept, and the line it stands on."""

    line: int
    name: str
    company: str = ""
    position: str = ""
    connected_on: dt.date | None = None


@contextmanager
def open_connections(path: Path, limits: Limits = LIMITS) -> Iterator[CsvTable]:
    """The table in `path`, a CSV file or a zip archive that holds one; raises `ImportRefused`."""
    _check_file(path, limits)
    with tempfile.TemporaryDirectory(prefix="warmhand-keys-") as folder:
        if path.suffix.lower() == ".zip":
            path = unpack_one(path, INSIDE, Path(folder), limits)
            _check_file(path, limits)
        table = open_csv_below(path, limits, is_header, within=NOTES_LINES)
        if table is None:
            raise refused("not_connections", line=1, path=path.name, limit=NOTES_LINES)
        if len(table.columns) > limits.columns:
            found = len(table.columns)
            raise refused(
                "too_many_columns", line=table.before + 1, found=found, limit=limits.columns
            )
        yield table


def _check_file(path: Path, limits: Limits) -> None:
    if not path.is_file():
        raise refused("file_missing", path=path.name)
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise refused("file_too_big", path=path.name, size=size, limit=limits.file_bytes)
    if not size:
        raise refused("file_empty", path=path.name)


def is_header(cells: list[str]) -> bool:
    """Whether a line names the columns: a first and a last name, or a name and a company."""
    found = _columns(cells).keys()
    return {"first", "last"} <= found or {"name", "company"} <= found


def _columns(cells: Iterable[str]) -> dict[str, str]:
    """What we keep -> the column that holds it, as the file calls it."""
    by_word = {_word(cell): cell for cell in reversed(list(cells))}
    found = {}
    for kept, words in HEADERS.items():
        column = next((by_word[word] for word in words if word in by_word), None)
        if column is not None:
            found[kept] = column
    return found


def _word(cell: str) -> str:
    return " ".join(cell.removeprefix("\ufeff").casefold().split())


def connections(table: CsvTable, *, today: dt.date, most: int) -> Iterator[Connection | Refusal]:
    """Every row as a connection, or as a refusal with its line, field and reason.

    At most `most` rows are read; raises `ImportRefused` beyond.
    """
    columns = _columns(table.columns)
    order = _order(table, columns.get("connected"))
    for number, row in enumerate(table.rows(), start=1):
        if number > most:
            raise refused("too_many_rows", line=row.line, limit=most)
        yield row if isinstance(row, Refusal) else _connection(row, columns, order, today)


def _order(table: CsvTable, column: str | None) -> DateOrder:
    """In which order the column writes its days; older exports are American."""
    firsts = [0]
    for row in table.rows() if column else ():
        found = (
            split_date(_day_text(row.cells[column])) if isinstance(row, Row) and column else None
        )
        if found and found[0] is None:
            firsts.append(found[1][0])
    return DateOrder.DAY_FIRST if max(firsts) > 12 else DateOrder.MONTH_FIRST


def _connection(
    row: Row, columns: Mapping[str, str], order: DateOrder, today: dt.date
) -> Connection | Refusal:
    raw = {kept: row.cells[column] for kept, column in columns.items()}
    found = [
        *_formulas(row.line, raw, columns),
        *_name_problems(row.line, raw, columns),
        *_day_problems(row.line, raw, columns, order, today),
    ]
    if found:
        return Refusal(row.line, tuple(found))
    kept = {name: _kept(text) for name, text in raw.items()}
    return Connection(
        row.line,
        _name(kept),
        kept.get("company", ""),
        kept.get("position", ""),
        _day(raw.get("connected", ""), order),
    )


def _formulas(
    line: int, raw: Mapping[str, str], columns: Mapping[str, str]
) -> Iterator[ImportProblem]:
    for kept, text in raw.items():
        if FORMULA.match(text):
            yield problem("formula", line=line, field=columns[kept])


def _name_problems(
    line: int, raw: Mapping[str, str], columns: Mapping[str, str]
) -> Iterator[ImportProblem]:
    field = columns.get("last") or columns["name"]
    given, name = _name(raw), _name({each: _kept(text) for each, text in raw.items()})
    if not given:
        yield problem("value_missing", line=line, field=field)
    elif not any(letter.isalpha() for letter in name):
        yield problem("name_is_contact", line=line, field=field)
    elif len(given) > LONGEST:
        yield problem("cell_too_long", line=line, field=field, limit=LONGEST)


def _day_problems(
    line: int, raw: Mapping[str, str], columns: Mapping[str, str], order: DateOrder, today: dt.date
) -> Iterator[ImportProblem]:
    text = raw.get("connected", "")
    day = _day(text, order)
    if text and day is None:
        yield problem("bad_date", line=line, field=columns["connected"], value=text, order=order)
    elif day and day > today:
        yield problem("day_to_come", line=line, field=columns["connected"], value=day)


def _name(values: Mapping[str, str]) -> str:
    """First and last name, or the whole one, as one text."""
    parts = (values.get("first", ""), values.get("last", ""))
    return " ".join(" ".join(parts).split()) or " ".join(values.get("name", "").split())


def _kept(text: str) -> str:
    """Without anything by which somebody could be reached; a headline that goes on is cut."""
    bare = without_contact_data("".join(c if c.isprintable() else " " for c in text))
    return bare if len(bare) <= LONGEST else f"{bare[: LONGEST - 1].rstrip()}…"


def _day_text(text: str) -> str:
    """`8/12/15, 4:14 PM` names its day before the comma."""
    date, comma, rest = text.rpartition(",")
    return date if comma and ":" in rest else text


def _day(text: str, order: DateOrder) -> dt.date | None:
    return parse_date(_day_text(text), order)
