"""Alliances, enquiries we pass on, the ledger of given and received."""

from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    """Alliances, enquiries we pass on, the ledger of given and received."""

    name = "warmhand.apps.alliances"
    label = "alliances"
    default_auto_field = "django.db.models.BigAutoField"
