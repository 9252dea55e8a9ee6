"""Writing drafts through one door: what is new is made, what changed is changed, the rest stays.

Who a record is, is its (source, identifier). What an earlier import wrote is remembered beside it
(`ImportOrigin.seen`), so a later one tells what changed in the file from what a person changed
here:

- the file says what it said before: nothing is done, whatever a person has made of the field;
- the file says something new and nobody touched the field here: it is taken over;
- both changed: the person's word stands, and the report counts it as kept.

What a person removed stays removed. All of a chunk is written in one transaction, with a journal
entry for every record made or changed.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import current_workspace_id
from warmhand.apps.island.scoped import Record
from warmhand.apps.journal import services as journal
from warmhand.apps.people.importing.book import Book, RowRefused
from warmhand.apps.people.importing.drafting import Draft, Link, name_ref
from warmhand.apps.people.importing.fields import LINKS, Kind
from warmhand.apps.people.importing.problems import problem
from warmhand.apps.people.importing.recorders import (
    RECORDERS,
    Extra,
    Hung,
    Recorder,
    company_values,
)
from warmhand.apps.people.importing.rows import Refusal
from warmhand.apps.people.models import ImportOrigin

EXTRAS = "+"
"""Under this name `seen` keeps what hangs on a record."""


@dataclass(slots=True)
class Result:
    """What became of some rows; `besides` counts records made that had no row of their own."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)
    besides: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Item:
    """One record to write."""

    ref: str
    values: dict[str, Any]
    extras: list[Extra]
    line: int = 0


