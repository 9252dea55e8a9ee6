"""Asks, budgets, overrides and each client's standing."""

from typing import Any

from django.apps import AppConfig


class AsksConfig(AppConfig):
    """Asks, budgets, overrides and each client's standing."""

    name = "warmhand.apps.asks"
    label = "asks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Standings are settled before a scope that changed facts commits."""
        from warmhand.apps.island.scope import settle_with

        settle_with(_settle)


def _settle(workspace_id: int, touched: Any) -> None:
    """Loaded with the first change: what decides a standing takes a while to import."""
    from .standings import settle

    settle(workspace_id, touched)
