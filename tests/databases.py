"""Databases for tests: a template migrated once a run, copied in a fraction of a second."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg import sql

from warmhand.config.cluster import data_folder

TEMPLATE = "warmhand_test_template"


def _admin() -> psycopg.Connection:
    """The owner's connection to a database that always exists."""
    parameters = connections["owner"].get_connection_params()
    return psycopg.connect(
        **{
            k: v
            for k, v in parameters.items()
            if k in ("host", "port", "user", "password", "options")
        },
        dbname="postgres",
        autocommit=True,
    )


def current_name() -> str:
    return connections["default"].settings_dict["NAME"]


def point_django_at(name: str) -> None:
    """Have both aliases speak to another database from now on."""
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        # Threads of a served site end with their connection open otherwise.
        connections[alias].settings_dict["CONN_MAX_AGE"] = 0


@contextmanager
def speaking_to(name: str) -> Iterator[None]:
    """Django speaks to another database meanwhile, and afterwards to the one before."""
    before = current_name()
    point_django_at(name)
    try:
        yield
    finally:
        point_django_at(before)


@contextmanager
def copied_database(name: str) -> Iterator[str]:
    """A copy of the template under this name, gone afterwards."""
    _provide_template()
    with _admin() as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(TEMPLATE)
            )
        )
    try:
        yield name
    finally:
        with _admin() as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _provide_template() -> None:
    """Migrate the template by whichever process comes first; the others wait for it."""
    done = data_folder() / "test-template-done"
    with (data_folder() / "test-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if done.exists():
            return
        _make_template()
        done.touch()


def _make_template() -> None:
    from warmhand.config.migrations import migrate_everything

    with _admin() as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {TEMPLATE}")
    with speaking_to(TEMPLATE):
        migrate_everything()
