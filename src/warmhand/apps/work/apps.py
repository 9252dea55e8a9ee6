"""Commitments, cases, ratings, surveys, reviews and busy times."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Commitments, cases, ratings, surveys, reviews and busy times."""

    name = "warmhand.apps.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"
