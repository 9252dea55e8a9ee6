"""Handing a mail to the background, in the transaction that puts it on record."""

from __future__ import annotations

from procrastinate.contrib.django import app

TASK = "warmhand.send_message"


def enqueue(*, workspace_id: int, message_id: int) -> None:
    """Have the background send a message; a rolled-back transaction leaves no job."""
    app.configure_task(TASK).defer(workspace_id=workspace_id, message_id=message_id)
