"""Clients, companies, key rings, consent, import and merge."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Clients, companies, key rings, consent, import and merge."""

    name = "warmhand.apps.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
