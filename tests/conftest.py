"""One database per test process, one world of members (the server: see throwaway_cluster.py)."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes is no property of the code: on a busy machine it would fail now and
# then. Speed is measured in bench/.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_collection_modifyitems(items):
    """Those that take long come first: begun last, one of them would keep one core waiting."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """This process's database: a copy of the migrated template, used as the application role."""
    from tests.databases import copied_database, speaking_to

    name = f"warmhand_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock(), copied_database(name), speaking_to(name):
        yield


@pytest.fixture
def fresh_database(django_db_setup, django_db_blocker):
    """A database of its own, for tests of real commits: several connections, processes, races.

    Yields its name; Django's aliases point at it meanwhile.
    """
    from tests.databases import copied_database, current_name, speaking_to

    name = f"{current_name()}_fresh"
    with django_db_blocker.unblock(), copied_database(name), speaking_to(name):
        yield name


@pytest.fixture
def world(db):
    """Two workspaces with members of every role; the first one is open."""
    from tests.world import make_world
    from warmhand.apps.island.scope import workspace_scope

    made = make_world()
    with workspace_scope(made.workspace.pk):
        yield made


@pytest.fixture
def closed_world(db):
    """The same, with no workspace open: for tests that come in by a surface."""
    from tests.world import make_world

    return make_world()
