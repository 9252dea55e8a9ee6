"""A database planted once for all routes: what a call writes is rolled back after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.api.checked import key_of
from tests.contracts.planted import Planted, plant
from tests.databases import copied_database, current_name, speaking_to
from tests.world import World, make_world
from warmhand.apps.accounts.services import KEY_SCOPES
from warmhand.apps.island.actor import Actor

OURS, THEIRS = "zanzibar-ours", "quixote-theirs"


@dataclass(frozen=True)
class PlantedWorld:
    world: World
    planted: Planted
    database: str
    keys: dict[str, str]
    """Secrets: 'ours' and 'theirs' with every scope, and 'without <scope>'."""


@pytest.fixture(scope="session")
def planted_once(django_db_setup, django_db_blocker) -> Iterator[PlantedWorld]:
    with django_db_blocker.unblock(), copied_database(f"{current_name()}_planted") as name:
        with speaking_to(name):
            world = make_world()
            planted = plant(world.workspace.pk, OURS)
            plant(world.other.pk, THEIRS)
            keys = _keys(world)
        yield PlantedWorld(world, planted, name, keys)


def _keys(world: World) -> dict[str, str]:
    here, by = world.workspace.pk, world.by
    lacking = {f"without {s}": key_of(here, by, *(set(KEY_SCOPES) - {s})) for s in KEY_SCOPES}
    theirs = key_of(world.other.pk, Actor(None, "Outsider", "web"))
    return {**lacking, "ours": key_of(here, by), "theirs": theirs}


@pytest.fixture
def planted_world(planted_once, django_db_blocker) -> Iterator[PlantedWorld]:
    """Two workspaces, each with one record of every kind; Django speaks to their database."""
    with django_db_blocker.unblock(), speaking_to(planted_once.database):
        yield planted_once
