"""Links that clients open without signing in, and mails to them."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Links that clients open without signing in, and mails to them."""

    name = "warmhand.apps.messaging"
    label = "messaging"
    default_auto_field = "django.db.models.BigAutoField"
