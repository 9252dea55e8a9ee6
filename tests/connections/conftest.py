"""A connection to deliver to, and what the worker would do with what was delivered."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.connections.signers import SECRETS, arrived
from warmhand.apps.connections import work
from warmhand.apps.connections.door import receive
from warmhand.apps.connections.models import Connection, Delivery
from warmhand.apps.connections.queue import TASK
from warmhand.apps.connections.vault import seal
from warmhand.apps.island.scope import workspace_scope

BEGIN = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


class Desk:
    """A helpdesk that delivers to us."""

    def __init__(self, world, peer="plain", address="an-address", **more):
        self.world, self.peer, self.address = world, peer, address
        with workspace_scope(world.workspace.pk):
            self.connection = Connection.objects.create(
                peer=peer,
                name=f"Our {peer}",
                address=address,
                sealed_secret=seal(SECRETS[peer]),
                **more,
            )

    def send(self, body, *, id_="msg_1", secret=None, now=None, **headers):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = arrived(self.peer, raw, id_=id_, secret=secret, now=now, **headers)
        return receive(sent, self.address)

    def tell(self, body, **more):
        """Deliver and work on it; what became of it."""
        received = self.send(body, **more)
        with workspace_scope(self.world.workspace.pk):
            work.work_on(received.delivery_id)
            return Delivery.objects.get(pk=received.delivery_id)


def work_off(world):
    """Do what the worker would do with the jobs that wait, each once; how many."""
    done = 0
    jobs = ProcrastinateJob.objects.filter(task_name=TASK, status="todo")
    for job in jobs.order_by("id").values("id", "args"):
        with workspace_scope(job["args"]["workspace_id"]):
            done += work.work_on(job["args"]["delivery_id"]) is not None
    return done


def plain(type_, at=None, *, ticket="T1", email="ada@kettle.example", **data):
    """A body of the plain hook."""
    at = at or timezone.now()
    body = {"case": {"id": ticket, "title": "The export fails"}, "client": {"email": email}}
    return {"type": type_, "timestamp": at.isoformat(), "data": body | data}


@pytest.fixture
def desk(closed_world):
    return Desk(closed_world)


@pytest.fixture
def ada(closed_world):
    from warmhand.apps.people.models import ContactPoint

    with workspace_scope(closed_world.workspace.pk):
        made = closed_world.client("Ada Kettle")
        ContactPoint.objects.create(client=made, kind="email", value="ada@kettle.example")
        return made
