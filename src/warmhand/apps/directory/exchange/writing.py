"""Drafts into the directory: what is new in bulk, what stands already one by one (P31).

Each provider is its own act, that can be undone; what one of them is refused for costs no other.
Where nothing is to change, nothing is asked of the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import DatabaseError, transaction

from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import current_workspace_id
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.values import check
from warmhand.problems import Problem

from .drafts import Draft, ServiceDraft
from .folding import hsds_id, service_id
from .report import Done, What

SOURCE: Final = "hsds"
AT_ONCE: Final = 500
"""So many new providers are written in one step."""


@dataclass(slots=True)
class _New:
    """A provider that is to be written: where in the file, and what they do."""

    at: int
    draft: Draft
    provider: Provider
    services: list[Service]


class _Known:
    """Providers that stand already: by identifier, and by name where that is one's alone."""

    def __init__(self) -> None:
        self.by_id: dict[str, Provider] = {}
        self.by_name: dict[str, dict[int, Provider]] = defaultdict(dict)
        for provider in Provider.objects.prefetch_related("services"):
            self.add(provider)

    def add(self, provider: Provider) -> None:
        self.by_id[hsds_id(provider)] = provider
        self.by_name[provider.name.casefold()][provider.pk] = provider

    def renew(self, old: Provider, fresh: Provider) -> None:
        """After a change: under its name and identifier of now."""
        self.by_id.pop(hsds_id(old), None)
        self.by_name[old.name.casefold()].pop(old.pk, None)
        self.add(fresh)

    def find(self, draft: Draft) -> Provider | None:
        if found := self.by_id.get(draft.ref):
            return found
        named = [*self.by_name[draft.name.casefold()].values()]
        return named[0] if len(named) == 1 and not named[0].source_ref else None


class Writing:
    """One import on its way into the directory."""

    def __init__(self, by: Actor) -> None:
        self._by = by
        self._known = _Known()
        self._new: list[_New] = []
        self._names: set[str] = set()
        self._done: dict[int, Done] = {}

    def all_of(self, drafts: Sequence[Draft]) -> list[Done]:
        """Write every draft; returns what became of each, in their order."""
        for at, draft in enumerate(drafts):
            self._take(at, draft)
        self._flush()
        return [self._done[at] for at in range(len(drafts))]

    def _take(self, at: int, draft: Draft) -> None:
        if draft.refused:
            self._done[at] = Done(draft.place, draft.name, "refused", draft.refused)
            return
        if {draft.ref, draft.name.casefold()} & self._names or len(self._new) >= AT_ONCE:
            self._flush()
        there = self._known.find(draft)
        if there is None:
            self._plan(at, draft)
        elif _says_the_same(there, draft):
            self._done[at] = Done(draft.place, draft.name, "unchanged", "", there.pk)
        else:
            self._done[at] = self._alone(draft, there)

    def _plan(self, at: int, draft: Draft) -> None:
        """To be written with the next others, if its fields can be held."""
        workspace = {"workspace_id": current_workspace_id()}
        made = Provider(source=SOURCE, source_ref=draft.ref, **draft.values, **workspace)
        done = [Service(source_ref=it.ref, **it.values, **workspace) for it in draft.services]
        try:
            for each in (made, *done):
                check(each)
        except Problem as wrong:
            self._done[at] = Done(draft.place, draft.name, "refused", _why(wrong))
            return
        self._new.append(_New(at, draft, made, done))
        self._names |= {draft.ref, draft.name.casefold()}

    def _flush(self) -> None:
        """Write what is planned in one step; where the database refuses, one after the other."""
        planned, self._new, self._names = self._new, [], set()
        if not planned:
            return
        try:
            with transaction.atomic():
                _create(self._by, planned)
        except DatabaseError:
            for each in planned:
                self._done[each.at] = self._alone(each.draft, None)
            return
        for each in planned:
            self._known.add(each.provider)
            draft, key = each.draft, each.provider.pk
            self._done[each.at] = Done(draft.place, draft.name, "created", "", key)

    def _alone(self, draft: Draft, there: Provider | None) -> Done:
        try:
            with transaction.atomic(), journal.one_act():
                provider, what = _write(self._by, draft, there)
        except (Problem, DatabaseError) as wrong:
            return Done(draft.place, draft.name, "refused", _why(wrong))
        if there is None:
            self._known.add(provider)
        else:
            self._known.renew(there, provider)
        return Done(draft.place, draft.name, what, "", provider.pk)


