"""Writing the journal: one entry for each thing done, and undoing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import current_workspace_id, touch
from warmhand.apps.island.scoped import FORGOTTEN, Record
from warmhand.problems import Conflict, Invalid, NotFound

from .models import Entry
from .values import TELLS_VALUES, as_new, check, check_texts, concerns, difference, provider_of
from .values import snapshot as snapshot  # part of what services offer

R = TypeVar("R", bound=Record)
_REPLACED = "replaced"
"""In an entry's changes: the ids of the records that a new one stands for (see `create`)."""


class _Act:
    """What is done together: the first entry stands for all of it."""

    head: Entry | None = None


_act: ContextVar[_Act | None] = ContextVar("act", default=None)


@contextmanager
def one_act() -> Iterator[None]:
    """Writes that belong together: all or none, and undone together by the first one's entry."""
    with transaction.atomic():
        token = _act.set(_act.get() or _Act())
        try:
            yield
        finally:
            _act.reset(token)


def record(
    *,
    by: Actor,
    verb: str,
    of: models.Model,
    sentence: str,
    why: str = "",
    changes: dict[str, list[Any]] | None = None,
    undoes: Entry | None = None,
) -> Entry:
    """Note what happened to `of`, and that the facts of its client or company have changed."""
    check_texts({"why": why})
    client_id, company_id = _touch(of)
    act = _act.get() or _Act()
    entry = Entry.objects.create(
        by_member_id=by.member_id,
        by_name=by.name,
        via=by.via,
        verb=verb,
        object_type=of._meta.label,
        object_id=of.pk,
        client_id=client_id,
        company_id=company_id,
        sentence=sentence,
        why=why,
        changes=changes or {},
        undoes=undoes,
        part_of=act.head,
    )
    act.head = act.head or entry
    return entry


@dataclass(frozen=True, slots=True)
class Noted:
    """One of many things done together: what, to which record, in words, old and new values."""

    verb: str
    of: models.Model
    sentence: str
    changes: dict[str, list[Any]]


def noted_new(made: Record, sentence: str) -> Noted:
    """That a record was made, so that it can be undone like any other."""
    return Noted("created", made, sentence, as_new(made))


def differences(before: dict[str, Any], record_: Record) -> dict[str, list[Any]]:
    """What changed since a `snapshot`: old and new by field name."""
    return difference(before, snapshot(record_))


def record_many(*, by: Actor, noted: Iterable[Noted], why: str = "") -> None:
    """Note many things at once, an entry each, as `record` does for one."""
    entries = [_entry(by, each, why) for each in noted]
    Entry.objects.bulk_create(entries, batch_size=1000)


def record_acts(*, by: Actor, acts: Iterable[Sequence[Noted]]) -> None:
    """Note many acts at once: of each the first entry stands for all of it, as in `one_act`."""
    made = [[_entry(by, each, "") for each in act] for act in acts]
    Entry.objects.bulk_create([act[0] for act in made], batch_size=1000)
    for act in made:
        for part in act[1:]:
            part.part_of = act[0]
    Entry.objects.bulk_create([part for act in made for part in act[1:]], batch_size=1000)


def _entry(by: Actor, noted: Noted, why: str) -> Entry:
    client_id, company_id = _touch(noted.of)
    return Entry(
        workspace_id=current_workspace_id(),
        by_member_id=by.member_id,
        by_name=by.name,
        via=by.via,
        verb=noted.verb,
        object_type=noted.of._meta.label,
        object_id=noted.of.pk,
        client_id=client_id,
        company_id=company_id,
        sentence=noted.sentence,
        why=why,
        changes=noted.changes,
    )


def create(
    model: type[R],
    *,
    by: Actor,
    sentence: str,
    why: str = "",
    instead_of: Sequence[Record] = (),
    **values: Any,
) -> R:
    """Make a record, check it, and journal its making; it can be undone.

    The records that it stands `instead_of` are taken out in the same step, and an undo brings
    them back.
    """
    for old in instead_of:
        _put_away(old)
    made = model(**values)
    check(made)
    made.save()
    changes = as_new(made)
    if instead_of:
        changes[_REPLACED] = [[old.pk for old in instead_of], []]
    record(by=by, verb="created", of=made, sentence=sentence, why=why, changes=changes)
    return made


def change(record_: R, *, by: Actor, sentence: str, why: str = "", **values: Any) -> R:
    """Change some fields of a record and journal old and new; no change, no entry."""
    before = snapshot(record_)
    for name, value in values.items():
        setattr(record_, name, value)
    check(record_)
    changes = difference(before, snapshot(record_))
    if not changes:
        return record_
    _touch_before(record_, before)
    record_.save()
    record(by=by, verb="changed", of=record_, sentence=sentence, why=why, changes=changes)
    return record_


def remove(record_: R, *, by: Actor, sentence: str, why: str = "") -> R:
    """Take a record out of sight and out of the facts; it can be brought back."""
    _put_away(record_)
    record(by=by, verb="removed", of=record_, sentence=sentence, why=why)
    return record_


