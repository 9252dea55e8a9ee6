"""What every model of a workspace has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import models
from django_scopes import ScopedManager, get_scope

FORGOTTEN: Final = "(forgotten)"
"""What stands where words about somebody stood who is forgotten."""


class LiveManager(models.Manager["Record"]):
    """Leaves out what was removed (removing can be undone)."""

    def get_queryset(self) -> models.QuerySet[Record]:
        """Rows that stand."""
        return super().get_queryset().filter(removed_at__isnull=True)


class Link(models.ForeignKey):  # type: ignore[type-arg]
    """A foreign key inside a workspace.

    The database constraint is composite, (workspace_id, x_id), so that a crossing can't be stored;
    `isolation.py` makes it, hence none of Django's own here.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)


class Scoped(models.Model):
    """A row of one workspace; unscoped queries are refused."""

    workspace = models.ForeignKey(
        "accounts.Workspace", on_delete=models.PROTECT, related_name="+", editable=False
    )

    if not TYPE_CHECKING:  # the checker knows the plain managers, typed by their model
        objects = ScopedManager(workspace="workspace_id")

    append_only: ClassVar[bool] = False
    """The application role may insert and read, never change."""

    may_move: ClassVar[tuple[str, ...]] = ()
    """Columns of an append-only table that may change all the same: on whom a row hangs, when two
    clients turn out to be one. What was said, and when, still can't be changed."""

    may_forget: ClassVar[tuple[str, ...]] = ()
    """Columns of an append-only table that may be emptied, as the law wants it for a person who is
    to be forgotten: to nothing or to FORGOTTEN, never to other words, by `forgetting` alone. The
    database sees to it, and stamps the row's `forgotten_at`, which such a table has."""

    may_also_see: ClassVar[str] = ""
    """SQL: rows that may be read before a workspace is open (sign-in, keys, invitations)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save into the open workspace."""
        if self.workspace_id is None:
            self.workspace_id = get_scope()["workspace"]
        super().save(*args, **kwargs)


class Record(Scoped):
    """Something a member keeps about clients: made, changed, removed and brought back."""

    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    only_rises: ClassVar[tuple[str, ...]] = ()
    """Numbers that others outside remember: an undo raises them once more instead of lowering."""

    if TYPE_CHECKING:
        all_objects: ClassVar[models.Manager[Any]]
    else:
        objects = ScopedManager(_manager_class=LiveManager, workspace="workspace_id")
        all_objects = ScopedManager(workspace="workspace_id")

    class Meta:
        abstract = True
