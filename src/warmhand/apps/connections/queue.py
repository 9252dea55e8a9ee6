"""Handing a delivery to the background, in the transaction that keeps it."""

from __future__ import annotations

from procrastinate.contrib.django import app

TASK = "warmhand.work_on_delivery"


def enqueue(*, workspace_id: int, delivery_id: int) -> None:
    """Have the background work on a delivery."""
    app.configure_task(TASK).defer(workspace_id=workspace_id, delivery_id=delivery_id)
