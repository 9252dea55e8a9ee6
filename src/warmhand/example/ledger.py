"""History written in bulk: records with their steps, each step an entry on its own day."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone

from warmhand.apps.accounts.models import Member
from warmhand.apps.island.scope import current_workspace_id
from warmhand.apps.journal.models import Entry
from warmhand.apps.journal.values import concerns, snapshot

BATCH = 1_000
_UNSAID: tuple[Any, ...] = (None, "", [], {})


@dataclass(slots=True)
class Step:
    """What somebody did on a day, and the fields that it set."""

    on: dt.date
    by: Member
    sentence: str
    values: dict[str, Any]
    verb: str = "changed"
    hour: int | None = None
    """Where steps of one day have an order; else any time of the working day."""


@dataclass(slots=True)
class Draft:
    """A record to be, and how it came to be what it is."""

    record: Any
    steps: list[Step]

    def then(self, on: dt.date, by: Member, sentence: str, /, **values: Any) -> Draft:
        """A later step: it changes the record and leaves an entry of its own."""
        for name, value in values.items():
            setattr(self.record, name, value)
        self.steps.append(Step(on, by, sentence, values))
        return self

    def for_good(
        self, verb: str, on: dt.date, by: Member, sentence: str, /, **values: Any
    ) -> Draft:
        """A later step with a verb of its own, which nobody undoes: a yes, a connection."""
        self.then(on, by, sentence, **values).steps[-1].verb = verb
        return self

    def at(self, hour: int) -> Draft:
        """The hour of the last step, 8 to 17."""
        self.steps[-1].hour = hour
        return self


@dataclass(slots=True)
class Ledger:
    """All that happened, kept until `write`: model by model, in the order of their links."""

    zone: ZoneInfo
    chance: random.Random
    drafts: dict[type[models.Model], list[Draft]] = field(default_factory=dict)

    def add(
        self, model: type[models.Model], on: dt.date, by: Member, sentence: str, /, **values: Any
    ) -> Draft:
        """A record made on a day; its links may be records that aren't written yet."""
        record: Any = model(workspace_id=current_workspace_id(), **values)
        draft = Draft(record, [Step(on, by, sentence, values)])
        self.drafts.setdefault(model, []).append(draft)
        return draft

    def write(self, *order: type[models.Model]) -> int:
        """Write everything, models in this order; returns how many records there are."""
        for model in order:
            records = [draft.record for draft in self.drafts.get(model, [])]
            _manager(model).bulk_create(records, batch_size=BATCH)
        entries = [
            entry for drafts in self.drafts.values() for draft in drafts
            for entry in self._entries(draft)
        ]  # fmt: skip
        entries.sort(key=lambda entry: entry.at)
        Entry.objects.bulk_create(entries, batch_size=BATCH)
        return sum(len(drafts) for drafts in self.drafts.values())

    def _entries(self, draft: Draft) -> list[Entry]:
        """The entries of a record, told backwards from what it is now."""
        state = snapshot(draft.record)
        made: list[Entry] = []
        for number, step in reversed(list(enumerate(draft.steps))):
            if number == 0:
                changes = {k: [None, v] for k, v in state.items() if v not in _UNSAID}
                made.append(self._entry(draft.record, step, "created", changes))
                break
            before = self._before(draft, number)
            changes = {name: [before[name], state[name]] for name in step.values}
            state |= {name: before[name] for name in step.values}
            made.append(self._entry(draft.record, step, step.verb, changes))
        return made

    def _before(self, draft: Draft, number: int) -> dict[str, Any]:
        """What the fields of a step were before it."""
        known: dict[str, Any] = {}
        for step in draft.steps[:number]:
            known |= step.values
        names = draft.steps[number].values
        fields = {name: draft.record._meta.get_field(name) for name in names}
        return {name: _plain(known.get(name, f.get_default())) for name, f in fields.items()}

    def _entry(self, record: Any, step: Step, verb: str, changes: dict[str, Any]) -> Entry:
        client_id, company_id = concerns(record)
        return Entry(
            workspace_id=current_workspace_id(),
            at=self._moment(step),
            by_member_id=step.by.pk,
            by_name=step.by.name,
            via="example",
            verb=verb,
            object_type=record._meta.label,
            object_id=record.pk,
            client_id=client_id,
            company_id=company_id,
            sentence=step.sentence,
            changes=changes,
        )

    def _moment(self, step: Step) -> dt.datetime:
        """Its hour, else some time in the working hours of that day; not ahead of now."""
        minute = self.chance.randrange(8 * 60, 18 * 60)
        minute = minute if step.hour is None else step.hour * 60 + minute % 15
        clock = dt.time(minute // 60, minute % 60, self.chance.randrange(60), tzinfo=self.zone)
        return min(dt.datetime.combine(step.on, clock), timezone.now())


def _manager(model: type[models.Model]) -> models.Manager[Any]:
    return model._default_manager


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return value.isoformat() if isinstance(value, dt.date) else value
