"""Writing verdicts as private notes: a job for each attempt."""

from __future__ import annotations

from procrastinate.contrib.django import app

from warmhand.apps.connections import writing
from warmhand.apps.connections.queue import NOTE_TASK


@app.task(name=NOTE_TASK)
def write_note(workspace_id: int, verdict_id: int) -> None:
    """Make one attempt; the next one, if any, is a job of its own."""
    writing.write_note(workspace_id=workspace_id, verdict_id=verdict_id)
