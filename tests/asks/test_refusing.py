"""A refusal for a budget names whose ask spent it, and when (P16)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.world import World
from warmhand.apps.asks import services
from warmhand.apps.asks.models import Ask
from warmhand.apps.people.models import Client
from warmhand.apps.policies.services import save_policy
from warmhand.problems import Conflict, Problem

from .earned import earn


def asked_before(world: World, client: Client, role: str, days: int, outcome: str = "no") -> Ask:
    """An ask of some days ago, ended."""
    ask = services.record_ask(by=world.actor(role), client_id=client.pk)
    services.record_outcome(by=world.by, ask_id=ask.pk, outcome=outcome)
    earlier = ask.asked_at - dt.timedelta(days=days)
    Ask.objects.filter(pk=ask.pk).update(
        asked_on=world.days_ago(days), asked_at=earlier, outcome_on=world.days_ago(days)
    )
    return Ask.objects.get(pk=ask.pk)


def refusal(world: World, client: Client) -> Problem:
    with pytest.raises(Problem) as caught:
        services.record_ask(by=world.by, client_id=client.pk)
    return caught.value


def test_a_spent_budget_says_who_spent_it_and_when(world):
    save_policy(by=world.by, values={"asks_per_period": 1}, why="Once.")
    client = earn(world)
    ask = asked_before(world, client, "leader", 200, outcome="will_introduce")
    found = refusal(world, client)
    assert (found.code, found.status) == ("not_earned", 409)
    assert [each["code"] for each in found.details["reasons"]] == ["ask_budget_spent"]
    assert found.details["by"] == "Leader Colleague"
    assert found.details["at"] == ask.asked_at.isoformat()
    assert found.details["ask"] == ask.pk
    there = ask.asked_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert f"Leader Colleague asked Ada Kettle on {there:%d %B %Y at %H:%M}." in found.sentence
    assert found.until == ask.asked_on + dt.timedelta(days=365)


def test_a_rest_of_some_days_says_who_asked(world):
    client = earn(world)
    asked_before(world, client, "agent", 20, outcome="will_introduce")
    found = refusal(world, client)
    assert [each["code"] for each in found.details["reasons"]] == ["asked_recently"]
    assert "Agent Colleague asked Ada Kettle on " in found.sentence


def test_an_ask_of_today_that_ended_is_told_as_somebody_was_first(world):
    client = earn(world)
    asked_before(world, client, "agent", 0, outcome="will_introduce")
    found = refusal(world, client)
    assert isinstance(found, Conflict)
    assert found.code == "asked_already"
    assert "has ended" in found.lift
    assert found.until is not None


def test_a_company_s_budget_names_the_ask_of_another_person_there(world):
    save_policy(by=world.by, values={"company_asks_per_period": 1}, why="One a company.")
    company = world.company()
    ask = asked_before(world, earn(world, "Bo Li", company=company), "agent", 9, "will_introduce")
    found = refusal(world, earn(world, "Ada Kettle", company=company))
    assert [each["code"] for each in found.details["reasons"]] == ["company_budget_spent"]
    assert (found.details["whom"], found.details["ask"]) == ("Bo Li", ask.pk)
    assert "Agent Colleague asked Bo Li on " in found.sentence


def test_an_ask_that_was_not_asked_after_all_spends_nothing_and_is_not_named(world):
    save_policy(by=world.by, values={"asks_per_period": 1}, why="Once.")
    client = earn(world)
    asked_before(world, client, "leader", 200, outcome="will_introduce")
    Ask.objects.update(outcome="not_asked")
    services.record_ask(by=world.by, client_id=client.pk)


def test_a_refusal_for_other_reasons_names_nobody(world):
    found = refusal(world, world.client())
    assert found.code == "not_earned"
    assert "by" not in found.details
    assert " asked " not in found.sentence


def test_the_time_is_told_by_the_workspace_s_clock(world):
    save_policy(by=world.by, values={"asks_per_period": 1}, why="Once.")
    client = earn(world)
    ask = asked_before(world, client, "leader", 200, outcome="will_introduce")
    late = dt.datetime(2026, 1, 5, 23, 30, tzinfo=dt.UTC)  # Berlin: half past midnight, the 6th
    Ask.objects.filter(pk=ask.pk).update(asked_at=late, asked_on=world.days_ago(200))
    assert "on 06 January 2026 at 00:30" in refusal(world, client).sentence
