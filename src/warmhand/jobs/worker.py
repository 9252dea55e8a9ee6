"""The worker's own way to the queue, beside that of the tasks it runs.

A task that enqueues another must do so in its own transaction (safety.md, control 5): the note
about a verdict may not be looked for before the verdict is there, and not at all if it was rolled
back. procrastinate's `replace_connector` would put both on the worker's connection, outside of it.
"""

from __future__ import annotations

from procrastinate import App
from procrastinate.contrib.django import app as django_app

from warmhand.jobs import tasks

__all__ = ["tasks", "worker_app"]
"""Importing the tasks makes them known to the worker; whoever only enqueues one names it."""


def worker_app() -> App:
    """An app that fetches jobs by a connection of its own; its tasks defer by Django's."""
    connector = django_app.connector.get_worker_connector()  # type: ignore[attr-defined]
    worker = App(
        connector=connector,
        import_paths=django_app.import_paths,
        worker_defaults=django_app.worker_defaults,
    )
    worker.tasks = django_app.tasks
    worker.periodic_registry = django_app.periodic_registry
    return worker
