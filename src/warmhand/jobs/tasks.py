"""The tasks a worker knows; each opens the workspaces it works in.

Jobs are enqueued in the transaction that wants them, so a rolled-back write leaves no job.
"""

from __future__ import annotations

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app

from warmhand.apps.accounts import days, idempotency
from warmhand.apps.alliances.services import keep_modes
from warmhand.apps.asks.standings import redecide_due
from warmhand.apps.people.services.key_lists import forget_old_lists
from warmhand.jobs.everywhere import everywhere
from warmhand.jobs.hooks import work_on_delivery
from warmhand.jobs.imports import import_uploaded
from warmhand.jobs.introductions import forget_third_persons, move_introductions_on
from warmhand.jobs.mail import send_message
from warmhand.jobs.notes import write_note

__all__ = [
    "forget_third_persons",
    "import_uploaded",
    "move_introductions_on",
    "send_message",
    "work_on_delivery",
    "write_note",
]
"""The worker looks for tasks in this module."""
log = logging.getLogger(__name__)
STALLED_SECONDS = 60


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="redecide_due", lock="redecide_due")
def redecide_what_is_due(timestamp: int) -> int:
    """Re-decide clients whose day has come, in every workspace in its own time zone."""
    return sum(everywhere(lambda: redecide_due(days.today())))


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_answers", lock="forget_answers")
def forget_old_answers(timestamp: int) -> None:
    """Forget the answers to idempotency keys after their days."""
    everywhere(idempotency.forget_old)


@app.periodic(cron="27 * * * *")
@app.task(queueing_lock="forget_lists", lock="forget_lists")
def forget_lists_of_connections(timestamp: int) -> None:
    """Forget lists that clients gave us and nobody chose from for a day."""
    everywhere(forget_old_lists)


@app.periodic(cron="7 2 * * *")
@app.task(queueing_lock="keep_modes", lock="keep_modes")
def keep_legal_modes(timestamp: int) -> None:
    """Delete exchanges that a newer legal pack no longer lets be kept."""
    everywhere(keep_modes)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rescue", lock="rescue", pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put jobs of a worker that died back into the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        log.warning("Job %s of a worker that died is put back.", job.id)
        await manager.retry_job(job)
