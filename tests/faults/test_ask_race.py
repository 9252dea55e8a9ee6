"""Two, then fifty, ask one client in the same second: exactly one ask (safety.md, fault 11).

Real commits over real connections, half of them through the API and half as members. The control
takes the lock and the constraint away and shows that more than one would be granted: the race is
there to be lost.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connections

from tests.api.checked import Caller, key_of
from tests.asks.earned import earn
from tests.faults.guard import drop_constraint
from tests.world import World, make_world
from warmhand.apps.asks import services
from warmhand.apps.asks.models import Ask
from warmhand.apps.island.scope import touch, workspace_scope
from warmhand.apps.people.models import Client
from warmhand.problems import Problem

Asker = Callable[[], tuple[str, str]]


@pytest.fixture
def world(fresh_database) -> World:
    return make_world()


def earned(world: World, name: str) -> int:
    with workspace_scope(world.workspace.pk):
        client = earn(world, name, company=world.company(f"{name} & Sons"))
        touch(client_id=client.pk)
    return client.pk


def member(world: World, role: str, client_id: int) -> Asker:
    """A colleague in the web: the same service, their own name."""

    def ask() -> tuple[str, str]:
        try:
            with workspace_scope(world.workspace.pk):
                made = services.record_ask(by=world.actor(role), client_id=client_id)
            return "granted", str(made.pk)
        except Problem as problem:
            return problem.code, problem.sentence

    return ask


def program(secret: str, client_id: int) -> Asker:
    """A program with a key, over HTTP."""

    def ask() -> tuple[str, str]:
        found = Caller(secret).post("/asks", {"client_id": client_id})
        if found.status == 201:
            return "granted", str(found.body["id"])
        return found.code, found.body["error"]["sentence"]

    return ask


def all_at_once(askers: list[Asker]) -> list[tuple[str, str]]:
    """Everybody starts when everybody is ready."""
    start = threading.Barrier(len(askers))

    def run(ask: Asker) -> tuple[str, str]:
        start.wait(timeout=60)
        try:
            return ask()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(askers)) as pool:
        return list(pool.map(run, askers))


def asks_of(world: World, client_id: int) -> list[Ask]:
    with workspace_scope(world.workspace.pk):
        return list(Ask.objects.filter(client_id=client_id).select_related("member"))


@pytest.mark.parametrize("number", [2, 50])
def test_exactly_one_asks_and_the_others_learn_who_and_when(world, number):
    secret = key_of(world.workspace.pk, world.by, "record")
    for round_ in range(3 if number == 2 else 1):
        client_id = earned(world, f"Ada {round_}")
        roles = list(world.members)
        askers: list[Asker] = [
            member(world, roles[n // 2 % len(roles)], client_id)
            if n % 2
            else program(secret, client_id)
            for n in range(number)
        ]
        answers = all_at_once(askers)
        assert Counter(code for code, _ in answers) == {"granted": 1, "asked_already": number - 1}
        [ask] = asks_of(world, client_id)
        told = {sentence for code, sentence in answers if code == "asked_already"}
        assert all(ask.member.name in sentence for sentence in told)
        assert all(f"{ask.asked_at:%Y}" in sentence for sentence in told)


def test_two_clients_of_one_company_share_its_budget(world):
    """The company is locked before the client: its budget can't be overdrawn by two at once."""
    with workspace_scope(world.workspace.pk):
        company = world.company()
        ids = [earn(world, name, company=company).pk for name in ("Ada", "Bo", "Cy", "Di")]
        touch(company_id=company.pk)
    answers = all_at_once([member(world, "owner", client_id) for client_id in ids])
    granted = [code for code, _ in answers].count("granted")
    assert granted == sum(len(asks_of(world, client_id)) for client_id in ids)
    assert granted == 2, answers


@contextmanager
def guard_off(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No lock in the service, no constraint in the database."""
    drop_constraint(database)
    looked = threading.Barrier(2)
    decide = services.verdict_of

    def unhurried(client_id: int):
        verdict = decide(client_id)
        looked.wait(timeout=30)  # both have looked before either writes
        return verdict

    monkeypatch.setattr(services, "_lock", lambda pk: Client.objects.get(pk=pk))
    monkeypatch.setattr(services, "verdict_of", unhurried)
    yield


def test_without_the_guard_both_would_be_granted(world, fresh_database, monkeypatch):
    client_id = earned(world, "Ada")
    with guard_off(fresh_database, monkeypatch):
        roles = ("owner", "leader")
        answers = all_at_once([member(world, role, client_id) for role in roles])
    assert [code for code, _ in answers] == ["granted", "granted"]
    assert len(asks_of(world, client_id)) == 2


def test_the_constraint_holds_alone(world, monkeypatch):
    """Even where the service forgot its lock, the database keeps the second ask out."""
    client_id = earned(world, "Ada")
    monkeypatch.setattr(services, "_nobody_asks_already", lambda client: None)
    monkeypatch.setattr(services, "_lock", lambda pk: Client.objects.get(pk=pk))
    secret = key_of(world.workspace.pk, world.by, "record")
    answers = all_at_once([program(secret, client_id) for _ in range(8)])
    assert Counter(code for code, _ in answers)["granted"] == 1
    assert len(asks_of(world, client_id)) == 1
