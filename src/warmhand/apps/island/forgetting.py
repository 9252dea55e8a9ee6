"""The one way to empty what the application may only add to (GDPR Art. 17)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, models, transaction

SETTING: Final = "app.forgetting"
"""What the database looks at: `on` while this transaction forgets somebody."""


@contextmanager
def _forgetting() -> Iterator[None]:
    """While it lasts, and no longer: a failure inside takes the setting back with all else."""
    with transaction.atomic():
        _set("on")
        yield
        _set("off")


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])


def forget_columns(rows: models.QuerySet[Any], **emptied: Any) -> int:
    """Empty columns that their model's `may_forget` names; how many rows.

    Each is to nothing or to FORGOTTEN. The database refuses anything else, and the same statement
    from anywhere else, and stamps every row with `forgotten_at`, which the application can't write.
    """
    with _forgetting():
        return rows.update(**emptied)
