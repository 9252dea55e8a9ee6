"""Python, PostgreSQL and DuckDB agree: facts, objections, move, review day of 10,000 clients."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import duckdb
import pytest

from tests.engine.population import NOW, TODAY, population
from tests.engine.stores import PREFIX, fill_duck, fill_postgres, plain_connection
from warmhand.engine import Tables, duck, postgres, rows
from warmhand.rulebook import FACTS, OVERRIDABLE, RULES, Move, Policy, decide

CLIENTS = 10_000
OFFERS = 2
TABLES = Tables.named(PREFIX)
POLICIES = {
    "default": Policy(),
    "cautious": Policy(
        rest_days=180,
        asks_per_period=1,
        company_asks_per_period=1,
        require_recorded_consent=True,
        new_clients_may_prove=False,
        h1_move="ask",
    ),
    "giving": Policy(
        asks_per_period=4, company_asks_per_period=6, h1_move="need_prompt", unhappy_at_most=6
    ),
    "nothing": Policy(asks_per_period=0, company_asks_per_period=0, h1_move="offer"),
}


@pytest.fixture(scope="module")
def people():
    return population(CLIENTS)


@pytest.fixture(scope="module")
def facts(people):
    reference = rows.Population(people)
    return {client: reference.facts(client, TODAY, OFFERS) for client in reference.clients}


@pytest.fixture(scope="module")
def warehouse(people):
    connection = duckdb.connect()
    fill_duck(connection, people)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def filled(people):
    with plain_connection() as connection:
        fill_postgres(connection, people)
        yield connection
        connection.rollback()


def differences(ours, theirs):
    """Which facts differ, and for how many clients."""
    assert ours.keys() == theirs.keys()
    return Counter(
        name
        for client, mine in ours.items()
        for name in FACTS
        if getattr(mine, name) != getattr(theirs[client], name)
    )


@pytest.fixture(scope="module")
def decisions(facts):
    """What the rulebook decides, by policy and client."""
    return {
        name: {client: decide(each, policy, TODAY) for client, each in facts.items()}
        for name, policy in POLICIES.items()
    }


def shown(decision):
    codes = frozenset(decision.codes)
    return decision.move, codes, decision.overridden, decision.review_on


def answered(verdicts):
    return {each.client: shown(each) for each in verdicts}


def test_duckdb_has_the_same_facts(facts, warehouse):
    theirs = duck.facts_of_clients(warehouse, TABLES, TODAY, offers_active=OFFERS)
    assert not differences(facts, theirs)


def test_postgres_has_the_same_facts_in_both_shapes(facts, filled):
    whole = postgres.facts_of_clients(filled, TABLES, None, TODAY, offers_active=OFFERS)
    assert not differences(facts, whole)
    few = postgres.facts_of_clients(filled, TABLES, facts, TODAY, offers_active=OFFERS)
    assert not differences(facts, few)
    for client in range(1, 200):
        one = postgres.facts_of_client(filled, TABLES, client, TODAY, offers_active=OFFERS)
        assert one == facts[client]


def test_a_client_that_is_not_there_has_no_facts(filled):
    assert postgres.facts_of_client(filled, TABLES, CLIENTS + 1, TODAY) is None


@pytest.mark.parametrize("name", POLICIES)
def test_every_engine_decides_the_same(decisions, warehouse, filled, name):
    expected = {client: shown(each) for client, each in decisions[name].items()}
    policy = POLICIES[name]
    from_duck = duck.verdicts(warehouse, TABLES, TODAY, policy, offers_active=OFFERS)
    assert answered(from_duck) == expected
    from_postgres = postgres.verdicts(filled, TABLES, TODAY, policy, offers_active=OFFERS)
    assert answered(from_postgres) == expected


def test_the_population_reaches_every_code_and_move(decisions):
    every = [each for found in decisions.values() for each in found.values()]
    assert {code for each in every for code in each.codes} == set(RULES)
    assert {each.move for each in every} == set(Move)
    assert {code for each in every for code in each.overridden} == set(OVERRIDABLE)


def test_a_wrong_default_for_null_is_noticed(facts, people, warehouse):
    """Control: the comparison must see a null that is taken for a day."""
    wrong = dict(TABLES.selects)
    wrong["commitment"] = (
        "SELECT client, id, agreed_day, has_evidence, cancelled, "
        f"COALESCE(due_day, {NOW - 1}) AS due_day, delivered_day FROM {PREFIX}commitment"
    )
    theirs = duck.facts_of_clients(warehouse, Tables.of(wrong), TODAY, offers_active=OFFERS)
    assert set(differences(facts, theirs)) == {
        "delivered_on_time",
        "days_since_proof",
        "next_due_in",
    }


def test_a_tie_broken_the_wrong_way_is_noticed(facts, warehouse):
    """Control: two ratings on one day are told apart by their id."""
    wrong = dict(TABLES.selects)
    wrong["rating"] = f"SELECT * REPLACE (1000000 - id AS id) FROM {PREFIX}rating"
    theirs = duck.facts_of_clients(warehouse, Tables.of(wrong), TODAY, offers_active=OFFERS)
    assert set(differences(facts, theirs)) == {"last_score"}


def test_facts_come_with_verdicts_where_wanted(facts, warehouse):
    found = duck.verdicts(warehouse, TABLES, TODAY, Policy(), offers_active=OFFERS, with_facts=True)
    assert all(each.facts == facts[each.client] for each in found)


def test_write_verdicts_says_how_many(warehouse):
    written = duck.write_verdicts(warehouse, TABLES, TODAY, Policy(), "verdict")
    asks = warehouse.execute("SELECT count(*) FROM verdict WHERE objections = 0").fetchone()[0]
    assert written == CLIENTS
    assert 0 < asks < CLIENTS


def test_a_stricter_policy_shows_whose_move_changes(filled):
    before = postgres.moves(filled, TABLES, TODAY, Policy())
    after = postgres.moves(filled, TABLES, TODAY, replace(Policy(), happy_at_least=10))
    assert any(before[client] != after[client] for client in before)
