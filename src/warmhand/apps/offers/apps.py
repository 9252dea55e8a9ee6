"""Something worth passing on, and to whom it was handed."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """Something worth passing on, and to whom it was handed."""

    name = "warmhand.apps.offers"
    label = "offers"
    default_auto_field = "django.db.models.BigAutoField"
