"""One way to do something in every workspace, each in its own scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from warmhand.apps.accounts.queries import all_workspaces
from warmhand.apps.island.scope import workspace_scope

Found = TypeVar("Found")


def everywhere(act: Callable[[], Found]) -> list[Found]:
    """What `act` answers in each workspace, one after the other, each in a transaction of its own.

    A mistake in one ends the job; what was done in those before it stays.
    """
    found = []
    for workspace in all_workspaces():
        with workspace_scope(workspace.pk):
            found.append(act())
    return found
