"""A file of providers into the directory: each its own step, told row by row, twice the same (P31).

A provider is known again by the identifier of the file, else by its name where that is one's alone.
What the file says is taken over; what it leaves empty stays as it is here, and nothing that stands
here and not in the file is removed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, transaction

from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.problems import Problem

from .csv_table import drafts_of_csv, is_own_table
from .drafts import Draft, ServiceDraft
from .fitting import shown
from .folding import hsds_id, service_id
from .reading import read_hsds
from .report import Done, Report, Told, What
from .shape import SHAPES
from .tables import NOT_ALONE, Row, Tables
from .unfolding import unfolded

SOURCE = "hsds"


def import_directory(*, by: Actor, path: Path) -> Report:
    """Bring in providers from HSDS 3 (JSON, ZIP or folder of CSVs; 2.x too) or from our own CSV.

    Returns the report of every provider; raises Invalid (`directory_unreadable`) where the whole
    file can't be read, and nothing is written then. Repeated with the same file it changes nothing.
    """
    report = Report(path.name)
    if is_own_table(path):
        drafts = list(drafts_of_csv(path, report))
    else:
        drafts = list(_drafts(read_hsds(path, report), report))
    if not drafts and not report.rows:
        report.notes.append("There is no organization and no service in it: nothing to bring in.")
    known = _Known()
    for draft in drafts:
        report.left_out.extend(draft.told)
        report.kept_aside.update(draft.aside)
        report.rows.append(_written(by, draft, known))
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


class _Known:
    """Providers that stand already: by identifier, and by name where that is one's alone."""

    def __init__(self) -> None:
        self.by_id: dict[str, Provider] = {}
        self.by_name: dict[str, list[Provider]] = defaultdict(list)
        for provider in Provider.objects.prefetch_related("services"):
            self.add(provider)

    def add(self, provider: Provider) -> None:
        self.by_id[hsds_id(provider)] = provider
        self.by_name[provider.name.casefold()].append(provider)

    def find(self, draft: Draft) -> Provider | None:
        if found := self.by_id.get(draft.ref):
            return found
        named = self.by_name.get(draft.name.casefold(), [])
        return named[0] if len(named) == 1 and not named[0].source_ref else None


def _written(by: Actor, draft: Draft, known: _Known) -> Done:
    if draft.refused:
        return Done(draft.place, draft.name, "refused", draft.refused)
    try:
        with transaction.atomic(), journal.one_act():
            provider, what = _write(by, draft, known.find(draft))
    except (Problem, DatabaseError) as wrong:
        return Done(draft.place, draft.name, "refused", _why(wrong))
    if what == "created":
        known.add(provider)
    return Done(draft.place, draft.name, what, "", provider.pk)


def _why(wrong: Exception) -> str:
    if not isinstance(wrong, Problem):
        return "The database can't hold this."
    places = "; ".join(f"{place.field}: {place.sentence}" for place in wrong.places)
    return f"{wrong.sentence} {places}".strip()


def _write(by: Actor, draft: Draft, there: Provider | None) -> tuple[Provider, What]:
    if there is None:
        made = journal.create(
            Provider,
            by=by,
            sentence=f"Brought in {draft.name} for the directory.",
            source=SOURCE,
            source_ref=draft.ref,
            **draft.values,
        )
        for each in draft.services:
            _make_service(by, made, each)
        return made, "created"
    fresh = Provider.objects.select_for_update().get(pk=there.pk)
    changed = _changed(by, fresh, draft)
    for each in draft.services:
        changed |= _write_service(by, there, each)
    return fresh, "updated" if changed else "unchanged"


def _changed(by: Actor, provider: Provider, draft: Draft) -> bool:
    """What the file says is taken over; a provider met by name gets the file's identifier."""
    values = {name: value for name, value in draft.values.items() if value not in ("", [], {})}
    if not provider.source_ref and hsds_id(provider) != draft.ref:
        values |= {"source": SOURCE, "source_ref": draft.ref}
    before = journal.snapshot(provider)
    sentence = f"Brought {provider.name} up to date in the directory."
    journal.change(provider, by=by, sentence=sentence, **values)
    return journal.snapshot(provider) != before


def _make_service(by: Actor, provider: Provider, draft: ServiceDraft) -> None:
    journal.create(
        Service,
        by=by,
        sentence=f"{provider.name} does {draft.values['name']}.",
        provider=provider,
        source_ref=draft.ref,
        **draft.values,
    )


def _write_service(by: Actor, provider: Provider, draft: ServiceDraft) -> bool:
    whose = hsds_id(provider)
    standing = list(provider.services.all())
    found = next((it for it in standing if service_id(it, whose) == draft.ref), None)
    if found is None:
        alike = [it for it in standing if it.name.casefold() == draft.values["name"].casefold()]
        found = alike[0] if len(alike) == 1 and not (draft.ref and alike[0].source_ref) else None
    if found is None:
        _make_service(by, provider, draft)
        return True
    before = journal.snapshot(found)
    sentence = f"Brought what {provider.name} does up to date: {found.name}."
    journal.change(found, by=by, sentence=sentence, **draft.values)
    return journal.snapshot(found) != before
