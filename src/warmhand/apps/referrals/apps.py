"""Referrals received and what came of them."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals received and what came of them."""

    name = "warmhand.apps.referrals"
    label = "referrals"
    default_auto_field = "django.db.models.BigAutoField"
