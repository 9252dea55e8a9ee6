"""Asks, budgets, overrides and each client's standing."""

from django.apps import AppConfig


class AsksConfig(AppConfig):
    """Asks, budgets, overrides and each client's standing."""

    name = "warmhand.apps.asks"
    label = "asks"
    default_auto_field = "django.db.models.BigAutoField"
