"""A provider as a file tells of them, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.journal.values import check_texts
from warmhand.apps.people.categories import why_no_category
from warmhand.problems import Invalid

from .report import Told


@dataclass(slots=True)
class ServiceDraft:
    """Something a provider does, as a file tells."""

    ref: str
    values: dict[str, Any]


@dataclass(slots=True)
class Draft:
    """A provider as a file tells: fields that can be kept, and `told`: what can't."""

    place: str
    ref: str
    values: dict[str, Any] = field(default_factory=dict)
    services: list[ServiceDraft] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    aside: Counter[str] = field(default_factory=Counter)
    """What is kept for the next export and has no field here, and of how many objects."""
    refused: str = ""

    @property
    def name(self) -> str:
        """The provider's name, as far as there is one."""
        return str(self.values.get("name", ""))

    def take(self, name: str, value: Any, place: str = "") -> bool:
        """Keep a value of the provider if its field can hold it; else it is told. True if kept."""
        if value in (None, "", []):
            return False
        wrong = refusal_of(Provider, name, value)
        if wrong:
            self.tell(name, wrong, place)
            return False
        self.values[name] = cleaned(Provider, name, value)
        return True

    def tell_at(self, place: str, name: str, sentence: str) -> None:
        """A fault of a part, at its own place where that is known."""
        self.tell(name, sentence, place)

    def tell(self, name: str, sentence: str, place: str = "") -> None:
        """A field that could not be taken, and why."""
        self.told.append(Told(place or self.place, name, sentence))


def refusal_of(model: type[models.Model], name: str, value: Any) -> str:
    """Why a field can't hold a value, in a sentence; '' where it can."""
    if name == "category" and (unknown := why_no_category(str(value))):
        return unknown
    try:
        cleaned(model, name, value)
        check_texts({name: value})
    except ValidationError as wrong:
        shown = str(value)
        return f"“{shown[:80]}{'…' if len(shown) > 80 else ''}”: {' '.join(wrong.messages)}"
    except Invalid as wrong:
        return wrong.sentence
    return ""


def cleaned(model: type[models.Model], name: str, value: Any) -> Any:
    """The value as the field keeps it; raises ValidationError."""
    held: Any = model._meta.get_field(name)
    return held.clean(value, None)


def service_draft(draft: Draft, ref: str, values: Mapping[str, Any], place: str) -> None:
    """Add a service; fields that can't be held are told, one without a name is left out."""
    kept: dict[str, Any] = {}
    for name, value in values.items():
        wrong = refusal_of(Service, name, value) if value not in (None, "", {}) else ""
        if wrong:
            draft.tell(f"service {name}", wrong, place)
        elif value not in (None, "", {}):
            kept[name] = value
    if kept.get("name"):
        draft.services.append(ServiceDraft(ref, kept))
    else:
        draft.tell("service", "A service without a name is left out.", place)
