"""What every API test starts from: keys of two workspaces, and none."""

from __future__ import annotations

import pytest

from tests.api.checked import Caller, key_of
from warmhand.apps.island.actor import Actor


@pytest.fixture
def api(closed_world):
    """The owner's key, with every scope."""
    return Caller(key_of(closed_world.workspace.pk, closed_world.by))


@pytest.fixture
def reader(closed_world):
    """A key that may only read."""
    return Caller(key_of(closed_world.workspace.pk, closed_world.by, "read"))


@pytest.fixture
def elsewhere(closed_world):
    """A key of the other workspace, with every scope."""
    return Caller(key_of(closed_world.other.pk, Actor(None, "Outsider", "web")))


@pytest.fixture
def stranger(closed_world):
    """A program without a key."""
    return Caller(None)
