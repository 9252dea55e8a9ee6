"""The example workspace, built once; what a test writes is taken back."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.databases import copied_database, current_name, point_django_at


@pytest.fixture(scope="session")
def example_database(django_db_setup, django_db_blocker):
    """The name of a database with the example workspace, built once; Django speaks to its own."""
    from warmhand.example import build_example

    before = current_name()
    with django_db_blocker.unblock(), copied_database(f"{before}_example") as name:
        point_django_at(name)
        try:
            assert build_example().built
        finally:
            point_django_at(before)
        yield name


@pytest.fixture
def nothing_stays(example_database, django_db_blocker):
    """What a test writes is taken back, so that the next one finds the example as built."""
    before = current_name()
    with django_db_blocker.unblock():
        point_django_at(example_database)
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            point_django_at(before)


@pytest.fixture
def example(nothing_stays):
    from warmhand.apps.accounts.models import Workspace
    from warmhand.apps.island.scope import workspace_scope

    workspace = Workspace.objects.get(slug="harbour")
    with workspace_scope(workspace.pk):
        yield workspace
