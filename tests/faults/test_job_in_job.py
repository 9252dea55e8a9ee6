"""A job that enqueues a job does so in its own transaction: rolled back, there is none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from warmhand.apps.connections import writing
from warmhand.apps.connections.queue import NOTE_TASK, enqueue_note
from warmhand.apps.island.scope import workspace_scope
from warmhand.jobs.worker import worker_app

BROKEN, AFTER = 1, 2


@pytest.fixture
def broken_write(fresh_database, django_db_blocker, monkeypatch):
    """Writing note 1 enqueues note 2 and then breaks."""

    def write_note(*, workspace_id, verdict_id):
        if verdict_id == AFTER:
            return
        with workspace_scope(workspace_id):
            enqueue_note(workspace_id=workspace_id, verdict_id=AFTER)
            raise RuntimeError("broken on purpose")

    monkeypatch.setattr(writing, "write_note", write_note)
    with django_db_blocker.unblock():
        enqueue_note(workspace_id=1, verdict_id=BROKEN)
        yield


def jobs():
    rows = ProcrastinateJob.objects.filter(task_name=NOTE_TASK).order_by("id")
    return [row["verdict_id"] for row in rows.values_list("args", flat=True)]


def worked(queue):
    """Work on what waits, in a thread: a browser of other tests may keep a loop in this one."""
    with ThreadPoolExecutor(1) as beside:
        how = {"wait": False, "listen_notify": False, "install_signal_handlers": False}
        beside.submit(queue.run_worker, **how).result()


def test_a_job_of_a_rolled_back_task_was_never_there(broken_write, caplog):
    worked(worker_app())
    assert jobs() == [BROKEN]
    assert "broken on purpose" in caplog.text


def test_control_on_the_workers_connection_it_would_be(broken_write, caplog):
    """Why the worker has an app of its own."""
    connector = app.connector.get_worker_connector()
    with app.replace_connector(connector) as replaced:
        worked(replaced)
    assert jobs() != [BROKEN]
