"""Accounts: workspaces, members, and who may do what."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The lowest app: every other one may use it."""

    name = "warmhand.apps.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
