"""One record of every kind in a workspace, each with a mark in every text it holds.

Derived from the models, so that a new model is planted without anybody thinking of it. A mark
that turns up in an answer to somebody of another workspace is a leak.
"""

from __future__ import annotations

import datetime as dt
import re
from graphlib import TopologicalSorter
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from warmhand.apps.accounts.models import IdempotentAnswer
from warmhand.apps.island.isolation import links, scoped_models
from warmhand.apps.island.scope import touch, workspace_scope
from warmhand.apps.people.models import Client

NOT_PLANTED = {"Standing"}  # decided by the product itself, when the scope is left
SECOND = ("second", "gone")  # a pair of clients needs two of them
ALSO_CALLED = {
    "entry": "entry",
    "key": "api_key",
    "referral": "referral_received",
    "given": "referral_given",
    "thanks": "thank_you",
    "run": "import_run",
    "mapping": "import_mapping",
    "pair": "duplicate_pair",
    "busy": "busy_time",
    "pass": "offer_pass",
    "point": "contact_point",
    "key_ring": "key_ring_entry",
    "ring_key": "key_ring_entry",
    "version": "policy_version",
    "answer": "move_answer",
    "to_member": "member",
    "vouched_by": "member",
    "keeper": "member",
    "link": "public_link",
    "parent": "company",
    "plan": "coworker_plan",
    "task": "coworker_task",
    "target": "giving_target",
}


class Planted(dict[str, int]):
    """Numbers of the planted records by what a route calls them: client, case, thank_you."""

    def of(self, parameter: str) -> int:
        name = re.sub(r"_(id|number|pk)$", "", parameter)
        return self[ALSO_CALLED.get(name, name)]


def plant(workspace_id: int, mark: str) -> Planted:
    """Plant a workspace; `mark` stands in every text."""
    found = Planted(workspace=workspace_id)
    with workspace_scope(workspace_id):
        other = Client.objects.create(name=f"{mark} second", client_since=_long_ago())
        for model in _in_order():
            if model.__name__ not in NOT_PLANTED:
                found[_called(model)] = _make(model, mark, found, other.pk)
        touch(everyone=True)
    return found


def _called(model: type[models.Model]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()


def _in_order() -> list[type[models.Model]]:
    needs = {m: {link.related_model for link in links(m)} - {m} for m in scoped_models()}
    found = TopologicalSorter(needs).static_order()
    return sorted(found, key=lambda model: model.__name__ == "Entry")  # it tells of a client


def _make(model: type[models.Model], mark: str, found: Planted, second: int) -> int:
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        value = _value(field, mark, found, second)
        if value is not None:
            values[field.attname] = value
    if model.__name__ == "DuplicatePair":
        values["first_id"], values["second_id"] = sorted((values["first_id"], second))
    if model.__name__ == "Exchange":  # with an ally of ours: no two parties of a network
        values |= {"giver_id": None, "receiver_id": None, "network_id": None}
    if model.__name__ == "ReviewInvitation":
        values["times"] = [(timezone.now() + dt.timedelta(days=9)).isoformat()]
    if model.__name__ == "Entry":
        values |= {"object_type": "people.Client", "object_id": found["client"], "verb": "created"}
    if model.__name__ == "Merge":
        values["moved"] = {"rows": {}, "origins": [], "demoted": [], "filled": {}, "pair": None}
    made = model(**values)
    made.save()
    return made.pk


def _value(field: Any, mark: str, found: Planted, second: int) -> Any:
    if field.name in ("id", "workspace", "removed_at"):
        return None
    if field.is_relation:
        target = _called(field.related_model)
        if field.name in SECOND:
            return second
        return None if field.related_model is field.model else found.get(target)
    return _plain(field, mark)


REAL = {"timezone": "UTC", "language": "en", "currency": "EUR"}
"""Texts that are codes of something."""


def _plain(field: Any, mark: str) -> Any:
    if field.name in REAL:
        return REAL[field.name]
    if field.choices:
        return field.default if field.has_default() else field.choices[0][0]
    if isinstance(field, models.EmailField):
        return f"{mark}@planted.example"
    if isinstance(field, models.CharField | models.TextField):
        return mark[: field.max_length] if field.max_length else mark
    if field.has_default() or field.null:
        return None
    if isinstance(field, models.JSONField | ArrayField):
        return []
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.now().date()
    return 1 if isinstance(field, models.IntegerField | models.BooleanField) else None


def _long_ago() -> dt.date:
    return timezone.now().date() - dt.timedelta(days=800)


assert IdempotentAnswer in scoped_models()
