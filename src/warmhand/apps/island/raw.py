"""The driver's own connection, for the few statements that every request runs.

They are prepared once on a connection: planning costs ten times what running them does. Row-level
security holds for them as for all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from psycopg import Cursor
from psycopg.rows import tuple_row

NEVER_BY_ITSELF = 1_000_000_000


def raw_connection() -> Any:
    """The open transaction's connection as psycopg knows it.

    Django forbids preparing altogether; here it is done where a statement asks for it.
    """
    connection.ensure_connection()
    raw = connection.connection
    if raw.prepare_threshold is None:
        raw.prepare_threshold = NEVER_BY_ITSELF
    return raw


def one_row(sql: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row of a statement that is prepared; None where there is none.

    Errors are Django's, as everywhere. Numbers should be sized (`Int8`), or the same text is
    prepared once for every size of them.
    """
    raw = raw_connection()
    with connection.wrap_database_errors:
        cursor = Cursor(raw, row_factory=tuple_row)
        return cursor.execute(sql, values, prepare=True).fetchone()
