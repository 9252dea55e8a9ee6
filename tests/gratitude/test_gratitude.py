"""Thanks: owed at once, due soon, cleared only by thanking (P26)."""

from __future__ import annotations

import datetime as dt

import pytest

from warmhand.apps.gratitude import queries, services
from warmhand.apps.policies.services import save_policy
from warmhand.problems import Conflict, Invalid


def test_due_as_soon_as_the_policy_says(world):
    save_policy(by=world.by, values={"thanks_due_days": 3}, why="We write cards")
    owed = services.owe_thanks(
        by=world.by, client_id=world.client().pk, words="for lunch", on=world.days_ago(5)
    )
    assert owed.due_on - owed.owed_on == dt.timedelta(days=3)
    assert list(queries.thank_yous(state="overdue")) == [owed]


def test_thanked_once_and_not_before_it_was_owed(world):
    owed = services.owe_thanks(by=world.by, client_id=world.client().pk, words="for lunch")
    with pytest.raises(Invalid) as refused:
        services.give_thanks(by=world.by, thank_you_id=owed.pk, on=world.days_ago(1))
    assert refused.value.places[0].field == "given_on"
    given = services.give_thanks(by=world.by, thank_you_id=owed.pk, how="a card")
    assert (given.member_id, given.how) == (world.by.member_id, "a card")
    assert not queries.thank_yous(state="owed").exists()
    with pytest.raises(Conflict):
        services.give_thanks(by=world.by, thank_you_id=owed.pk)
