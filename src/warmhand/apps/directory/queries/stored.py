"""Texts as they are searched, which PostgreSQL keeps beside what they are made of (migration 0004).

Small letters, no accents. Django's models don't know of the columns: a provider is read without
them.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Expression, TextField

PROVIDER = "directory_provider"
SERVICE = "directory_service"


class Stored(Expression):
    """A column of a table that the query reads already, under the table's own name."""

    def __init__(self, table: str, column: str) -> None:
        super().__init__(output_field=TextField())
        self._column = f'"{table}"."{column}"'

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """The column."""
        return self._column, ()


def as_searched(text: str) -> str:
    """A text as the columns would have it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory_plain(%s)", [text])
        return str(cursor.fetchone()[0])
