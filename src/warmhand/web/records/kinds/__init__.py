"""Every kind of record, and what can be done about it. A new kind is a few lines here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from warmhand.problems import NotFound
from warmhand.web.records.act import Act, Kind

from . import asking, directory, giving, people, work

KINDS: Final[Mapping[str, Kind]] = {
    **people.KINDS,
    **work.KINDS,
    **giving.KINDS,
    **directory.KINDS,
    **asking.KINDS,
}
"""By the name that stands in the address."""


def kind_by_name(name: str) -> Kind:
    """A kind by its name in the address."""
    if name not in KINDS:
        raise NotFound("kind", "There is no such kind of record.")
    return KINDS[name]


def act_by_name(kind: Kind, name: str) -> Act:
    """An act of a kind by its name in the address."""
    if name not in kind.acts:
        raise NotFound("act", f"This can't be done with a {kind.label}.")
    return kind.acts[name]
