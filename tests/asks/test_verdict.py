"""From records to a verdict: the facts our tables give, and what the rulebook says of them."""

from __future__ import annotations

import datetime as dt

import pytest

from warmhand.apps.asks import queries, services
from warmhand.apps.asks.models import Ask, Standing
from warmhand.apps.asks.sources import TABLES
from warmhand.apps.island.scope import settle_now
from warmhand.apps.journal import services as journal
from warmhand.apps.offers.models import Offer
from warmhand.apps.people.models import Client, Consent
from warmhand.apps.policies import services as policies
from warmhand.apps.policies.queries import current
from warmhand.apps.work.models import Case, Commitment, Rating
from warmhand.problems import Conflict, Invalid, NotFound

from .earned import earn


def test_a_client_with_nothing_on_record_is_not_asked(world):
    verdict = queries.verdict_of(world.client().pk)
    assert not verdict.decision.may_ask
    assert "nothing_agreed" in verdict.decision.codes


def test_agreed_delivered_happy_and_given_to_earns_the_ask(world):
    client = earn(world)
    verdict = queries.verdict_of(client.pk)
    assert verdict.decision.codes == ()
    assert verdict.decision.move == "ask"


def test_an_active_offer_is_more_comfortable_than_an_ask(world):
    client = earn(world)
    Offer.objects.create(title="A free review")
    assert queries.verdict_of(client.pk).decision.move == "offer"


def test_an_unhappy_word_stops_the_ask_at_once(world):
    client = earn(world)
    Rating.objects.create(client=client, on=world.today(), score=2)
    verdict = queries.verdict_of(client.pk)
    assert verdict.decision.move == "recover"
    assert "unhappy" in verdict.decision.codes


def test_removed_records_are_no_facts(world):
    client = earn(world)
    rating = Rating.objects.create(client=client, on=world.today(), score=2)
    journal.remove(rating, by=world.by, sentence="Mistyped.")
    assert queries.verdict_of(client.pk).decision.may_ask


def test_withdrawn_consent_closes_the_door(world):
    client = earn(world)
    Consent.objects.create(client=client, given=False, on=world.today())
    assert "no_consent" in queries.verdict_of(client.pk).decision.codes


def test_a_client_of_another_workspace_looks_like_none(world):
    with pytest.raises(NotFound):
        queries.verdict_of(10**9)


def test_a_standing_is_settled_before_the_commit(world):
    client = earn(world)
    journal.change(client, by=world.by, sentence="Asked not to be asked.", do_not_ask=True)
    settle_now()
    assert "do_not_ask" in Standing.objects.get(client=client).codes


def test_a_company_touches_all_its_clients(world):
    company = world.company()
    first, second = world.client(company=company), world.client("Bo", company=company)
    journal.change(company, by=world.by, sentence="Renamed.", name="Kettle Group")
    settle_now()
    assert set(Standing.objects.values_list("client_id", flat=True)) == {first.pk, second.pk}


def test_a_removed_client_has_no_standing(world):
    client = earn(world)
    settle_now()
    journal.change(client, by=world.by, sentence="Renamed.", name="Ada K.")
    settle_now()
    assert Standing.objects.count() == 1
    journal.remove(client, by=world.by, sentence="A test record.")
    settle_now()
    assert Standing.objects.count() == 0


def test_an_ask_keeps_what_it_rested_on(world):
    client = earn(world)
    ask = services.record_ask(by=world.by, client_id=client.pk)
    assert ask.facts["delivered"] == 1
    assert ask.decision["may_ask"] is True
    assert "asked_recently" in queries.verdict_of(client.pk).decision.codes


def test_an_ask_that_is_not_earned_is_refused_with_its_reasons(world):
    with pytest.raises(services.Refused) as refused:
        services.record_ask(by=world.by, client_id=world.client().pk)
    assert refused.value.details["reasons"]
    assert Ask.objects.count() == 0


