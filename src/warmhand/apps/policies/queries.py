"""The workspace's rule settings: those in force, and how they came to be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from warmhand.problems import Invalid, Place
from warmhand.rulebook import Policy, PolicyError

from .models import PolicyVersion


@dataclass(frozen=True, slots=True)
class CurrentPolicy:
    """The settings in force and their version; version 0 is the defaults."""

    policy: Policy
    number: int


def current() -> CurrentPolicy:
    """The settings in force in the open workspace."""
    latest = PolicyVersion.objects.order_by("-number").values_list("number", "values").first()
    number, values = latest or (0, {})
    return CurrentPolicy(known_policy(values), number)


def number_in_force(name: str) -> Coalesce:
    """A setting that is a whole number, as a query reads it beside its own rows."""
    latest = PolicyVersion.objects.order_by("-number").annotate(
        told=Cast(KeyTextTransform(name, "values"), IntegerField())
    )
    return Coalesce(Subquery(latest.values("told")[:1]), Value(Policy().to_values()[name]))


def known_policy(values: Mapping[str, Any]) -> Policy:
    """The settings out of stored values: one object for equal ones."""
    return _known(json.dumps(values, sort_keys=True))


@lru_cache(maxsize=256)
def _known(values: str) -> Policy:
    """One object for equal settings, so that what is compiled from it is compiled once."""
    return Policy.from_values(json.loads(values))


def checked(values: Mapping[str, Any]) -> Policy:
    """A policy of proposed values (defaults for the rest); Invalid names each wrong field."""
    try:
        return known_policy(Policy.from_values(values).to_values())
    except PolicyError as wrong:
        places = tuple(
            Place(each.field, f"{each.problem}; allowed: {each.allowed}") for each in wrong.problems
        )
        raise Invalid(
            "policy_not_allowed",
            "Some settings can't be taken as they are.",
            lift="Choose values in the ranges given.",
            places=places,
        ) from wrong


def versions() -> QuerySet[PolicyVersion]:
    """Every version that was saved, newest first, with who saved it."""
    return PolicyVersion.objects.select_related("saved_by")


def version(number: int) -> Policy:
    """The settings as they were at a version; 0 is the defaults."""
    found = PolicyVersion.objects.filter(number=number).first()
    return checked(found.values if found else {})
