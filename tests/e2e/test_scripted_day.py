"""One day, from a ticket solved at Zendesk to a name on the account manager's Today.

The hook is the recorded one of the shared fixtures, moved to today, signed as Zendesk signs, sent
to the real door; a real worker does the jobs; two people look at their own screens. Nobody reloads
the agent's: the verdict comes to it.
"""

from __future__ import annotations

import json
import os
import urllib.request
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.connections.signers import SECRETS, zendesk
from tests.e2e.browser import LOOKS, axe_check, fits
from tests.e2e.worker import working
from tests.heart_world import earned
from tests.shared_data import shared_path
from warmhand.apps.connections.models import Alias, Connection, Delivery
from warmhand.apps.connections.vault import seal
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.referrals.models import ReferralReceived

ARRIVES = 30_000
"""Milliseconds at most for what comes by itself; how quick it is, bench/arrival.py tells."""


class Zendesk:
    """The helpdesk over there: it tells of its tickets, each time by a delivery of its own."""

    def __init__(self, site, name: str) -> None:
        self.site, self.count, self.name = site, 0, name
        self.body = json.loads(
            (shared_path("zendesk") / "event_ticket_status_changed.json").read_text()
        )
        self.body["detail"]["id"] = self.ticket = str(abs(hash(name)) % 10**6)
        with workspace_scope(site.world.workspace.pk):
            self.connection = Connection.objects.create(
                peer="zendesk",
                name="Our desk",
                address=f"scripted-day-{self.ticket}",
                sealed_secret=seal(SECRETS["zendesk"]),
            )
            client = earned(site.world, name, site.world.company(f"{name} & Co"))
            # over there they have a number alone: a colleague has said whose it is
            Alias.objects.create(
                connection=self.connection,
                external_id=self.body["detail"]["requester_id"],
                client=client,
            )
            self.client_id = client.pk

    def tells(self, current: str, previous: str) -> None:
        self.count += 1
        told = timezone.now().strftime("%Y-%m-%dT%H:%M:%S.%f000Z")
        self.body |= {"id": f"day-{self.ticket}-{self.count}", "time": told}
        self.body["detail"] |= {"status": current, "updated_at": told, "created_at": told}
        self.body["event"] = {"current": current, "previous": previous}
        raw = json.dumps(self.body).encode()
        headers = zendesk(raw, SECRETS["zendesk"], timezone.now(), "")
        sent = urllib.request.Request(
            f"{self.site.url}/hooks/{self.connection.address}/", raw, headers
        )
        with urllib.request.urlopen(sent) as answer:
            assert answer.status == 200


def looked_at(page: Page, step: str) -> None:
    """Nothing wrong with the page; a picture of it where somebody wants to look."""
    axe_check(page)
    fits(page)
    folder = os.environ.get("WARMHAND_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{step}.png", full_page=True)


@pytest.fixture
def worker(site):
    with working():
        yield


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_scripted_day(signed_in_page, site, worker, width, theme):
    name = f"Runa {width.title()}"
    desk = Zendesk(site, name)
    look = f"day-{width}-{theme}"
    agent = signed_in_page("agent", width, theme)
    agent.goto("/console/")
    expect(agent.get_by_text("Just solved")).to_have_count(0)

    # solved over there: the verdict comes to the agent's screen by itself
    desk.tells("SOLVED", "OPEN")
    strip = agent.locator("#arrivals")
    expect(strip).to_contain_text(name, timeout=ARRIVES)
    expect(strip).to_contain_text("Confirm, then ask")
    expect(strip).to_contain_text("Cannot login to mobile app")
    looked_at(agent, f"{look}-1-arrived")

    # the client says no: the case is open again, and nothing is asked
    strip.get_by_role("link", name=name).click()
    expect(agent.get_by_role("heading", name="Ask them first: is it solved?")).to_be_visible()
    looked_at(agent, f"{look}-2-confirm")
    agent.get_by_role("button", name="No").click()
    expect(agent.get_by_role("status")).to_contain_text("Good that you asked first.")
    expect(agent.get_by_text("reopened 1 time")).to_be_visible()
    looked_at(agent, f"{look}-3-reopened")
    agent.goto("/console/")
    expect(agent.locator("#arrivals [data-mark]")).to_have_count(1)
    expect(agent.locator("#arrivals")).not_to_contain_text(name)

    # open over there too, then solved once more: the verdict is there anew
    desk.tells("OPEN", "SOLVED")
    desk.tells("SOLVED", "OPEN")
    expect(strip).to_contain_text(name, timeout=ARRIVES)
    strip.get_by_role("link", name=name).click()
    agent.get_by_role("button", name="Yes").click()
    expect(agent.get_by_role("heading", name="Yes, ask now")).to_be_visible()
    looked_at(agent, f"{look}-4-ask-now")
    agent.get_by_role("button", name="show me the words").click()
    expect(agent.locator(".say")).to_contain_text("whom we might be able to help")
    looked_at(agent, f"{look}-5-words")
    agent.get_by_role("radio", name="They gave a name").check()
    agent.get_by_label("Whose name?").fill("Zoe Marsh")
    agent.get_by_role("button", name="Put it on record").click()
    expect(agent.get_by_role("status")).to_contain_text("Thanks are owed to them")
    looked_at(agent, f"{look}-6-name")

    # and it stands in Today of the one in whose care they are
    keeper = signed_in_page("account_manager", width, theme)
    keeper.goto("/today/")
    line = keeper.locator("#today-list [data-item]", has_text=name)
    expect(line).to_contain_text("hank")
    looked_at(keeper, f"{look}-7-today")
    with workspace_scope(site.world.workspace.pk):
        referral = ReferralReceived.objects.get(client_id=desk.client_id)
        assert referral.new_person == "Zoe Marsh"
        states = Delivery.objects.filter(connection=desk.connection).values_list("state", flat=True)
        assert set(states) <= {"done", "nothing"}
        assert len(states) == 3
