from __future__ import annotations

import pytest

from tests.gratitude.rewarding import rewards_on


@pytest.fixture
def rewarding(world):
    rewards_on(world)
    return world
