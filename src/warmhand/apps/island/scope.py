"""One workspace at a time: the transaction in which all its reads and writes happen.

Three layers keep a workspace an island (safety.md P0.2): managers that refuse unscoped queries,
composite keys, and row-level security bound to the transaction opened here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db import connection, transaction
from django_scopes import get_scope
from django_scopes import scope as _django_scope

from warmhand.problems import Problem

from .raw import one_row


@dataclass(slots=True)
class Touched:
    """What was written to in this scope, so that standings are settled before the commit."""

    clients: set[int] = field(default_factory=set)
    companies: set[int] = field(default_factory=set)
    providers: set[int] = field(default_factory=set)
    categories: set[str] = field(default_factory=set)
    everyone: bool = False

    def __bool__(self) -> bool:
        named = (self.clients, self.companies, self.providers, self.categories)
        return any(named) or self.everyone


Settler = Callable[[int, Touched], None]
_touched: ContextVar[Touched | None] = ContextVar("touched", default=None)
_settlers: list[Settler] = []


@dataclass(slots=True)
class Kept:
    """What was read once in this scope and holds in all of it, and what must be read anew."""

    values: dict[Hashable, Any] = field(default_factory=dict)
    changed: set[Hashable] = field(default_factory=set)


Value = TypeVar("Value")
_kept: ContextVar[Kept | None] = ContextVar("kept", default=None)


def settle_with(settler: Settler) -> None:
    """Have `settler(workspace_id, touched)` called before a scope that wrote something commits."""
    if settler not in _settlers:
        _settlers.append(settler)


def current_workspace_id() -> int:
    """The workspace of the current scope; a Problem where there is none."""
    workspace_id = get_scope().get("workspace")
    if workspace_id is None:
        raise Problem("no_scope", "No workspace is open here.", status=500)
    return int(workspace_id)


def kept(name: Hashable, read: Callable[[], Value]) -> Value:
    """What `read` answers, read once in this scope; outside of one it is read each time."""
    held = _kept.get()
    if held is None or name in held.changed:
        return read()
    if name not in held.values:
        held.values[name] = read()
    return cast(Value, held.values[name])


def keep_no_more(name: Hashable) -> None:
    """What is kept under this name was written to: it is read each time from here on.

    For the rest of the scope, since a savepoint may yet take the writing back.
    """
    held = _kept.get()
    if held is not None:
        held.values.pop(name, None)
        held.changed.add(name)


def touch(
    *,
    client_id: int | None = None,
    company_id: int | None = None,
    provider_id: int | None = None,
    category: str = "",
    everyone: bool = False,
) -> None:
    """Note that facts of a client, of a company's clients or of everyone have changed.

    Also of those who need what a provider does, or anything of a category (P31).
    """
    touched = _touched.get()
    if touched is None:
        return
    if client_id is not None:
        touched.clients.add(client_id)
    if company_id is not None:
        touched.companies.add(company_id)
    if provider_id is not None:
        touched.providers.add(provider_id)
    if category:
        touched.categories.add(category)
    touched.everyone = touched.everyone or everyone


def settle_now() -> None:
    """Settle what was touched so far, so that a read in the same scope sees it."""
    touched = _touched.get()
    if touched:
        workspace_id = current_workspace_id()
        _touched.set(Touched())
        for settler in _settlers:
            settler(workspace_id, touched)


@contextmanager
def bound(name: str, value: str) -> Iterator[None]:
    """A transaction in which the row-level security reads `value` under `name`.

    The setting ends with the transaction; joined to an outer one (a test's, an import's) it is
    taken back by hand.
    """
    joined = connection.in_atomic_block
    with transaction.atomic():
        _set_local(name, value)
        yield
        if joined:
            _set_local(name, "")


def _set_local(name: str, value: str) -> None:
    one_row("SELECT set_config(%s, %s, true)", [name, value])


@contextmanager
def workspace_scope(workspace_id: int) -> Iterator[None]:
    """Open one workspace for reads and writes, in one transaction.

    Re-entering the same workspace joins the open transaction; another one is refused, since
    nothing may ever stand in two workspaces.
    """
    opened = get_scope().get("workspace")
    if opened is not None:
        if int(opened) != workspace_id:
            raise Problem("two_scopes", "Another workspace is open already.", status=500)
        yield
        return
    with bound("app.workspace", str(workspace_id)), _django_scope(workspace=workspace_id):
        token, token_kept = _touched.set(Touched()), _kept.set(Kept())
        try:
            yield
            settle_now()
        finally:
            _kept.reset(token_kept)
            _touched.reset(token)
