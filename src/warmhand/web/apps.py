"""The web surface: pages that gate, parse, call and answer."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates and static files of the pages."""

    name = "warmhand.web"
    label = "web"
