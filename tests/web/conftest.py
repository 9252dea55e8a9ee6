"""Pages asked for by Django's own client: quick, without a browser."""

from __future__ import annotations

import pytest

from tests.letterbox import letterbox as letterbox
from tests.stopped_clock import time as time


@pytest.fixture
def as_member(closed_world, client):
    """`as_member("agent")`: a client signed in as the member of that role."""

    def sign_in(role="owner"):
        client.force_login(closed_world.users[role])
        return client

    return sign_in


@pytest.fixture
def inside(closed_world):
    """The first workspace, open: to look at what a page has written."""
    from warmhand.apps.island.scope import workspace_scope

    return lambda: workspace_scope(closed_world.workspace.pk)
