"""The one door from an id to a record: absent, removed and another workspace's look alike."""

from __future__ import annotations

from typing import TypeVar

from warmhand.problems import NotFound

from .scoped import Record

R = TypeVar("R", bound=Record)


def one(
    model: type[R], record_id: int, what: str, *, lock: bool = False, related: tuple[str, ...] = ()
) -> R:
    """The record with this id, with its `related` ones; `lock` it where a write follows.

    Raises NotFound (`unknown_<what>`).
    """
    rows = model._default_manager.all()
    if related:
        rows = rows.select_related(*related)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=record_id).first()
    if found is None:
        raise NotFound(what)
    return found
