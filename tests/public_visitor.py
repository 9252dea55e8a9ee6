"""A client with a link and no account: what they see and send."""

from __future__ import annotations

import re

from django.test import Client

from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging.services import address_of
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Case

ALL = {"satisfied": 9, "would_recommend": 8, "would_be_reference": 5, "would_introduce": 3}


def invited(world, client) -> str:
    """The path of a survey page for a client."""
    with workspace_scope(world.workspace.pk):
        link = work.invite_to_survey(by=world.by, client_id=client.pk)
        return address_of(link, "/p/survey/{token}/")


def questioned(world, case: Case) -> str:
    """The path of an 'is it really solved?' page."""
    with workspace_scope(world.workspace.pk):
        link = work.ask_if_solved(by=world.by, case_id=case.pk)
        return address_of(link, "/p/case/{token}/")


class Visitor:
    """Somebody at their own device: CSRF checks on, and no cookie is ever sent back."""

    def __init__(self, path: str, **headers: str) -> None:
        self.path = path
        self.client = Client(enforce_csrf_checks=True, headers={"user-agent": "A phone"} | headers)

    def looks(self, more: str = ""):
        answer = self.client.get(self.path + more)
        self.stamp = stamp_in(answer.content.decode())
        assert not self.client.cookies
        return answer

    def sends(self, **answers):
        return self.client.post(self.path, {"stamp": self.stamp} | answers)


def stamp_in(page: str) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', page)
    return found[1] if found else ""
