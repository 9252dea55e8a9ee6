"""A file of providers into the directory: each its own step, told row by row, twice the same (P31).

A provider is known again by the identifier of the file, else by its name where that is one's alone.
What the file says is taken over; what it leaves empty stays as it is here, and nothing that stands
here and not in the file is removed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from warmhand.apps.island.actor import Actor

from .csv_table import drafts_of_csv, is_own_table
from .drafts import Draft
from .fitting import shown
from .reading import opened, read_hsds
from .report import Report, Told
from .shape import SHAPES
from .tables import NOT_ALONE, Row, Tables
from .unfolding import unfolded
from .writing import Writing


def import_directory(*, by: Actor, path: Path) -> Report:
    """Bring in providers from HSDS 3 (JSON, ZIP or folder of CSVs; 2.x too) or from our own CSV.

    An object a line (NDJSON) is read too, and a file packed with gzip.

    Returns the report of every provider; raises Invalid (`directory_unreadable`) where the whole
    file can't be read, and nothing is written then. Repeated with the same file it changes nothing.
    """
    report = Report(path.name)
    with opened(path) as file:
        own = is_own_table(file)
        read = drafts_of_csv(file, report) if own else _drafts(read_hsds(file, report), report)
        drafts = list(read)
    if not drafts and not report.rows:
        report.notes.append("There is no organization and no service in it: nothing to bring in.")
    for draft in drafts:
        report.left_out.extend(draft.told)
        report.kept_aside.update(draft.aside)
    report.rows.extend(Writing(by).all_of(drafts))
    return report


def _drafts(tables: Tables, report: Report) -> Iterator[Draft]:
    owners: dict[str, list[str]] = {key: [] for key in tables.rows["organization"]}
    for key, row in tables.rows["service"].items():
        owner = _owner(tables, key, row.values)
        if owner not in owners:
            _stand_in(tables, owner, row)
        owners.setdefault(owner, []).append(key)
    for key, services in owners.items():
        place = tables.rows["organization"][key].place
        yield unfolded(tables, key, services, place)
    report.left_out.extend(tables.told)
    _tell_unused(tables, report)


def _stand_in(tables: Tables, owner: str, row: Row) -> None:
    """A service whose organization isn't in the file: a provider who is called after it."""
    tables.take("organization", {"id": owner}, row.place)
    if not owner.startswith("~"):
        sentence = f"There is no organization “{owner}” in the file: the service stands for it."
        tables.tell(row.place, "organization_id", sentence)


def _tell_unused(tables: Tables, report: Report) -> None:
    """What belongs to nobody is told, each where it stands; terms and units alone are counted."""
    alone: Counter[str] = Counter()
    for entity, _, row in tables.unused():
        if entity in NOT_ALONE:
            alone[entity] += 1
            continue
        named = [
            f"{parent} “{key}”"
            for parent in SHAPES[entity].belongs.split()
            if (key := row.values.get(f"{parent}_id")) and key not in tables.rows[parent]
        ]
        why = f"There is no {' and no '.join(named)} in the file." if named else _NOBODY_S
        said = ", ".join(f"{name} “{shown(value)}”" for name, value in row.values.items())
        report.left_out.append(Told(row.place, entity, f"{why} Left out: {said}."))
    for entity, number in alone.items():
        what = f"{number} {SHAPES[entity].file.removesuffix('.csv').replace('_', ' ')}"
        report.notes.append(f"{what} were read that no provider here uses; they are left out.")


_NOBODY_S: Final = "It belongs to no organization and no service of the file."


def _owner(tables: Tables, service: str, values: dict[str, Any]) -> str:
    """The organization of a service: named, by where it is, by its program; else one of its own."""
    if named := values.get("organization_id"):
        return str(named)
    for entity in ("location", "program"):
        row = tables.rows[entity].get(str(values.get(f"{entity}_id", "")))
        if row and row.values.get("organization_id"):
            return str(row.values["organization_id"])
    return f"~of service {service}"
