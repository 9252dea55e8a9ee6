"""Our own CSV: one row for each provider, the same columns out and in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from warmhand.apps.directory.models import Provider
from warmhand.apps.directory.queries.spoken import country_code, language_code
from warmhand.apps.people.importing.csv_reading import open_csv
from warmhand.apps.people.importing.exporting import STARTS, CsvText, csv_text
from warmhand.apps.people.importing.limits import LIMITS
from warmhand.apps.people.importing.problems import ImportRefused
from warmhand.apps.people.importing.rows import Refusal

from .drafts import Draft, service_draft
from .folding import hsds_id
from .reading import MOST_BYTES, too_large, unreadable
from .report import Done, Report
from .shape import entity_called, identifier, is_identifier

COLUMNS: Final = {
    "id": "The identifier of the provider; empty for a new one.",
    "name": "The firm or the person. The one column that is needed.",
    "kind": "firm or person.",
    "contact_name": "Whom to speak to.",
    "email": "One address.",
    "phone": "One number.",
    "website": "Beginning with https://.",
    "about": "What they are good at.",
    "services": "What they do, one a line; a category code in brackets: Notary [541120].",
    "street": "Street and number.",
    "city": "City.",
    "postcode": "Postcode.",
    "country": "Two letters, or the English name.",
    "latitude": "Degrees, with longitude.",
    "longitude": "Degrees, with latitude.",
    "reach_km": "How far they come, in kilometres.",
    "languages": "Codes with spaces between: de en.",
    "capacity": "open, limited or full.",
    "away_from": "First day away, year-month-day.",
    "away_until": "Last day away.",
    "licence": "Their licence.",
    "licence_until": "Its last day.",
    "price": "1 (low) to 4 (highest).",
    "why_confident": "Why one can be confident.",
    "public_words": "What the public page says.",
}
"""Every column and what stands in it."""
_ALSO: Final = {
    "zip": "postcode",
    "postal_code": "postcode",
    "url": "website",
    "web": "website",
    "e_mail": "email",
    "telephone": "phone",
    "description": "about",
    "contact": "contact_name",
    "address": "street",
    "license": "licence",
    "license_until": "licence_until",
    "company": "name",
    "provider": "name",
}
_CODE = re.compile(r"[0-9A-Za-z-]{1,12}")
_APART = re.compile(r"[\s,;|]+")
_PLAIN: Final = tuple(name for name in COLUMNS if name not in ("id", "services"))


def directory_csv() -> CsvText:
    """The directory as CSV, by name; cells that a spreadsheet would run are made harmless."""
    rows = Provider.objects.prefetch_related("services").order_by("name", "id")
    return csv_text(list(COLUMNS), ([_cell(it, name) for name in COLUMNS] for it in rows))


def _cell(provider: Provider, name: str) -> Any:
    if name == "id":
        return hsds_id(provider)
    if name == "languages":
        return " ".join(provider.languages)
    if name == "services":
        return "\n".join(map(_service_line, provider.services.all()))
    return getattr(provider, name)


def _service_line(service: Any) -> str:
    plain = " ".join(service.name.split())
    return f"{plain} [{service.category}]" if service.category else plain


def is_own_table(path: Path) -> bool:
    """Whether a CSV is a table of providers and none of HSDS's tables."""
    return path.suffix.lower() in (".csv", ".tsv") and path.is_file() and not _is_hsds(path)


def _is_hsds(path: Path) -> bool:
    return bool(entity_called(path.stem)) and path.stem.lower() not in ("provider", "providers")


def drafts_of_csv(path: Path, report: Report) -> Iterator[Draft]:
    """Every row as a provider; rows that can't be read are in the report already."""
    if path.stat().st_size > MOST_BYTES:
        raise too_large(path.name)
    try:
        table = open_csv(path, LIMITS)
        names = {column: _named(column) for column in table.columns}
        if "name" not in names.values():
            raise unreadable(f"{path.name} has no column “name”.", _LIFT)
        left = [column for column, name in names.items() if not name]
        if left:
            report.notes.append(f"Columns left out: {', '.join(left)}.")
        for row in table.rows():
            if isinstance(row, Refusal):
                said = " ".join(problem.sentence for problem in row.problems)
                report.rows.append(Done(f"line {row.line}", "", "refused", said))
                continue
            cells = {
                names[column]: _as_written(cell, names[column])
                for column, cell in row.cells.items()
            }
            yield _draft(f"line {row.line}", cells)
    except ImportRefused as refused:
        raise unreadable(refused.sentence, refused.lift) from refused


_LIFT: Final = "Name the columns in the first row: name, email, phone, city, services and so on."


def _named(column: str) -> str:
    plain = re.sub(r"[^a-z]+", "_", column.strip().lower()).strip("_")
    found = _ALSO.get(plain, plain)
    return found if found in COLUMNS else ""


def _as_written(cell: str, column: str) -> str:
    """A cell as it was before our export made it harmless."""
    inner = cell[1:]
    if column == "services" and inner.startswith("\n"):
        return cell  # no list of ours begins with an empty line: the first one is called "'"
    harmless = cell.startswith("'") and inner.lstrip(" \u00a0\ufeff").startswith(STARTS)
    return inner if harmless else cell


def _draft(place: str, cells: dict[str, str]) -> Draft:
    name = " ".join(cells.get("name", "").split())
    given = cells.get("id", "")
    known = is_identifier(given)
    ref = given.lower() if known else identifier(f"{given}|{name.casefold()}", "organization")
    draft = Draft(place, ref)
    if not name:
        draft.refused = "The name is empty."
        return draft
    for column in _PLAIN:
        if value := cells.get(column, ""):
            _take(draft, column, value)
    if ("latitude" in draft.values) != ("longitude" in draft.values):
        draft.tell("latitude", "A place has a latitude and a longitude.")
        draft.values.pop("latitude", None), draft.values.pop("longitude", None)
    if "name" not in draft.values:
        draft.refused = "The name is too long."
    _take_services(draft, cells.get("services", ""))
    return draft


def _take(draft: Draft, column: str, value: str) -> None:
    if column == "languages":
        codes = [(word, language_code(word)) for word in _APART.split(value) if word]
        for word, code in codes:
            if not code:
                draft.tell("languages", f"“{word[:40]}” is no language that we know.")
        draft.take("languages", list(dict.fromkeys(code for _, code in codes if code)))
    elif column == "country":
        code = country_code(value)
        if not code:
            draft.tell("country", f"“{value[:80]}” is no country that we know.")
        draft.take("country", code)
    elif column in ("kind", "capacity"):
        draft.take(column, value.lower())
    elif column == "website" and "://" not in value:
        draft.take(column, f"https://{value}")
    else:
        draft.take(column, " ".join(value.split()) if column == "name" else value)


def _take_services(draft: Draft, text: str) -> None:
    for number, line in enumerate(text.splitlines()):
        if not line.strip():
            continue
        name, _, category = line.strip().removesuffix("]").rpartition("[")
        coded = line.rstrip().endswith("]") and name.strip() and _CODE.fullmatch(category)
        values = {"name": name.strip(), "category": category} if coded else {"name": line.strip()}
        service_draft(draft, "", values, f"{draft.place}, services line {number + 1}")