def _why(wrong: Exception) -> str:
    if not isinstance(wrong, Problem):
        return "The database can't hold this."
    places = "; ".join(f"{place.field}: {place.sentence}" for place in wrong.places)
    return f"{wrong.sentence} {places}".strip()


def _create(by: Actor, planned: Sequence[_New]) -> None:
    Provider.objects.bulk_create([each.provider for each in planned])
    for each in planned:
        for service in each.services:
            service.provider = each.provider
    Service.objects.bulk_create([it for each in planned for it in each.services], batch_size=2000)
    journal.record_acts(by=by, acts=[_noted(each) for each in planned])


def _noted(new: _New) -> list[journal.Noted]:
    name = new.provider.name
    first = journal.noted_new(new.provider, f"Brought in {name} for the directory.")
    does = [journal.noted_new(it, f"{name} does {it.name}.") for it in new.services]
    return [first, *does]


def _fresh_values(provider: Provider, draft: Draft) -> dict[str, Any]:
    """What the file says is taken over; a provider met by name gets the file's identifier."""
    values = _with_what_stands(provider, draft.values)
    values = {name: value for name, value in values.items() if value not in ("", [], {})}
    if not provider.source_ref and hsds_id(provider) != draft.ref:
        values |= {"source": SOURCE, "source_ref": draft.ref}
    return values


_RESTS_ON: Final = {
    "phone": ("phone",),
    "contact": ("contact_name",),
    "place": ("street", "city", "postcode", "latitude"),
    "address": ("street", "city", "postcode"),
}
"""What is carried of something that has a field here goes when the file tells of that field."""


def _with_what_stands(record: Provider | Service, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a file; what was carried before and the file doesn't tell of stays."""
    told = {key for key, fields in _RESTS_ON.items() if any(name in values for name in fields)}
    stays = {
        name: value
        for name, value in record.carried.items()
        if name not in told and not (name == "status" and isinstance(record, Service))
    }
    return {**values, "carried": {**stays, **values.get("carried", {})}}


def _holds(record: Any, values: dict[str, Any]) -> bool:
    return all(getattr(record, name) == value for name, value in values.items())


def _says_the_same(there: Provider, draft: Draft) -> bool:
    if not _holds(there, _fresh_values(there, draft)):
        return False
    standing = _Standing(there)
    found = [(standing.find(it), it) for it in draft.services]
    return all(
        it is not None and _holds(it, _with_what_stands(it, said.values)) for it, said in found
    )


class _Standing:
    """What a provider does already, by identifier and by name."""

    def __init__(self, provider: Provider) -> None:
        whose = hsds_id(provider)
        self.by_id: dict[str, Service] = {}
        self.by_name: dict[str, list[Service]] = defaultdict(list)
        for service in provider.services.all():
            self.by_id[service_id(service, whose)] = service
            self.by_name[service.name.casefold()].append(service)

    def find(self, draft: ServiceDraft) -> Service | None:
        if found := self.by_id.get(draft.ref):
            return found
        alike = self.by_name[draft.values["name"].casefold()]
        fits = len(alike) == 1 and not (draft.ref and alike[0].source_ref)
        return alike[0] if fits else None


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
    standing = _Standing(fresh)
    changed = _changed(by, fresh, draft)
    for each in draft.services:
        changed |= _write_service(by, fresh, each, standing.find(each))
    return fresh, "updated" if changed else "unchanged"


def _changed(by: Actor, provider: Provider, draft: Draft) -> bool:
    before = journal.snapshot(provider)
    sentence = f"Brought {provider.name} up to date in the directory."
    journal.change(provider, by=by, sentence=sentence, **_fresh_values(provider, draft))
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


def _write_service(
    by: Actor, provider: Provider, draft: ServiceDraft, found: Service | None
) -> bool:
    if found is None:
        _make_service(by, provider, draft)
        return True
    before = journal.snapshot(found)
    sentence = f"Brought what {provider.name} does up to date: {found.name}."
    journal.change(found, by=by, sentence=sentence, **_with_what_stands(found, draft.values))
    return journal.snapshot(found) != before
