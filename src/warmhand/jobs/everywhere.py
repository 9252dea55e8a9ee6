"""One way to do something in every workspace, each in its own scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from warmhand.apps.accounts.queries import all_workspaces
from warmhand.apps.island.scope import workspace_scope

Found = TypeVar("Found")


def everywhere(act: Callable[[], Found]) -> list[Found]:
    """What `act` answers in each workspace, one after the other, each in a transaction of its own.

    A mistake in one doesn't keep the others from their turn; all mistakes are raised at the end, so
    the job fails and is seen.
    """
    found, wrong = [], []
    for workspace in all_workspaces():
        try:
            with workspace_scope(workspace.pk):
                found.append(act())
        except Exception as mistake:  # whatever it is, the next workspace has its turn
            mistake.add_note(f"In workspace {workspace.pk}.")
            wrong.append(mistake)
    if wrong:
        raise ExceptionGroup(f"{len(wrong)} workspaces failed", wrong)
    return found
