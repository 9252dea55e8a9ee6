"""The database and its two roles: one owns the tables, the other only serves."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from warmhand.config.cluster.places import APP, DATABASE, OWNER, PORT, SUPERUSER, Folders
from warmhand.config.problems import InstallationProblem

# Neither may see past a workspace: not superuser, no BYPASSRLS. The owner may create databases
# because the tests make one of their own.
OWNER_MAY = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION CREATEDB"
APP_MAY = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION NOCREATEDB"

Connection = psycopg.Connection[tuple[Any, ...]]


def provide(where: Folders) -> None:
    """Create what is missing of roles, database and extensions in a private cluster."""
    host = str(where.socket)
    with psycopg.connect(
        host=host, port=PORT, user=SUPERUSER, dbname="postgres", autocommit=True
    ) as connection:
        if _has_database(connection):
            return
        _provide_role(connection, OWNER, OWNER_MAY)
        _provide_role(connection, APP, APP_MAY)
        # The owner may end the application's connections, as a restore or a test must.
        connection.execute(
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER))
        )
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(DATABASE), sql.Identifier(OWNER)
            )
        )


def _has_database(connection: Connection) -> bool:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
    return found.fetchone() is not None


def _has_role(connection: Connection, name: str) -> bool:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    return found.fetchone() is not None


def _provide_role(connection: Connection, name: str, may: str) -> None:
    if not _has_role(connection, name):
        connection.execute(sql.SQL("CREATE ROLE {} ").format(sql.Identifier(name)) + _fixed(may))


def _fixed(words: str) -> sql.Composed:
    """Keywords of ours (never anybody's input) as SQL."""
    return sql.SQL(" ").join(sql.SQL(word) for word in words.split())


def provide_app_role(url: str) -> None:
    """On a server of one's own: make sure the login role may act as the application role.

    Raises InstallationProblem `app_role_missing` where the login role may not create it.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        try:
            _provide_role(connection, APP, "NOLOGIN NOSUPERUSER NOBYPASSRLS")
            if not _may_act_as_app(connection):
                connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(APP)))
        except psycopg.errors.InsufficientPrivilege:
            raise _app_role_missing(connection.info.user) from None


def _may_act_as_app(connection: Connection) -> bool:
    asks = "SELECT pg_has_role(current_user, %s, 'MEMBER')"
    if connection.info.server_version >= 160000:
        asks = "SELECT pg_has_role(current_user, %s, 'SET')"
    found = connection.execute(asks, [APP]).fetchone()
    return found is not None and bool(found[0])


def _app_role_missing(login: str) -> InstallationProblem:
    return InstallationProblem(
        "app_role_missing",
        f"The database role '{login}' may neither create the role '{APP}' nor act as it.",
        f"As a superuser of that server, run: CREATE ROLE {APP} NOLOGIN; GRANT {APP} TO {login};",
    )
