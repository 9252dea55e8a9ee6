"""Moves for allies on Today: cards with reasons, answered with Undo."""

from __future__ import annotations

import re

import pytest

from tests.heart_world import furnish
from warmhand.apps.alliances.services import form_alliance, record_exchange, say_our_trade
from warmhand.apps.directory.models import Provider
from warmhand.apps.moves.models import AllyAnswer


@pytest.fixture
def ally(closed_world, inside):
    world = closed_world
    with inside():
        say_our_trade(by=world.by, sector="general", why="We looked")
        provider = Provider.objects.create(name="Payday Ltd")
        made = form_alliance(
            by=world.by,
            name="Payday Ltd",
            provider_id=provider.pk,
            sector="general",
            starts_on=world.days_ago(300),
        )
        for _ in range(6):
            record_exchange(by=world.by, alliance_id=made.pk, incoming=False, on=world.days_ago(30))
        record_exchange(by=world.by, alliance_id=made.pk, incoming=True, on=world.days_ago(2))
    return made


def test_today_shows_a_card_for_an_ally_with_its_reason(ally, as_member):
    text = as_member("owner").get("/today/").content.decode()
    assert "Thank an ally" in text
    assert "They sent us somebody 2 days ago, and were not thanked since." in text


def test_an_ally_stands_below_a_recovery_and_above_an_ask(ally, closed_world, as_member, inside):
    with inside():
        furnish(closed_world)
    page = as_member("owner").get("/today/").content.decode()
    heads = re.findall(r'class="group-head[^>]*>(?:<svg.*?</svg>)?([^<]+) <span', page, re.DOTALL)
    assert heads[:2] == ["Make it good", "Say thank you"]
    assert heads.index("Make it good") < heads.index("Thank an ally") < heads.index("Do a favour")
    assert heads.index("Do a favour") < heads.index("Ask for a referral")


def test_what_else_waits_stands_below_a_recovery_and_not_in_a_narrowed_list(
    closed_world, as_member, inside
):
    ids = furnish(closed_world)
    browser = as_member("account_manager")
    browser.post(f"/clients/{ids['ask']}/moves/ask/do/", {"channel": "email", "outcome": ""})
    page = browser.get("/today/").content.decode()
    assert page.index("Make it good") < page.index("An ask of yours waits")
    assert "An ask of yours waits" not in browser.get("/today/?q=Bruno").content.decode()


def test_a_narrowed_list_is_about_clients(ally, as_member):
    assert "Thank an ally" not in as_member("owner").get("/today/?move=ask").content.decode()


def test_thanked_then_the_balance_then_a_talk(ally, as_member, inside):
    address = f"/allies/{ally.pk}/moves/"
    page = as_member("agent").post(f"{address}thank_ally/done/", {"why": "A card"}, follow=True)
    text = page.content.decode()
    assert "Undo" in text
    assert "We gave them 6 referrals in a year and they gave us 1." in text
    page = as_member("agent").post(f"{address}rebalance/done/", {"why": "Talked"}, follow=True)
    assert (
        "Bring it into balance"
        not in page.content.decode().partition("today-list")[2].partition("toast")[0]
    )
    with inside():
        ally.refresh_from_db()
        assert ally.spoke_on


@pytest.mark.parametrize(
    ("way", "sent", "answer"),
    [
        ("snooze", {"days": "7", "why": "They are away"}, "snoozed"),
        ("dismiss", {"why": "Done by post"}, "dismissed"),
    ],
)
def test_put_off_and_dismissed(ally, as_member, inside, way, sent, answer):
    address = f"/allies/{ally.pk}/moves/thank_ally/{way}/"
    assert as_member("owner").get(address).status_code == 200
    assert as_member("owner").post(address, {"why": ""}).status_code == 422
    page = as_member("owner").post(address, sent, follow=True)
    assert "Thanked" not in page.content.decode()
    with inside():
        assert AllyAnswer.objects.get().answer == answer


def test_no_such_move(ally, as_member):
    assert as_member("owner").get(f"/allies/{ally.pk}/moves/wait/done/").status_code == 404
