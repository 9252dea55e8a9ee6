"""Helpdesks and other systems that tell us what happened to a client."""

from typing import Any

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """Helpdesks and other systems that tell us what happened to a client."""

    name = "warmhand.apps.connections"
    label = "connections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The verdict about a ticket is told before the change that it rests on commits."""
        from warmhand.apps.island.scope import settle_with

        settle_with(_settle)


def _settle(workspace_id: int, touched: Any) -> None:
    """Loaded with the first change: what words a verdict takes a while to import."""
    from .turns import settle

    settle(workspace_id, touched)
