"""A client who has earned an ask, and their ticket at a helpdesk."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from tests.heart_world import earned
from warmhand.apps.connections.models import Connection, PanelKey, Ticket
from warmhand.apps.connections.panel import signature
from warmhand.apps.connections.vault import seal
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.moves import moments
from warmhand.apps.moves.moments import CaseRef
from warmhand.apps.work import services as work

SECRET = "the panel's own secret"


class Scene:
    """One ticket of one client; `values` are the connection's."""

    def __init__(self, world, name="Ada Kettle", address="an-address", ref="35436", **values):
        self.world, self.address, self.ref = world, address, ref
        with workspace_scope(world.workspace.pk):
            self.client = earned(world, name, world.company(f"{name} & Co"))
            self.connection = Connection.objects.create(
                peer="zendesk", name="Our desk", address=address, **values
            )
            self.case = work.open_case(
                by=world.by,
                client_id=self.client.pk,
                title="Labels came out blank",
                source=self.connection.source,
                source_ref=ref,
            )
            self.ticket = Ticket.objects.create(connection=self.connection, ref=ref, case=self.case)
            PanelKey.objects.create(connection=self.connection, sealed=seal(SECRET))

    def tell(self, what):
        with workspace_scope(self.world.workspace.pk):
            ref = CaseRef(case_id=self.case.pk)
            moments.tell(by=self.world.actor("agent"), ref=ref, what=what)

    def state(self):
        with workspace_scope(self.world.workspace.pk):
            self.case.refresh_from_db()
            return self.case.state

    def change(self, **values):
        with workspace_scope(self.world.workspace.pk):
            Connection.objects.filter(pk=self.connection.pk).update(**values)

    def panel_url(self, agent="agent@warmhand.example", *, ago=0, secret=SECRET, **changed):
        told = {"ticket": self.ref, "agent": agent, "ts": str(int(time.time()) - ago)}
        told["sig"] = signature(secret, **told)
        return f"/panel/{self.address}/?{urlencode(told | changed)}"
