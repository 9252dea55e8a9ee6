"""Offers to pass on."""

from __future__ import annotations

import pytest

from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.island.scope import settle_now
from warmhand.apps.offers import queries, services
from warmhand.problems import Conflict


def test_only_an_active_offer_is_passed_on(world):
    client = world.client()
    offer = services.make_offer(by=world.by, title="A free check")
    services.pass_offer(by=world.by, client_id=client.pk, offer_id=offer.pk)
    services.change_offer(by=world.by, offer_id=offer.pk, active=False, why="Booked out")
    with pytest.raises(Conflict) as refused:
        services.pass_offer(by=world.by, client_id=client.pk, offer_id=offer.pk)
    assert refused.value.code == "offer_not_active"
    assert [o.pass_count for o in queries.offers(active=False)] == [1]
    assert not queries.offers(active=True).exists()


def test_an_offer_is_a_fact_of_everyone_at_once(world):
    client = world.client()
    offer = services.make_offer(by=world.by, title="A free check")
    settle_now()
    assert client.standings.get().facts["offers_active"] == 1
    services.remove_offer(by=world.by, offer_id=offer.pk)
    settle_now()
    assert client.standings.get().facts["offers_active"] == 0
    assert verdict_of(client.pk).facts.offers_active == 0


def test_passes_of_a_client(world):
    client = world.client()
    offer = services.make_offer(by=world.by, title="A free check")
    given = services.pass_offer(
        by=world.by, client_id=client.pk, offer_id=offer.pk, on=world.days_ago(2)
    )
    assert list(queries.passes(client_id=client.pk, search="free kettle")) == [given]
    services.remove_pass(by=world.by, pass_id=given.pk)
    assert not queries.passes(offer_id=offer.pk).exists()
