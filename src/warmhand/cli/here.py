"""The workspace a command works in, and its day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from warmhand.cli import database

if TYPE_CHECKING:
    from warmhand.apps.accounts.models import Workspace

Command = TypeVar("Command", bound=Callable[..., Any])


def workspace_option(command: Command) -> Command:
    """Give a command `--workspace`: needed only where an installation has several."""
    return click.option(
        "--workspace", "slug", default="", help="Short name of the workspace, if there are several."
    )(command)


@contextmanager
def opened(slug: str, *, standings: bool = True) -> Iterator[Workspace]:
    """The database, Django and one workspace, open for reads and writes in one transaction.

    Standings whose day has come are decided anew first, unless the command reads none. Raises
    Problem where the workspace is unknown, or none is named and there isn't exactly one.
    """
    with database.ready():
        from warmhand.apps.accounts import queries
        from warmhand.apps.island.scope import workspace_scope

        workspace = queries.workspace_by_slug(slug) if slug else queries.only_workspace()
        with workspace_scope(workspace.pk):
            if standings:
                from warmhand.apps.asks.standings import redecide_due

                redecide_due(queries.today(workspace))
            yield workspace
