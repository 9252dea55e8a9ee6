"""One delivery twenty times in the same second, and a ticket's news all at once: one effect.

Real commits over real connections. The control takes the constraints away, and shows that more
than one would be kept.
"""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Waits

import psycopg
import pytest
from django.db import connections
from django.db.models import QuerySet

from tests.connections.conftest import BEGIN, Desk, plain
from tests.faults.test_ask_race import all_at_once
from tests.world import make_world
from warmhand.apps.connections import door, work
from warmhand.apps.connections.models import Delivery, Ticket, TicketEvent
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.people.models import ContactPoint
from warmhand.apps.work.models import Case

TIMES = 20


@pytest.fixture
def desk(fresh_database):
    world = make_world()
    with workspace_scope(world.workspace.pk):
        ada = world.client("Ada Kettle")
        ContactPoint.objects.create(client=ada, kind="email", value="ada@kettle.example")
    return Desk(world)


def kept_and_cases(desk):
    with workspace_scope(desk.world.workspace.pk):
        return Delivery.objects.count(), Case.objects.count()


def test_the_same_delivery_twenty_times_has_one_effect(desk):
    def send():
        received = desk.send(plain("case.resolved", BEGIN))
        with workspace_scope(desk.world.workspace.pk):
            done = work.work_on(received.delivery_id) is not None
        return str(received.duplicate), str(done)

    answers = all_at_once([send] * TIMES)
    assert [duplicate for duplicate, _ in answers].count("False") == 1
    assert [done for _, done in answers].count("True") == 1
    assert kept_and_cases(desk) == (1, 1)
    with workspace_scope(desk.world.workspace.pk):
        assert Delivery.objects.get().times == TIMES


def test_control_without_the_constraint_it_is_kept_more_than_once(
    desk, fresh_database, monkeypatch
):
    parameters = connections["owner"].get_connection_params()
    with psycopg.connect(
        **{k: v for k, v in parameters.items() if k in ("host", "port", "user", "password")},
        dbname=fresh_database,
        autocommit=True,
    ) as owner:
        owner.execute(
            "ALTER TABLE connections_delivery DROP CONSTRAINT delivery_once_per_connection"
        )
    begin, end = door._KEEP.index("ON CONFLICT"), door._KEEP.index("RETURNING")
    monkeypatch.setattr(door, "_KEEP", door._KEEP[:begin] + door._KEEP[end:])
    answers = all_at_once([lambda: (str(desk.send(plain("case.resolved", BEGIN))), "")] * TIMES)
    assert len(answers) == TIMES
    assert kept_and_cases(desk)[0] == TIMES


def test_a_tickets_news_worked_on_all_at_once_end_in_its_story(desk):
    """Each by a worker of its own: the ticket is held while its story is told."""
    whats = ["case.opened", "case.resolved", "case.reopened", "case.resolved", "case.confirmed"]
    ids = [
        desk.send(plain(what, BEGIN + n * dt.timedelta(days=1)), id_=f"m{n}").delivery_id
        for n, what in enumerate(whats)
    ]

    def worker(delivery_id):
        def run():
            with workspace_scope(desk.world.workspace.pk):
                work.work_on(delivery_id)
            return "", ""

        return run

    all_at_once([worker(each) for each in ids])
    with workspace_scope(desk.world.workspace.pk):
        case = Case.objects.get()
        assert Ticket.objects.count() == 1
        assert TicketEvent.objects.count() == len(whats)
        assert case.state == "confirmed"
        assert case.reopened_times == 1
        assert case.opened_on == BEGIN.date()
        assert case.resolved_on == (BEGIN + dt.timedelta(days=3)).date()
        assert case.confirmed_on == (BEGIN + dt.timedelta(days=4)).date()


PATIENCE = 2  # seconds that a peer's second delivery may take at the door


def door_while_a_worker_works(desk, monkeypatch) -> str:
    """Whether the door takes a second delivery while a worker is busy with the first."""

    def send():
        try:
            return desk.send(plain("case.opened", BEGIN), id_="second").duplicate
        finally:
            connections.close_all()

    first = desk.send(plain("case.opened", BEGIN)).delivery_id
    said = []
    with ThreadPoolExecutor(1) as peer:

        def busy(delivery, fetch):
            try:
                peer.submit(send).result(PATIENCE)
                said.append("taken")
            except Waits:
                said.append("waits")

        monkeypatch.setattr(work, "_work", busy)
        with workspace_scope(desk.world.workspace.pk):
            work.work_on(first)
    return said[0]


def test_the_door_does_not_wait_for_a_worker(desk, monkeypatch):
    assert door_while_a_worker_works(desk, monkeypatch) == "taken"


def test_control_where_the_connections_key_is_locked_too_it_waits(desk, monkeypatch):
    real = QuerySet.select_for_update
    monkeypatch.setattr(
        QuerySet, "select_for_update", lambda self, **how: real(self, **{**how, "no_key": False})
    )
    assert door_while_a_worker_works(desk, monkeypatch) == "waits"
