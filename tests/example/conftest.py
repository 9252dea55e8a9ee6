"""The example workspace, built once; what a test writes is taken back."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.databases import copied_database, current_name, speaking_to


@pytest.fixture(scope="session")
def example_database(django_db_setup, django_db_blocker):
    """The name of a database with the example workspace, built once; Django speaks to its own."""
    from warmhand.example import build_example

    with django_db_blocker.unblock(), copied_database(f"{current_name()}_example") as name:
        with speaking_to(name):
            assert build_example().built
        yield name


@pytest.fixture
def nothing_stays(example_database, django_db_blocker):
    """What a test writes is taken back, so that the next one finds the example as built."""
    with django_db_blocker.unblock(), speaking_to(example_database), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def example(nothing_stays):
    from warmhand.apps.accounts.models import Workspace
    from warmhand.apps.island.scope import workspace_scope

    workspace = Workspace.objects.get(slug="harbour")
    with workspace_scope(workspace.pk):
        yield workspace
