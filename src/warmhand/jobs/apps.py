"""Background jobs: imports, standings whose day has come, mail."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Procrastinate finds the tasks in `tasks.py`."""

    name = "warmhand.jobs"
    label = "jobs"
