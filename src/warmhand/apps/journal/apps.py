"""Who did what, when and why: append-only."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Who did what, when and why: append-only."""

    name = "warmhand.apps.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
