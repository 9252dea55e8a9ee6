"""What can be done about a record: a form, and the service that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from warmhand.apps.accounts.abilities import Ability


def _always(record: Any) -> bool:
    return True


def _as_it_is(form: forms.Form, record: Any) -> None:
    """The form is the same for every record."""


def _anybody(request: Any, record: Any) -> None:
    """Whoever may do it may do it to any."""


@dataclass(frozen=True)
class Act:
    """One thing to do. `do` gets `by`, the record's key and the values of `form` by their names.

    `when` says whether it makes sense for a record as it stands; the service has the last word.
    `then` is the address to go to with what was made; without it, the page of the record.
    """

    title: str
    form: type[forms.Form]
    do: Callable[..., Any]
    icon: str = "plus"
    lede: str = ""
    ability: Ability = Ability.RECORD
    when: Callable[[Any], bool] = _always
    then: Callable[[Any], str] | None = None
    submit: str = ""
    shows: Callable[[Any], str] | None = None
    """The page of what was made, where that isn't the page of the record."""
    fit: Callable[[forms.Form, Any], None] = _as_it_is
    """Makes the form fit the record: the choices that only this one has."""
    live: Callable[[Any], str] | None = None
    """The address of a part that answers while somebody writes, put under the fields."""
    anew: bool = False
    """It makes a record of its own, whose fields only happen to be called as this one's."""

    def filled(self, record: Any) -> dict[str, Any]:
        """What the form shows at first: the record's own values under the fields' names."""
        names = () if self.anew else self.form.base_fields
        return {name: getattr(record, name) for name in names if hasattr(record, name)}


@dataclass(frozen=True)
class Kind:
    """A kind of record: how one is found, what its key is called, what can be done about it."""

    label: str
    find: Callable[[int], Any]
    key: str
    acts: Mapping[str, Act] = field(default_factory=dict)
    remove: Callable[..., Any] | None = None
    make: Act | None = None
    guard: Callable[[Any, Any], None] = _anybody
    """Refuses a request about a record that isn't for whoever asks; raises a Problem."""

    def possible(self, record: Any) -> list[tuple[str, Act]]:
        """The acts that make sense for a record as it stands, the likeliest first."""
        return [(code, act) for code, act in self.acts.items() if act.when(record)]


def change(form: type[forms.Form], do: Callable[..., Any]) -> Act:
    """The act of correcting a record."""
    return Act("Edit", form, do, "pencil-square")
