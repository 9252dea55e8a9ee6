"""A thing done in every workspace: a mistake in one takes nothing from the others."""

from __future__ import annotations

import pytest

from warmhand.apps.accounts.models import Workspace
from warmhand.apps.accounts.queries import our_workspace
from warmhand.jobs.everywhere import everywhere


@pytest.fixture
def three(db):
    for name in ("amber", "birch", "cedar"):
        Workspace.objects.create(name=name, slug=name)


def test_each_has_its_turn_and_every_mistake_is_told(three):
    seen = []

    def act():
        name = our_workspace().name
        seen.append(name)
        if name != "cedar":
            raise LookupError(f"nothing in {name}")

    with pytest.raises(ExceptionGroup) as failed:
        everywhere(act)
    assert {"amber", "birch", "cedar"} <= set(seen)
    assert {str(each) for each in failed.value.exceptions} >= {
        "nothing in amber",
        "nothing in birch",
    }
    assert all(each.__notes__ for each in failed.value.exceptions)


def test_without_a_mistake_all_answers_come_back(three):
    assert {"amber", "birch", "cedar"} <= set(everywhere(lambda: our_workspace().name))
