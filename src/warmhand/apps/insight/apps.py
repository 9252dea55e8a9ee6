"""What our giving is worth, per member and team, against targets (P35)."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """What our giving is worth, per member and team, against targets."""

    name = "warmhand.apps.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
