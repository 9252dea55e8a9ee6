"""Introductions by double consent, one provider after the other."""

from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    """Introductions by double consent, one provider after the other."""

    name = "warmhand.apps.introductions"
    label = "introductions"
    default_auto_field = "django.db.models.BigAutoField"