def plain(value: Any) -> Any:
    """A value as JSON keeps it, so that two imports can be compared."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value.quantize(Decimal("0.01"))) if isinstance(value, Decimal) else value


def seen_of(values: dict[str, Any], extras: list[Extra]) -> dict[str, Any]:
    """What to remember of a record that was written."""
    return {name: plain(value) for name, value in values.items()} | {EXTRAS: extras}


class Writer:
    """Writes the drafts of one table, chunk by chunk, inside the open workspace."""

    def __init__(self, recorder: Recorder, book: Book, by: Actor, why: str) -> None:
        self.recorder = recorder
        self.book = book
        self.by = by
        self.why = why
        self.lines: dict[str, tuple[int, int]] = {}
        """Identifier -> (line, fingerprint) of the rows read so far."""
        self.waiting: list[tuple[str, Link]] = []
        """(identifier, link) to rows of the same table that were not there yet."""

    def write(self, items: Iterable[Draft | Refusal]) -> Result:
        """Write one chunk."""
        result = Result()
        drafts = list(self._sorted(items, result))
        _provide(self, drafts, result)
        ready = [item for draft in drafts if (item := self._item(draft, result))]
        origins = self._origins([item.ref for item in ready])
        self._adopt([item for item in ready if item.ref not in origins], origins)
        self._make([item for item in ready if item.ref not in origins])
        result.counts["created"] += len(ready) - len(origins)
        self._compare([item for item in ready if item.ref in origins], origins, result)
        return result

    def finish(self) -> Result:
        """Set the links to rows of the same table that came later; makes those only named."""
        result = Result()
        names = {link.text for _, link in self.waiting if link.by in ("any", "name")}
        unknown = [text for text in names if not self._find(Link(text))]
        made = [_Item(name_ref(text), {"name": text[:200]}, []) for text in sorted(unknown)]
        self._make(made)
        result.besides[self.recorder.kind] += len(made)
        attribute = f"{self.recorder.self_link}_id"
        wanted = {ref: self._find(link) for ref, link in self.waiting}
        origins = self._origins([ref for ref, found in wanted.items() if found])
        items = [_Item(ref, {attribute: wanted[ref]}, []) for ref in origins]
        self._change(items, origins, result)
        return result

    def _find(self, link: Link) -> int | None:
        found = self.book.names[self.recorder.kind].find(link)
        return next(iter(found)) if len(found) == 1 else None

    def _sorted(self, items: Iterable[Draft | Refusal], result: Result) -> Iterator[Draft]:
        for item in items:
            if isinstance(item, Refusal):
                _refuse(result, item)
            elif self._first_of_its_name(item, result):
                yield item

    def _first_of_its_name(self, item: Draft, result: Result) -> bool:
        """Sort out rows whose identifier an earlier row had."""
        mark = hash(repr(item.values))
        first, known = self.lines.setdefault(item.ref, (item.line, mark))
        if first == item.line:
            return True
        if known == mark:
            result.counts["unchanged"] += 1
            return False
        said = item.ref if not item.ref.startswith("~") else str(item.values.get("name") or "")
        found = problem("ref_repeated", line=item.line, field="source_ref", value=said, first=first)
        _refuse(result, Refusal(item.line, (found,)))
        return False

    def _item(self, draft: Draft, result: Result) -> _Item | None:
        try:
            values = self.recorder.values(draft, self.book)
            extras = self.recorder.extras(draft, self.book)
        except RowRefused as error:
            _refuse(result, Refusal(draft.line, (error.problem,)))
            return None
        self._link_to_its_own(draft, values)
        return _Item(draft.ref, values, extras, draft.line)

    def _link_to_its_own(self, draft: Draft, values: dict[str, Any]) -> None:
        name = self.recorder.self_link
        link = draft.values.get(name)
        if isinstance(link, Link):
            values[f"{name}_id"] = self._find(link)
            if values[f"{name}_id"] is None:
                del values[f"{name}_id"]
                self.waiting.append((draft.ref, link))

    def _origins(self, refs: list[str]) -> dict[str, ImportOrigin]:
        found = ImportOrigin.objects.filter(
            source=self.book.source, kind=self.recorder.kind, source_ref__in=refs
        )
        return {origin.source_ref: origin for origin in found}

    def _adopt(self, items: list[_Item], origins: dict[str, ImportOrigin]) -> None:
        """Rows whose record an earlier row of this source only named: give it its identifier."""
        if self.recorder.kind not in (Kind.COMPANIES, Kind.MEMBERS):
            return
        by_name = {name_ref(item.values["name"]): item for item in items}
        adopted = [
            ImportOrigin(
                workspace_id=stub.workspace_id,
                source=stub.source,
                kind=stub.kind,
                source_ref=by_name[ref].ref,
                object_id=stub.object_id,
                seen=stub.seen,
            )
            for ref, stub in self._origins(list(by_name)).items()
        ]
        ImportOrigin.objects.bulk_create(adopted)
        for origin in adopted:
            origins[origin.source_ref] = origin
            self.book.names[self.recorder.kind].refs[origin.source_ref] = origin.object_id

    def _make(self, items: list[_Item]) -> None:
        workspace_id = current_workspace_id()
        model: type[Any] = self.recorder.model
        made = [
            model(workspace_id=workspace_id, **(self._source(item) | item.values)) for item in items
        ]
        model.objects.bulk_create(made, batch_size=500)
        self._remember(made, items)
        hung = [(record, item.extras) for record, item in zip(made, items, strict=True)]
        self.recorder.add_extras([each for each in hung if each[1]], self.book.source)
        noted = [journal.noted_new(r, f"Imported {self.recorder.noun} {r}.") for r in made]
        journal.record_many(by=self.by, noted=noted, why=self.why)
        for record, extras in hung:
            self.recorder.learn(record, extras, self.book)

    def _source(self, item: _Item) -> dict[str, str]:
        if not hasattr(self.recorder.model, "source_ref"):
            return {}
        return {"source": self.book.source, "source_ref": item.ref}

    def _remember(self, made: list[Record], items: list[_Item]) -> None:
        origins = [
            ImportOrigin(
                workspace_id=record.workspace_id,
                source=self.book.source,
                kind=self.recorder.kind,
                source_ref=item.ref,
                object_id=record.pk,
                seen=seen_of(item.values, item.extras),
            )
            for record, item in zip(made, items, strict=True)
        ]
        ImportOrigin.objects.bulk_create(origins, batch_size=500)
        refs = self.book.names[self.recorder.kind].refs
        refs.update({origin.source_ref: origin.object_id for origin in origins})

    def _compare(
        self, items: list[_Item], origins: dict[str, ImportOrigin], result: Result
    ) -> None:
        """Count the rows that say what they said before; write the others."""
        changed = [item for item in items if _differs(item, origins[item.ref].seen)]
        result.counts["unchanged"] += len(items) - len(changed)
        written = self._change(changed, origins, result)
        result.counts["updated"] += written
        result.counts["unchanged"] += len(changed) - written

    def _change(self, items: list[_Item], origins: dict[str, ImportOrigin], result: Result) -> int:
        """Write what the file says anew; how many records really changed."""
        ids = [origins[item.ref].object_id for item in items]
        records = self.recorder.model.objects.in_bulk(ids)
        changed: list[Record] = []
        fields: set[str] = set()
        noted: list[journal.Noted] = []
        hung: list[Hung] = []
        for item in items:
            origin = origins[item.ref]
            record = records.get(origin.object_id)
            if record is None:  # removed, or forgotten: then nothing of it is remembered anew
                continue
            before = dict(origin.seen)
            origin.seen = before | seen_of(item.values, item.extras or before.get(EXTRAS, []))
            fresh = [each for each in item.extras if each not in before.get(EXTRAS, [])]
            differences = _take_over(record, item.values, before, result)
            if fresh:
                hung.append((record, fresh))
            if differences:
                changed.append(record)
                fields |= differences.keys()
            if differences or fresh:
                sentence = f"An import changed {self.recorder.noun} {record}."
                noted.append(journal.Noted("changed", record, sentence, differences))
        if changed:
            self.recorder.model.objects.bulk_update(changed, sorted(fields), batch_size=200)
        remembered = [origins[item.ref] for item in items]
        ImportOrigin.objects.bulk_update(remembered, ["seen"], batch_size=500)
        self.recorder.add_extras(hung, self.book.source)
        journal.record_many(by=self.by, noted=noted, why=self.why)
        return len(noted)


def _refuse(result: Result, refusal: Refusal) -> None:
    result.counts["refused"] += 1
    result.refused.append(refusal)


def _differs(item: _Item, seen: dict[str, Any]) -> bool:
    said = seen_of(item.values, item.extras)
    fresh = any(each not in seen.get(EXTRAS, []) for each in said.pop(EXTRAS))
    return fresh or any(name not in seen or seen[name] != value for name, value in said.items())


def _take_over(
    record: Record, values: dict[str, Any], seen: dict[str, Any], result: Result
) -> dict[str, list[Any]]:
    """Set what the file changed and nobody else did; old and new value of each."""
    before = journal.snapshot(record)
    for name, value in values.items():
        new, last, here = plain(value), seen.get(name), plain(getattr(record, name))
        if new == last and name in seen:
            continue
        if here not in (last, new, "" if last is None else last):
            result.besides["kept"] += 1
        elif here != new:
            setattr(record, name, value)
    return journal.differences(before, record)


def _provide(writer: Writer, drafts: list[Draft], result: Result) -> None:
    """Make the companies and colleagues that rows name and nobody has on record yet."""
    for name in ("company", "keeper"):
        kind = LINKS[name]
        wanted: dict[str, _Item] = {}
        for draft in drafts:
            link = draft.values.get(name)
            if isinstance(link, Link) and _may_make(link, writer.book, kind):
                values = company_values(draft) if name == "company" else {"name": link.text[:200]}
                wanted.setdefault(name_ref(link.text), _Item(name_ref(link.text), values, []))
        if wanted:
            maker = Writer(RECORDERS[kind], writer.book, writer.by, writer.why)
            known = maker._origins(list(wanted))
            maker._make([item for ref, item in wanted.items() if ref not in known])
            result.besides[kind] += len(wanted) - len(known)


def _may_make(link: Link, book: Book, kind: Kind) -> bool:
    """A link by name to nobody; something without a letter is no name."""
    return (
        link.by in ("any", "name")
        and any(letter.isalpha() for letter in link.text)
        and not book.names[kind].find(link)
    )
