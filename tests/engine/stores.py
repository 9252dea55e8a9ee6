"""The rows of a population put into a database, as tables called after the sources."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import psycopg
from django.db import connections

from warmhand.rulebook.sources import SOURCES

PREFIX = "parity_"
REACH = ("host", "port", "user", "password", "options")


def plain_connection() -> psycopg.Connection:
    """To the run's throw-away cluster, for temporary tables only; the engine needs no Django."""
    parameters = connections["owner"].get_connection_params()
    wanted = {name: value for name, value in parameters.items() if name in REACH}
    return psycopg.connect(**wanted, dbname="postgres")


def _columns(name: str) -> str:
    source = SOURCES[name]
    kinds = {**dict.fromkeys(source.columns, "INTEGER"), **dict.fromkeys(source.words, "TEXT")}
    kinds.update(dict.fromkeys((*source.keys, "id"), "BIGINT"))
    return ", ".join(f'"{column}" {kinds[column]}' for column in source.columns)


def fill_postgres(connection, rows) -> None:
    for name, source in SOURCES.items():
        table = f'"{PREFIX}{name}"'
        connection.execute(f"CREATE TEMPORARY TABLE {table} ({_columns(name)}) ON COMMIT DROP")
        with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows[name]:
                copy.write_row([row[column] for column in source.columns])
        for key in source.keys:
            connection.execute(f'CREATE INDEX ON {table} ("{key}")')
        connection.execute(f"ANALYZE {table}")


def fill_duck(connection, rows) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, source in SOURCES.items():
            path = Path(folder) / f"{name}.csv"
            with path.open("w", newline="") as file:
                csv.writer(file).writerows(
                    [row[column] for column in source.columns] for row in rows[name]
                )
            table = f'"{PREFIX}{name}"'
            connection.execute(f"CREATE TABLE {table} ({_columns(name)})")
            connection.execute(f"COPY {table} FROM '{path}' (HEADER false, NULLSTR '')")
