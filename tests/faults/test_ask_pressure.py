"""2,000 asks compete for a budget (P16): exactly the budget is granted, all others are told.

Eight processes with connections of their own, six of them colleagues, two of them programs over
HTTP. Whoever is granted an ask ends it at once and asks on, and the rest between two asks is
lifted by hand, so that nothing but the budget stops them. The control takes the lock, the look for
an open ask and the constraint away: then the very same check fails.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.api.checked import key_of
from tests.asks.earned import earn
from tests.e2e.site import serving
from tests.faults.askers import Order, Tried
from tests.faults.guard import drop_constraint
from tests.world import World, make_world
from warmhand.apps.asks import services
from warmhand.apps.asks.models import Ask
from warmhand.apps.island.scope import touch, workspace_scope
from warmhand.apps.policies.services import save_policy

ROOT = Path(__file__).resolve().parents[2]
COLLEAGUES, PROGRAMS = 6, 2
PROCESSES = COLLEAGUES + PROGRAMS
PERSON, COMPANY = "ask_budget_spent", "company_budget_spent"


@pytest.fixture
def world(fresh_database) -> World:
    return make_world()


def prepare(world: World, *names: str, **policy: int) -> list[int]:
    """Clients of one company of whom the ask is earned, and a policy; nothing rests."""
    with workspace_scope(world.workspace.pk):
        save_policy(by=world.by, values=policy, why="To be tried.")
        company = world.company()
        ids = [earn(world, name, company=company).pk for name in names]
        until = world.today() + dt.timedelta(days=30)
        for client_id in ids:
            services.override(
                by=world.by, client_id=client_id, code="asked_recently", until=until, why="Try."
            )
        touch(everyone=True)
    return ids


def orders(
    world: World, database: str, clients: list[int], tries: tuple[int, int], url: str
) -> list[Order]:
    """Six colleagues of all roles and two programs, each with so many tries.

    Every other one begins with another client.
    """
    secret = key_of(world.workspace.pk, world.by, "record") if url else ""
    members = list(world.members.values())
    made = []
    for number in range(PROCESSES):
        member, first = members[number % len(members)], number % len(clients)
        turned = clients[first:] + clients[:first]
        order = Order(database, world.workspace.pk, member.pk, member.name, turned, tries[0])
        by_http = url and number >= COLLEAGUES
        comes_in = {"url": url, "secret": secret, "tries": tries[1]} if by_http else {}
        made.append(replace(order, **comes_in))
    return made


def all_at_once(orders: list[Order]) -> list[Tried]:
    """What became of every try."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.askers"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "warmhand.config.settings"},
        input=json.dumps([asdict(order) for order in orders]),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def check(world: World, tries: list[Tried], *, budget: int, code: str) -> None:
    """Exactly the budget is granted; all others are told by whom and when, and by nothing else."""
    with workspace_scope(world.workspace.pk):
        asks = {ask.pk: ask for ask in Ask.objects.select_related("member", "client__company")}
    granted = {each["ask"] for each in tries if each["code"] == "granted"}
    assert len(granted) == budget
    assert granted == set(asks)
    refused = [each for each in tries if each["code"] != "granted"]
    assert len(refused) == len(tries) - budget
    for each in refused:
        assert each["code"] == "asked_already" or each["reasons"] == [code], each
        ask = asks[each["ask"]]
        assert (each["by"], each["at"]) == (ask.member.name, ask.asked_at.isoformat())
        there = ask.asked_at.astimezone(ZoneInfo(world.workspace.timezone))
        said = f"{ask.member.name} asked {ask.client.title} on {there:%d %B %Y at %H:%M}."
        assert said in each["sentence"]


@pytest.mark.slow
@pytest.mark.parametrize(("budget", "tries"), [(1, (25, 5)), (2, (320, 40))])
def test_exactly_the_budget_of_a_person_is_granted(world, fresh_database, budget, tries):
    """Two thousand tries for a budget of two, fewer for a budget of one."""
    ids = prepare(world, "Ada", asks_per_period=budget, company_asks_per_period=6)
    with serving() as url:
        found = all_at_once(orders(world, fresh_database, ids, tries, url))
    assert len(found) == COLLEAGUES * tries[0] + PROGRAMS * tries[1]
    check(world, found, budget=budget, code=PERSON)
    assert Counter(each["code"] for each in found)["not_earned"] > len(found) / 2


@pytest.mark.slow
def test_exactly_the_budget_of_a_company_is_granted_to_two_of_its_people(world, fresh_database):
    """Whoever is refused is told of an ask of either of them."""
    ids = prepare(world, "Ada", "Bo", asks_per_period=4, company_asks_per_period=3)
    with serving() as url:
        found = all_at_once(orders(world, fresh_database, ids, (25, 5), url))
    check(world, found, budget=3, code=COMPANY)
    assert {each["whom"] for each in found if each["code"] != "granted"} <= {"Ada", "Bo"}


@pytest.mark.slow
def test_without_the_guard_more_than_the_budget_is_granted(world, fresh_database):
    """The control: the same processes, the same check; it must fail."""
    ids = prepare(world, "Ada", asks_per_period=1, company_asks_per_period=6)
    drop_constraint(fresh_database)
    guarded = orders(world, fresh_database, ids, (3, 3), "")
    found = all_at_once([replace(order, guarded=False) for order in guarded])
    assert Counter(each["code"] for each in found)["granted"] >= PROCESSES
    with pytest.raises(AssertionError, match="== 1"):
        check(world, found, budget=1, code=PERSON)
