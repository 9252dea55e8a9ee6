"""The workspace's rule settings and their versions."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """The workspace's rule settings and their versions."""

    name = "warmhand.apps.policies"
    label = "policies"
    default_auto_field = "django.db.models.BigAutoField"
