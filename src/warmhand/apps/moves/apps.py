"""The list of moves for a person, today."""

from django.apps import AppConfig


class MovesConfig(AppConfig):
    """The list of moves for a person, today."""

    name = "warmhand.apps.moves"
    label = "moves"
    default_auto_field = "django.db.models.BigAutoField"
