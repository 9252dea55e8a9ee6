"""`warmhand migrate`."""

from __future__ import annotations

import click

from warmhand.cli import database
from warmhand.cli.answers import note


@click.command()
def migrate() -> None:
    """Bring the database to this version."""
    with database.unmigrated():
        pending = database.pending_migrations()
        database.migrate()
    for name in pending:
        note(f"  {name}")
    note("The database is at this version.")
