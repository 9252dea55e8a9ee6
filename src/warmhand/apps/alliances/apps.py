"""Alliances, enquiries we pass on, the ledger of given and received."""

from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    """Alliances, enquiries we pass on, the ledger of given and received."""

    name = "warmhand.apps.alliances"
    label = "alliances"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What our trade is, is said with the alliances; the law asks for it further down."""
        from warmhand.apps.policies.law import said_by

        from .queries.trade import said_side

        said_by(said_side)
