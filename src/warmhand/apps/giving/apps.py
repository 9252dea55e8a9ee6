"""Favours, needs and referrals given."""

from django.apps import AppConfig


class GivingConfig(AppConfig):
    """Favours, needs and referrals given."""

    name = "warmhand.apps.giving"
    label = "giving"
    default_auto_field = "django.db.models.BigAutoField"
