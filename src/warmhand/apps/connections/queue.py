"""Handing work to the background, in the transaction that wants it."""

from __future__ import annotations

import datetime as dt

from procrastinate.contrib.django import app

TASK = "warmhand.work_on_delivery"
NOTE_TASK = "warmhand.write_note"


def enqueue(*, workspace_id: int, delivery_id: int) -> None:
    """Have the background work on a delivery."""
    app.configure_task(TASK).defer(workspace_id=workspace_id, delivery_id=delivery_id)


def enqueue_note(*, workspace_id: int, verdict_id: int, at: dt.datetime | None = None) -> None:
    """Have the background write a note to the helpdesk, at once or at a time."""
    task = app.configure_task(NOTE_TASK, schedule_at=at)
    task.defer(workspace_id=workspace_id, verdict_id=verdict_id)
