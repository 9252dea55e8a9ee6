"""Review meetings: who is due, the invitation, the agenda, the record."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Review meetings: who is due, the invitation, the agenda, the record."""

    name = "warmhand.apps.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"
