"""How an ask was made is kept with it: moment, channel, formality, wording (P11, P14)."""

from __future__ import annotations

import pytest

from tests.asks.earned import earn
from warmhand.apps.asks import services
from warmhand.apps.asks.services import moment_of_facts
from warmhand.problems import Invalid
from warmhand.rulebook import Facts


def test_what_is_said_is_kept(world):
    ask = services.record_ask(
        by=world.by,
        client_id=earn(world).pk,
        moment="review",
        channel="email",
        formality="formal",
        variant="review-formal-1",
    )
    ask.refresh_from_db()
    assert (ask.moment, ask.channel, ask.formality, ask.variant) == (
        "review", "email", "formal", "review-formal-1",
    )  # fmt: skip


@pytest.mark.parametrize("field", ["moment", "channel", "formality"])
def test_another_word_is_refused_by_its_field(world, field):
    with pytest.raises(Invalid) as refused:
        services.record_ask(by=world.by, client_id=earn(world).pk, **{field: "shouted"})
    assert refused.value.places[0].field == field


@pytest.mark.parametrize(
    ("facts", "case", "moment"),
    [
        ({}, None, "other"),
        ({"days_since_confirmed": 3}, None, "case"),
        ({"days_since_confirmed": 8}, None, "other"),
        ({"days_since_confirmed": 8}, 7, "case"),
        ({"days_since_review": 7}, None, "review"),
        ({"days_since_review": 2, "days_since_confirmed": 5}, None, "review"),
        ({"days_since_review": 5, "days_since_confirmed": 2}, None, "case"),
        ({"days_since_review": 0}, 7, "case"),
    ],
)
def test_the_moment_is_found_from_the_records(facts, case, moment):
    assert moment_of_facts(Facts(**facts), case) == moment