def undo(*, by: Actor, entry_id: int) -> Entry:
    """Undo one creation, change or removal, with all that came with it in one act.

    Refused when a record of them has changed since.
    """
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotFound("journal_entry")
    if entry.part_of is not None:
        raise Invalid(
            "part_of_an_act",
            "This came with something else.",
            lift=f"Undo that instead: {entry.part_of.sentence}",
        )
    try:
        with transaction.atomic():
            undone = _undo_all(by, entry)
            connection.check_constraints()  # what is checked at the commit is told here
    except IntegrityError as broken:
        raise Conflict(
            "stands_in_the_way",
            "This can't be undone any more: something recorded since rests on it.",
            lift="Change what stands in the way first.",
        ) from broken
    return undone


def _undo_all(by: Actor, entry: Entry) -> Entry:
    for part in Entry.objects.filter(part_of=entry).order_by("-pk"):
        _undo_one(by, part)
    return _undo_one(by, entry)


def _undo_one(by: Actor, entry: Entry) -> Entry:
    target = _undoable(entry)
    _touch(target)
    _UNDO[entry.verb](target, entry)
    return record(by=by, verb="undid", of=target, sentence=f"Undid: {entry.sentence}", undoes=entry)


def _touch(of: models.Model) -> tuple[int | None, int | None]:
    """Note that facts rest on where a record stands now; the client and the company of them."""
    client_id, company_id = concerns(of)
    provider_id = provider_of(of)
    category = getattr(of, "category", "") if provider_id else ""
    touch(client_id=client_id, company_id=company_id, provider_id=provider_id, category=category)
    return client_id, company_id


def _touch_before(of: models.Model, before: dict[str, Any]) -> None:
    """Note that facts rested on where a record stood before it was changed."""
    category = before.get("category", "") if provider_of(of) else ""
    touch(client_id=before.get("client"), company_id=before.get("company"), category=category)


def _undoable(entry: Entry) -> Record:
    """The record an entry is about, locked; refused where there is nothing to undo."""
    model = apps.get_model(entry.object_type)
    emptied = entry.sentence == FORGOTTEN or (entry.verb in TELLS_VALUES and not entry.changes)
    if not issubclass(model, Record) or entry.verb not in _UNDO or emptied:
        raise Invalid("cannot_undo", "This can't be undone.", lift="Make the change by hand.")
    target: Record = model.all_objects.select_for_update().get(pk=entry.object_id)
    if Entry.objects.filter(undoes=entry).exists():
        raise Conflict("already_undone", "This was undone already.", lift="Reload the page.")
    return target


def _undo_created(target: Record, entry: Entry) -> None:
    if _changed_since(target, entry):
        raise Conflict(
            "changed_since",
            "It was changed or removed after it was made.",
            lift="Undo the later change first, or remove it.",
        )
    _put_away(target)
    for old in _replaced_by(type(target), entry):
        _bring_back(old)


def _replaced_by(model: type[Record], entry: Entry) -> Iterable[Record]:
    ids = entry.changes.get(_REPLACED, [[], []])[0]
    found: Iterable[Record] = model.all_objects.select_for_update().filter(pk__in=ids)
    return found


def _changed_since(target: Record, entry: Entry) -> bool:
    """Whether a record made by `entry` differs by now from how it was made."""
    made = {name: new for name, (_, new) in entry.changes.items() if name != _REPLACED}
    now = {name: new for name, (_, new) in as_new(target).items()}
    names = (made.keys() | now.keys()) - set(target.only_rises)
    return any(now.get(name) != made.get(name) for name in names)


def _undo_removed(target: Record, entry: Entry) -> None:
    _bring_back(target)


def _undo_changed(target: Record, entry: Entry) -> None:
    now = snapshot(target)
    if target.removed_at is not None:
        raise Conflict("removed_since", "It was removed after this.", lift="Bring it back first.")
    for name, (_, new) in entry.changes.items():
        if name not in target.only_rises and now.get(name) != new:
            raise Conflict(
                "changed_since",
                f"'{name}' was changed again after this.",
                lift="Undo the later change first, or edit the record by hand.",
            )
    for name, (old, _) in entry.changes.items():
        field = target._meta.get_field(name)
        value = field.to_python(old)  # type: ignore[union-attr]
        if name in target.only_rises:
            value = now[name] + 1
        setattr(target, field.attname, value)  # type: ignore[union-attr]
    _stand(target)
    target.save()


_UNDO = {"created": _undo_created, "removed": _undo_removed, "changed": _undo_changed}


def _put_away(target: Record) -> None:
    target.removed_at = timezone.now()
    target.save(update_fields=["removed_at"])


def _bring_back(target: Record) -> None:
    target.removed_at = None
    _stand(target)
    target.save(update_fields=["removed_at"])


def _stand(target: Record) -> None:
    """Refuse an undo whose result would break the record's own rules by now."""
    try:
        target.clean()
        target.validate_constraints()
    except ValidationError as wrong:
        raise Conflict(
            "stands_in_the_way",
            f"This can't be undone any more: {' '.join(wrong.messages)}",
            lift="Change what stands in the way first.",
        ) from wrong
