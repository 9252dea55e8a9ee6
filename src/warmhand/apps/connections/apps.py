"""Helpdesks and other systems that tell us what happened to a client."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """Helpdesks and other systems that tell us what happened to a client."""

    name = "warmhand.apps.connections"
    label = "connections"
    default_auto_field = "django.db.models.BigAutoField"
