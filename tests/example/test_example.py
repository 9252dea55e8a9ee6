"""The example workspace: every move in a story, a crowd like real life, the same each time."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from contextlib import contextmanager, nullcontext

import pytest
from django.contrib.auth import authenticate

from warmhand.apps.accounts.models import Member, User, Workspace
from warmhand.apps.accounts.queries import today as today_in
from warmhand.apps.asks.models import Standing
from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import settle_now, workspace_scope
from warmhand.apps.island.scoped import Record
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.models import Entry
from warmhand.apps.people.models import Client
from warmhand.apps.people.queries import client_overview, find_client
from warmhand.apps.work import services as work
from warmhand.apps.work.models import BusyTime
from warmhand.cli import database, frame
from warmhand.cli.example import provide_example
from warmhand.example import TEAM, build_example, password
from warmhand.example.build import ORDER
from warmhand.example.story import CAST
from warmhand.rulebook import Move


@contextmanager
def opened(slug: str = "harbour"):
    workspace = Workspace.objects.get(slug=slug)
    with workspace_scope(workspace.pk):
        yield workspace


def moves_of_the_cast() -> dict[str, str]:
    stood = {s.client.name: s.move for s in Standing.objects.select_related("client")}
    return {c.name: stood[c.name] for c in CAST}


def test_each_character_stands_for_their_move_and_all_moves_are_there(example):
    assert moves_of_the_cast() == {c.name: c.move for c in CAST}
    assert {c.move for c in CAST} == set(Move)


@pytest.mark.parametrize("day", ["2027-03-31", "2028-02-29"])
def test_the_stories_hold_whatever_day_it_is(nothing_stays, day):
    on = dt.date.fromisoformat(day)
    build_example(slug="another", today=on)
    with opened("another"):
        told = {c.name: verdict_of(find_client(c.name).pk, on=on).decision.move for c in CAST}
    assert told == {c.name: c.move for c in CAST}


def test_the_crowd_is_like_real_life(example):
    moves = Counter(Standing.objects.values_list("move", flat=True))
    assert sum(moves.values()) == Client.objects.count() == 300
    assert set(moves) == set(Move)
    assert max(moves.values()) < 0.35 * 300
    assert sum(1 for count in moves.values() if count >= 5) >= 9
    assert 5 <= moves["ask"] <= 60


def test_the_same_seed_tells_the_same_story(nothing_stays):
    told = []
    build_example(slug="again")
    for slug in ("harbour", "again"):
        with opened(slug):
            told.append(sorted(Entry.objects.values_list("sentence", flat=True)))
    assert told[0] == told[1]
    assert len(told[0]) > 4_000


def test_a_second_call_keeps_what_is_there(nothing_stays):
    with opened():
        Client.objects.filter(name="Priya Rahman").update(job_title="Owner")
        before = Entry.objects.count()
    again = build_example()
    assert (again.built, again.companies, again.clients, again.members) == (False, 60, 300, 6)
    with opened():
        assert Entry.objects.count() == before
        assert find_client("Priya Rahman").job_title == "Owner"
    assert User.objects.count() == len(TEAM)


def test_everyone_of_the_team_can_sign_in(example):
    for colleague in TEAM:
        user = authenticate(None, username=colleague.email, password=password())
        assert user is not None, colleague.email
    assert Counter(Member.objects.values_list("role", flat=True)) == Counter(
        c.role.value for c in TEAM
    )


def test_history_lies_behind_and_every_record_keeps_its_own_rules(example):
    today = today_in(example)
    for model in ORDER:
        for record in model.objects.all():
            if isinstance(record, Record):
                record.clean()
    entries = Entry.objects.all()
    assert max(entry.at.date() for entry in entries) <= today
    assert min(entry.at.date() for entry in entries) < today - dt.timedelta(days=600)


def test_busy_times_never_touch(example):
    last: dict[int, dt.date] = {}
    for busy in BusyTime.objects.order_by("starts_on"):
        ended = last.get(busy.company_id)
        assert ended is None or ended + dt.timedelta(days=1) < busy.starts_on
        last[busy.company_id] = busy.ends_on


def test_time_lines_are_told_by_days_and_can_be_undone(example):
    by = Actor(None, "A test", "web")
    overview = client_overview(find_client("Priya Rahman").pk)
    days = [entry.at for entry in overview.entries]
    assert days == sorted(days, reverse=True)
    assert [event.on for event in overview.events] == sorted(
        (event.on for event in overview.events), reverse=True
    )
    changed = Entry.objects.filter(verb="changed", object_type="work.Commitment")
    for entry in changed.order_by("pk")[:5]:
        assert journal.undo(by=by, entry_id=entry.pk).verb == "undid"
    made = Entry.objects.filter(verb="created", object_type="giving.Favour").order_by("-pk")
    done_on_the_spot = made.filter(changes__has_key="done_on").exclude(
        changes__has_key="promised_on"
    )
    assert journal.undo(by=by, entry_id=done_on_the_spot[0].pk)


def test_the_moment_is_one_confirmation_away(example):
    """Leire's case is open: resolved and confirmed, the ask is right (P11, P12)."""
    by = Actor(None, "A test", "web")
    client = find_client("Leire Aguirre")
    case = client.cases.get()
    assert not verdict_of(client.pk).decision.may_ask
    work.resolve_case(by=by, case_id=case.pk)
    work.confirm_case(by=by, case_id=case.pk)
    settle_now()
    assert client.standings.get().move == "ask"


def test_nobody_in_it_can_be_reached(example):
    for client in Client.objects.select_related("company").prefetch_related("contact_points"):
        assert client.company.domain.endswith(".example")
        emails = [p.value for p in client.contact_points.all() if p.kind == "email"]
        assert all(email.endswith(".example") for email in emails)
        assert emails


def test_the_command_prints_one_document_and_nothing_else(nothing_stays, monkeypatch, capsys):
    monkeypatch.setattr(database, "ready", nullcontext)
    assert frame.run(["example", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["built"], told["companies"], told["clients"]) == (False, 60, 300)
    assert told["sign_in"]["password"] == password()
    assert frame.run(["example"]) == 0
    assert "owner@warmhand.example" in capsys.readouterr().out
    assert provide_example()[-1].endswith(password())