def test_the_second_to_ask_is_told_who_and_when(world):
    client = earn(world)
    services.record_ask(by=world.actor("agent"), client_id=client.pk)
    with pytest.raises(Conflict, match="Agent Colleague asked Ada Kettle"):
        services.record_ask(by=world.by, client_id=client.pk)


def test_an_outcome_is_recorded_once(world):
    ask = services.record_ask(by=world.by, client_id=earn(world).pk)
    services.record_outcome(by=world.by, ask_id=ask.pk, outcome="no", trust_confirmed=True)
    assert Ask.objects.get().trust_confirmed is True
    with pytest.raises(Conflict, match="ended already"):
        services.record_outcome(by=world.by, ask_id=ask.pk, outcome="name")


def test_only_what_is_ours_can_be_lifted(world):
    client = earn(world)
    until = world.today() + dt.timedelta(days=9)
    with pytest.raises(Invalid, match="isn't ours to lift"):
        services.override(
            by=world.by, client_id=client.pk, code="no_consent", until=until, why="Please"
        )
    services.record_ask(by=world.by, client_id=client.pk)
    services.override(
        by=world.by, client_id=client.pk, code="asked_recently", until=until, why="They offered."
    )
    assert "asked_recently" not in queries.verdict_of(client.pk).decision.codes


def test_what_if_writes_nothing(world):
    client = earn(world)
    answer = queries.what_if_of(client.pk, facts={"do_not_ask": 1})
    assert answer.new == ("do_not_ask",)
    assert queries.verdict_of(client.pk).decision.may_ask
    with pytest.raises(Invalid):
        queries.what_if_of(client.pk, facts={"shoe_size": 9})


def test_a_policy_shows_its_effect_before_it_is_saved(world):
    client = earn(world)
    effect = queries.policy_effect({"asks_per_period": 0})
    assert (effect.clients, effect.changed) == (1, 1)
    assert current().number == 0
    policies.save_policy(by=world.by, values={"asks_per_period": 0}, why="A quiet year.")
    settle_now()
    assert current().number == 1
    assert "ask_budget_spent" in Standing.objects.get(client=client).codes
    verdict = queries.verdict_of(client.pk)
    assert (verdict.policy_number, verdict.policy.asks_per_period) == (1, 0)


def test_a_policy_saved_over_another_is_a_conflict(world):
    policies.save_policy(by=world.by, values={"rest_days": 100}, why="First.", base=0)
    with pytest.raises(Conflict, match="meanwhile"):
        policies.save_policy(by=world.by, values={"rest_days": 120}, why="Second.", base=0)
    with pytest.raises(Invalid) as wrong:
        policies.save_policy(by=world.by, values={"rest_days": 9999}, why="Too long.")
    assert wrong.value.places[0].field == "rest_days"


def test_every_source_names_columns_that_exist(world):
    from django.db import connection

    for _, select in TABLES.selects:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({select}) s LIMIT 0")


def test_due_standings_are_redecided_on_their_day(world):
    from warmhand.apps.asks.standings import redecide, redecide_due

    client = earn(world)
    services.record_ask(by=world.by, client_id=client.pk)
    redecide([client.pk], world.today())
    due = Standing.objects.get(client=client).review_on
    assert due is not None
    assert redecide_due(due - dt.timedelta(days=1)) == 0
    assert redecide_due(due) == 1


def test_the_case_and_the_commitment_speak_for_themselves(world):
    client = earn(world)
    Case.objects.create(client=client, title="Login", opened_on=world.days_ago(3))
    assert "case_open" in queries.verdict_of(client.pk).decision.codes
    Commitment.objects.create(
        client=client,
        title="A report",
        agreed_on=world.days_ago(30),
        due_on=world.days_ago(2),
    )
    assert queries.verdict_of(client.pk).decision.move == "keep_promise"


def test_clients_without_facts_have_a_verdict_too(world):
    client = Client.objects.create(name="Nobody")
    assert queries.verdict_of(client.pk).as_dict()["client"]["keeper"] is None
