"""Django, ready for a command: the database is up, set up and migrated for as long as needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from warmhand.cli.answers import note
from warmhand.config import cluster
from warmhand.config.env import WrongSetting
from warmhand.config.problems import InstallationProblem

SETTINGS = "warmhand.config.settings"
MIGRATION_LOCK = 7_203_915_488_112_301  # any number of ours: one process migrates at a time


@contextmanager
def ready() -> Iterator[None]:
    """A migrated database and Django on it.

    The private cluster is migrated without asking, and so is a new database; one of an earlier
    version on a server of one's own only by `warmhand migrate`. Raises InstallationProblem
    (`not_migrated`, `database_unreachable`, and those of the cluster)
    """
    with unmigrated():
        if pending_migrations():
            if cluster.database_url() and not _is_new():
                raise InstallationProblem(
                    "not_migrated",
                    "The database is not at this version's state.",
                    "Run 'warmhand migrate'.",
                )
            migrate()
        yield


@contextmanager
def unmigrated() -> Iterator[None]:
    """A running database and Django on it, in whatever state its tables are."""
    with cluster.running():
        _set_up_django()
        try:
            _check_reachable()
            yield
        finally:
            _close_connections()


def _set_up_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        django.setup()
    except WrongSetting as error:
        mend = "Correct that environment variable."
        raise InstallationProblem("wrong_setting", str(error), mend) from None


def _check_reachable() -> None:
    from django.db import OperationalError, connections

    try:
        connections["owner"].ensure_connection()
    except OperationalError as error:
        raise InstallationProblem(
            "database_unreachable",
            f"The database cannot be reached: {str(error).strip()}",
            "Check DATABASE_URL, and that the server is up and lets this role in.",
        ) from None


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()


def pending_migrations() -> list[str]:
    """The migrations that this version has and the database has not, as 'app.name'."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _is_new() -> bool:
    """Whether nothing was ever set up in this database."""
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    return not MigrationRecorder(connections["owner"]).applied_migrations()


def migrate(verbosity: int = 0) -> None:
    """Bring the database to this version: roles, tables, then the isolation of workspaces."""
    from warmhand.config.migrations import migrate_everything

    note("Bringing the database to this version ...")
    cluster.ensure_roles()
    with _alone():
        migrate_everything(verbosity=verbosity)


@contextmanager
def _alone() -> Iterator[None]:
    """One process migrates at a time; the next one then finds nothing left to do."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
