"""Thank-yous owed and given."""

from django.apps import AppConfig


class GratitudeConfig(AppConfig):
    """Thank-yous owed and given."""

    name = "warmhand.apps.gratitude"
    label = "gratitude"
    default_auto_field = "django.db.models.BigAutoField"
