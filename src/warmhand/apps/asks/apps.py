"""Asks, budgets, overrides and each client's standing."""

from django.apps import AppConfig


class AsksConfig(AppConfig):
    """Asks, budgets, overrides and each client's standing."""

    name = "warmhand.apps.asks"
    label = "asks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Standings are settled before a scope that changed facts commits."""
        from warmhand.apps.island.scope import settle_with

        from .standings import settle

        settle_with(settle)
