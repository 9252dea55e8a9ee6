"""A gift from end to end: a need, a provider, both details, what came of it, our confidence."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_introductions import agree, answer, begin, hand
from tests.e2e.test_introductions import no_pause as no_pause
from tests.introductions import stories
from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.giving.models import Need, ReferralGiven
from warmhand.apps.island.scope import workspace_scope

WANTED = "We need stonemasons for the yard wall"
HAPPY = "Yes, and I am happy with it"


@pytest.fixture
def mason(site):
    """A client, and the one provider who could help."""
    with workspace_scope(site.world.workspace.pk):
        client = stories.reachable(site.world, "Stella Quarry", "stella@k.example")
        provider = Provider.objects.create(
            name="Granite Stonemasons", phone="+493090177", why_confident="They built our own wall."
        )
        Service.objects.create(provider=provider, name="Stonemasons for walls")
        return client, provider


def note_need(page: Page, site, client) -> int:
    """A member hears of it and notes it."""
    page.goto(f"/clients/{client.pk}/")
    page.keyboard.press("q")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What do they need?").fill(WANTED)
    dialog.get_by_role("button", name="Note it").click()
    expect(dialog.get_by_role("heading", name=f"Noted for {client.name}")).to_be_visible()
    with workspace_scope(site.world.workspace.pk):
        return Need.objects.get(client=client).pk


def given_ten_days_ago(site, provider) -> int:
    """The clock: ten days have passed since both got each other's details."""
    with workspace_scope(site.world.workspace.pk):
        [given] = ReferralGiven.objects.filter(listed=provider)
        ReferralGiven.objects.filter(pk=given.pk).update(
            given_on=given.given_on - dt.timedelta(days=10)
        )
        return given.pk


def follow_up(member: Page, given: int, side: str) -> str:
    """The member asks a side by a link: its address."""
    member.goto(f"/follow-ups/{given}/")
    section = member.locator(f"section[aria-labelledby~=side-{side}]")
    section.get_by_role("link", name="Ask by a link").click()
    dialog = member.get_by_role("dialog")
    dialog.get_by_role("button", name="Make the link").click()
    link = member.get_by_label(re.compile("The link, open until")).input_value()
    return link[link.index("/p/follow-up/") :]


def say(page: Page, address: str, what: str) -> None:
    page.goto(address)
    page.get_by_role("radio", name=what).check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_from_a_need_to_what_we_know_of_the_provider(signed_in_page, open_page, site, mason):
    client, provider = mason
    member, theirs, masons = signed_in_page("account_manager"), open_page("phone"), open_page()
    address = begin(member, note_need(member, site, client))
    agree(theirs, address)
    brief = hand(member)
    answer(masons, brief, "Yes, I take care of it")
    expect(masons.get_by_text(stories.PHONE)).to_be_visible()
    theirs.goto(address)
    expect(theirs.locator("body")).to_contain_text("+493090177")
    record = f"/directory/{provider.pk}/"
    member.goto(record)
    came = member.locator("section", has=member.get_by_role("heading", name="What came of it"))
    expect(came).to_contain_text("Of 1 client sent, none has told us yet what came of it.")

    given = given_ten_days_ago(site, provider)
    say(theirs, follow_up(member, given, "client"), HAPPY)
    # the provider has the client's details since the introduction: nobody has to confirm it
    say(masons, follow_up(member, given, "provider"), HAPPY)
    member.goto(record)
    expect(came).to_contain_text(
        "Of 1 client sent, 1 did business, 1 of 1 asked was happy; last heard today."
    )
