"""Taking a guard away, for the controls: the harm must then be seen."""

from __future__ import annotations

import psycopg
from django.db import connections


def drop_constraint(database: str, index: str = "one_open_ask_per_client") -> None:
    """Drop the unique index that keeps a second open ask of a client out."""
    parameters = connections["owner"].get_connection_params()
    with psycopg.connect(
        **{k: v for k, v in parameters.items() if k in ("host", "port", "user", "password")},
        dbname=database,
        autocommit=True,
    ) as owner:
        owner.execute(f"DROP INDEX {index}")
