"""Bringing a database up to date: migrations, then what keeps workspaces apart."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from warmhand.apps.island.isolation import apply_isolation

OWNER_ALIAS = "owner"


def migrate_everything(*, verbosity: int = 0) -> None:
    """Run all migrations as the owner, then apply row security, composite keys and grants."""
    call_command("migrate", database=OWNER_ALIAS, verbosity=verbosity, interactive=False)
    apply_isolation(connections[OWNER_ALIAS])


def is_up_to_date() -> bool:
    """Whether no migration is pending on the database."""
    executor = MigrationExecutor(connections[OWNER_ALIAS])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
