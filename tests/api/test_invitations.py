"""Links for clients over the API: told once, never stored, the same while they wait."""

from __future__ import annotations

import json
import re

import pytest

from tests.letterbox import link_in
from tests.public_visitor import Visitor
from warmhand.apps.accounts.models import IdempotentAnswer
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.work import services as work


@pytest.fixture
def ada(closed_world):
    with workspace_scope(closed_world.workspace.pk):
        return closed_world.client()


def test_an_invitation_tells_its_link_once_and_keeps_no_copy(api, closed_world, ada):
    made = api.post("/surveys/invitations", {"client_id": ada.pk}, Idempotency_Key="once")
    assert made.status == 201
    assert made.body["client_id"] == ada.pk
    assert Visitor(link_in(made.body["link"], "/p/survey/")).looks().status_code == 200
    again = api.post("/surveys/invitations", {"client_id": ada.pk}, Idempotency_Key="once")
    assert again.body == made.body
    token = re.search(r"/p/survey/([^/]+)/", made.body["link"])[1]
    with workspace_scope(closed_world.workspace.pk):
        assert not IdempotentAnswer.objects.exists()
    listed = api.get("/surveys").body
    assert listed["items"][0]["id"] == made.body["survey_id"]
    assert token not in json.dumps(listed)


def test_a_question_about_a_resolved_case_only(api, closed_world, ada):
    with workspace_scope(closed_world.workspace.pk):
        case = work.open_case(by=closed_world.by, client_id=ada.pk, title="The parcel was lost")
    refused = api.post(f"/cases/{case.pk}/question", {})
    assert (refused.status, refused.code) == (409, "case_not_resolved")
    api.post(f"/cases/{case.pk}/resolve", {})
    made = api.post(f"/cases/{case.pk}/question", {})
    assert made.status == 201
    visitor = Visitor(link_in(made.body["link"], "/p/case/"))
    assert visitor.looks().status_code == 200
    api.post(f"/cases/{case.pk}/reopen", {})
    assert visitor.looks().status_code == 404


def test_another_workspaces_client_is_unknown(api, closed_world):
    with workspace_scope(closed_world.other.pk):
        theirs = closed_world.client(keeper=None)
    refused = api.post("/surveys/invitations", {"client_id": theirs.pk})
    assert (refused.status, refused.code) == (404, "unknown_client")
