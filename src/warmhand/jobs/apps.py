"""Background jobs: imports, standings whose day has come, mail."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Its worker imports the tasks (`worker.py`)."""

    name = "warmhand.jobs"
    label = "jobs"
