"""Providers we could send clients to, and what clients themselves do well."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Providers we could send clients to, and what clients themselves do well."""

    name = "warmhand.apps.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
