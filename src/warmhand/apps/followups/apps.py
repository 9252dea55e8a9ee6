"""What came of a referral that we gave: both sides are asked, and it is remembered."""

from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    """What came of a referral that we gave: both sides are asked, and it is remembered."""

    name = "warmhand.apps.followups"
    label = "followups"
    default_auto_field = "django.db.models.BigAutoField"
