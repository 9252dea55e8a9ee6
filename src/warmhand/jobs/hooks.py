"""Working on what helpdesks delivered: tried again where it fails, told on the page in the end."""

from __future__ import annotations

import logging

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from warmhand.apps.connections import work
from warmhand.apps.connections.queue import TASK
from warmhand.apps.island.scope import workspace_scope
from warmhand.jobs.everywhere import everywhere

log = logging.getLogger(__name__)
TRIES = 4


@app.task(name=TASK, retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3), pass_context=True)
def work_on_delivery(context: JobContext, workspace_id: int, delivery_id: int) -> None:
    """Have a delivery's effect, once: another try finds it done and does nothing."""
    try:
        with workspace_scope(workspace_id):
            work.work_on(delivery_id)
    except Exception as cause:
        log.exception("Delivery %s could not be worked on.", delivery_id)
        if context.job.attempts < TRIES - 1:
            raise
        with workspace_scope(workspace_id):
            work.fail(delivery_id, cause)


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="forget_bodies", lock="forget_bodies")
def forget_old_bodies(timestamp: int) -> None:
    """Delete what helpdesks delivered after its days."""
    everywhere(work.forget_bodies)
