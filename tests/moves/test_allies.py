"""Moves for allies out of the tables: facts, the law's mode, answers (P26, P36, P37)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from warmhand.apps.alliances.services import form_alliance, record_exchange, say_our_trade
from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.giving.models import Need, ReferralGiven
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal.models import Entry
from warmhand.apps.journal.services import undo
from warmhand.apps.moves.allies import ally_dismiss, ally_done, ally_moves, ally_snooze
from warmhand.apps.referrals.services import receive_referral
from warmhand.problems import Invalid

PAYROLL = "541214"


@pytest.fixture
def ally(world):
    """A provider with whom an exchange may be counted."""
    say_our_trade(by=world.by, sector="general", why="We looked")
    provider = Provider.objects.create(name="Payday Ltd")
    Service.objects.create(provider=provider, name="Payroll", category=PAYROLL)
    return form_alliance(
        by=world.by,
        name="Payday Ltd",
        provider_id=provider.pk,
        sector="general",
        starts_on=world.days_ago(300),
    )


def came(world, ally, times=1, *, incoming=True, days=10):
    for _ in range(times):
        record_exchange(
            by=world.by, alliance_id=ally.pk, incoming=incoming, on=world.days_ago(days)
        )


def proposed():
    return [(item.name, item.decision.move.value) for item in ally_moves()]


def test_nothing_is_proposed_while_nothing_went_either_way(ally):
    assert not ally_moves()


def test_whoever_sent_somebody_is_thanked_and_then_left_in_peace(world, ally):
    came(world, ally)
    assert proposed() == [("Payday Ltd", "thank_ally")]
    assert ally_moves()[0].decision.because == (
        "They sent us somebody 10 days ago, and were not thanked since."
    )
    ally_done(by=world.by, alliance_id=ally.pk, move="thank_ally")
    assert not ally_moves()
    undo(by=world.by, entry_id=Entry.objects.latest("pk").pk)
    assert proposed() == [("Payday Ltd", "thank_ally")]


def test_a_client_who_is_owed_thanks_is_thanked_by_their_own_move(world):
    say_our_trade(by=world.by, sector="general", why="We looked")
    ada = world.client()
    form_alliance(by=world.by, name="Kettle", client_id=ada.pk, starts_on=world.days_ago(300))
    receive_referral(by=world.by, client_id=ada.pk, new_person="B")
    assert ThankYou.objects.filter(client=ada).exists()
    assert not ally_moves()


def test_five_sent_and_nothing_back_is_told(world, ally):
    came(world, ally, 4, incoming=False)
    assert not ally_moves()
    came(world, ally, 1, incoming=False)
    assert proposed() == [("Payday Ltd", "rebalance")]


def test_what_they_are_owed_is_given_back_where_a_need_fits(world, ally):
    came(world, ally, 6)
    ally_done(by=world.by, alliance_id=ally.pk, move="thank_ally")
    Need.objects.create(
        client=world.client(), words="Payroll", category=PAYROLL, noted_on=world.today()
    )
    item = ally_moves()[0]
    assert (item.decision.move, item.facts.needs_they_fit) == ("rebalance", 1)
    assert item.decision.do == "Refer one of those clients to them."


@pytest.mark.parametrize(
    ("sector", "place", "left"),
    [
        ("general", "", ["rebalance"]),
        ("unknown", "", []),
        ("settlement_services", "US", []),
        ("lawyer", "US-NY", []),
    ],
)
def test_no_balance_where_the_law_does_not_let_it_be_counted(world, ally, sector, place, left):
    came(world, ally, 6, incoming=False)
    say_our_trade(by=world.by, sector=sector, place=place, why="We looked")
    assert [move for _, move in proposed()] == left


def test_thanks_are_due_where_an_exchange_is_only_observed(world, ally):
    came(world, ally, 9)
    say_our_trade(by=world.by, sector="lawyer", place="US-AZ")
    item = ally_moves()[0]
    assert (item.decision.move, item.facts.received, item.decision.runners_up) == (
        "thank_ally",
        0,
        (),
    )


def test_a_talk_about_the_exchange_is_noted_with_the_alliance(world, ally):
    came(world, ally, 6, incoming=False)
    ally_done(by=world.by, alliance_id=ally.pk, move="rebalance", why="They will think of us")
    ally.refresh_from_db()
    assert ally.spoke_on == world.today()
    assert not ally_moves()


def test_put_off_and_dismissed_moves_come_back_on_their_day(world, ally):
    came(world, ally)
    ally_snooze(
        by=world.by, alliance_id=ally.pk, move="thank_ally",
        until=world.today() + dt.timedelta(days=3), why="They are away",
    )  # fmt: skip
    assert not ally_moves()
    undo(by=world.by, entry_id=Entry.objects.latest("pk").pk)
    assert ally_moves()
    ally_dismiss(by=world.by, alliance_id=ally.pk, move="thank_ally", why="Done by post")
    assert not ally_moves()
    for values in ({"why": " "}, {"why": "x", "move": "wait"}):
        with pytest.raises(Invalid):
            ally_dismiss(**{"by": world.by, "alliance_id": ally.pk, "move": "rebalance", **values})


def test_an_alliance_that_is_over_is_left_alone(world, ally):
    came(world, ally)
    ally.ends_on = world.days_ago(1)
    ally.save()
    assert not ally_moves()


def test_mine_and_nobodys_but_not_a_colleagues(world, ally):
    came(world, ally)
    ally.keeper = world.members["agent"]
    ally.save()
    assert not ally_moves(member_id=world.members["owner"].pk)
    assert ally_moves(member_id=world.members["agent"].pk)
    assert ally_moves(team="North")
    assert not ally_moves(team="South")


def test_the_statements_do_not_grow_with_the_allies(world, ally):
    def statements():
        with CaptureQueriesContext(connection) as seen:
            ally_moves()
        return len(seen)

    came(world, ally, 6, incoming=False)
    before = statements()
    for number in range(4):
        other = Provider.objects.create(name=f"Other {number}")
        more = form_alliance(
            by=Actor(None, "x", "web"), name=f"Other {number}", provider_id=other.pk,
            sector="general", starts_on=world.days_ago(300),
        )  # fmt: skip
        came(world, more, 6, incoming=False)
    assert len(ally_moves()) == 5
    assert statements() == before


def test_no_alliance_costs_one_statement(world):
    ReferralGiven.objects.create(client=world.client(), provider="P", given_on=world.today())
    with CaptureQueriesContext(connection) as seen:
        assert ally_moves() == []
    assert len(seen) <= 2
