"""Records as the journal sees them: plain values, checked, and whom they concern."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models

from warmhand.apps.island.scoped import Link, Record
from warmhand.problems import Invalid, Place

_SILENT = {"id", "workspace", "created_at"}

TELLS_VALUES: Final = ("created", "changed")
"""Such an entry without values was emptied when somebody was forgotten: nothing can be put back."""


def snapshot(record_: models.Model) -> dict[str, Any]:
    """The record's values as JSON can hold them, by field name."""
    return {
        field.name: _plain(field.value_from_object(record_))
        for field in record_._meta.concrete_fields
        if field.name not in _SILENT
    }


def as_new(made: models.Model) -> dict[str, list[Any]]:
    """What a record was made with: the changes of its first entry."""
    return {k: [None, v] for k, v in snapshot(made).items() if v not in (None, "", [], {})}


def difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """Old and new of what two snapshots differ in."""
    return {k: [before[k], after[k]] for k in after if before[k] != after[k]}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Decimal):  # 10 and 10.00 are one amount, before and after the database
        return format(value.normalize(), "f")
    return value


def check(record_: Record) -> None:
    """Field checks of the model, said in our error shape; keys are the database's to check."""
    check_texts(snapshot(record_))
    skip = [f.name for f in record_._meta.fields if isinstance(f, Link) or f.name == "workspace"]
    try:
        record_.clean_fields(exclude=skip)
        record_.clean()
    except ValidationError as wrong:
        places = tuple(
            Place(name, " ".join(messages)) for name, messages in wrong.message_dict.items()
        )
        raise Invalid(
            "invalid_input",
            "Some fields can't be taken as they are.",
            lift="Correct the fields named and send them again.",
            places=places,
        ) from wrong


def check_texts(values: dict[str, Any]) -> None:
    """Refuse text that PostgreSQL can't hold: NUL, and halves of a character."""
    for name, value in values.items():
        if isinstance(value, str) and ("\x00" in value or _is_broken(value)):
            raise Invalid.at(name, "This text holds characters that can't be kept.")


def _is_broken(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def concerns(of: models.Model) -> tuple[int | None, int | None]:
    """The client and the company whose facts rest on this object."""
    if of._meta.label == "people.Client":
        return of.pk, getattr(of, "company_id", None)
    if of._meta.label == "people.Company":
        return None, of.pk
    return getattr(of, "client_id", None), getattr(of, "company_id", None)


def provider_of(of: models.Model) -> int | None:
    """The provider in the directory on whom the facts of clients with a need rest (P31)."""
    name = {"directory.Provider": "pk", "directory.Service": "provider_id"}.get(of._meta.label)
    found: int | None = getattr(of, name) if name else None
    return found
