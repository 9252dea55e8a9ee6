"""What is kept equals what is decided: a whole population, decided three ways."""

from __future__ import annotations

from bench.population import populate

from warmhand.apps.asks.models import Standing
from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.asks.sources import TABLES
from warmhand.apps.asks.standings import facts_of, offers_active, raw_connection, redecide
from warmhand.apps.offers.models import Offer
from warmhand.apps.policies.queries import current
from warmhand.engine import postgres
from warmhand.rulebook import decide

CLIENTS = 400


def test_standings_facts_and_the_database_agree_on_a_population(world):
    Offer.objects.create(title="A free review")
    ids = populate(world.workspace.pk, CLIENTS)
    day, policy = world.today(), current().policy
    assert redecide(None, day) == CLIENTS
    kept = {row.client_id: row for row in Standing.objects.all()}
    whole, few = facts_of(None, day), facts_of(ids, day)
    assert whole == few
    verdicts = {
        each.client: each
        for each in postgres.verdicts(
            raw_connection(), TABLES, day, policy, offers_active=offers_active()
        )
    }
    for client, facts in whole.items():
        decision = decide(facts, policy, day)
        row, verdict = kept[client], verdicts[client]
        assert (row.move, set(row.codes), row.review_on) == (
            decision.move.value,
            set(decision.codes),
            decision.review_on,
        )
        assert (verdict.move, set(verdict.codes), verdict.review_on) == (
            decision.move,
            set(decision.codes),
            decision.review_on,
        )
    assert len({row.move for row in kept.values()}) >= 4, "a population of one kind shows little"


def test_a_single_verdict_is_that_of_the_batch(world):
    ids = populate(world.workspace.pk, 20)
    redecide(None, world.today())
    for client in ids:
        assert verdict_of(client).decision.move == Standing.objects.get(client=client).move
