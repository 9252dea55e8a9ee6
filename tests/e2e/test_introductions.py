"""Introductions in the browser: the member, the client on a phone, the provider (P24, P32, P33)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import LOOKS, axe_check, fits
from tests.introductions import stories
from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.giving import services as giving
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.introductions import services
from warmhand.apps.introductions.models import Candidate
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging import stamps

PHONE = "+49 30 901820"


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    """A person reads for a while before answering; the test doesn't wait for that."""
    monkeypatch.setattr(stamps, "QUICKEST", stamps.QUICKEST * 0)


@pytest.fixture
def need(site):
    """A client with a need, and two providers who could help; each test has its own."""

    def make(name: str, what: str) -> int:
        with workspace_scope(site.world.workspace.pk):
            client = stories.reachable(site.world, name, f"{name.split()[0].lower()}@k.example")
            for n in (1, 2):
                each = Provider.objects.create(
                    name=f"{what.title()} {n}", phone=f"+4930901{n}00",
                    why_confident="They did it for us in 2024, on the day they had promised.",
                )  # fmt: skip
                Service.objects.create(provider=each, name=f"{what} for offices")
            made = giving.note_need(
                by=site.world.by, client_id=client.pk, words=f"We need {what} before May"
            )
            return made.pk

    return make


def begin(page: Page, need_id: int) -> str:
    """From the need to the client's page: its address."""
    page.goto(f"/needs/{need_id}/introduce/")
    for box in page.locator(".pick input").all():
        box.check()
    page.get_by_role("button", name="On to the words").click()
    before = int(page.locator("#quality strong").inner_text())
    page.get_by_label("What helps the provider to help").fill("Third floor, no lift")
    expect(page.locator("#quality strong")).to_have_text(str(before + 5))
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Make their page").click()
    link = page.get_by_label(re.compile("On the page behind this link")).input_value()
    return link[link.index("/p/introduction/") :]


def agree(page: Page, address: str, *, without: str = "") -> None:
    """The client, on a phone, says yes."""
    page.goto(address)
    fits(page)
    axe_check(page)
    told = page.locator(".told")
    expect(told.locator(":checked")).to_have_count(0)
    if without:
        for fact in told.locator(".of-all").filter(has_not_text=without).all():
            fact.locator("input").check()
    else:
        told.get_by_label("All of this").check()
    page.get_by_role("radio", name="Yes, introduce us").check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("We ask for you now")


def hand(page: Page) -> str:
    """The member hands on the brief: its address."""
    page.reload()
    page.get_by_role("button", name="Hand on the brief").click()
    link = page.get_by_label(re.compile("They answer on the page")).input_value()
    return link[link.index("/p/brief/") :]


def answer(page: Page, address: str, what: str) -> None:
    """The provider answers."""
    page.goto(address)
    page.get_by_role("radio", name=what).check()
    page.get_by_role("button", name="Send", exact=True).click()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_from_need_to_both_details_and_back(signed_in_page, open_page, need, site, width, theme):
    what = "movers" if width == "desk" else "painters"
    member = signed_in_page("account_manager", width, theme)
    client, provider = open_page("phone", theme), open_page(width, theme)
    address = begin(member, need(f"Greta {what.title()}", what))
    fits(member)
    axe_check(member)
    agree(client, address, without="Where you work")
    brief = hand(member)
    provider.goto(brief)
    axe_check(provider)
    expect(provider.get_by_text(f"We need {what} before May")).to_be_visible()
    for secret in ("Greta", "Kettle", stories.PHONE):
        expect(provider.locator("body")).not_to_contain_text(secret)
    answer(provider, brief, "Yes, I take care of it")
    expect(provider.get_by_text(stories.PHONE)).to_be_visible()
    expect(provider.locator("body")).to_contain_text("Greta")
    client.goto(address)
    expect(client.locator("body")).to_contain_text(re.compile(r"\+4930901\d00"))
    member.reload()
    expect(member.locator("body")).to_contain_text("Both have each other's details")
    axe_check(member)
    fits(member)
    with workspace_scope(site.world.workspace.pk):
        [given] = ReferralGiven.objects.filter(client__name=f"Greta {what.title()}")
        assert given.listed_id is not None
    client.get_by_text("Take my yes back").click()
    client.get_by_label("Yes, I take it back").check()
    client.get_by_role("button", name="Take it back").click()
    expect(client.get_by_role("heading", level=1)).to_contain_text("taken back")
    provider.goto(brief)
    for secret in ("Greta", stories.PHONE, what):
        expect(provider.locator("main")).not_to_contain_text(secret)
    member.reload()
    expect(member.get_by_role("button", name="told them")).to_have_count(1)
    member.get_by_role("button", name="I have told them").click()
    expect(member.locator("body")).to_contain_text("everybody who held something knows")


def test_a_no_then_a_silence_then_nobody_is_left(signed_in_page, open_page, need, site):
    member, client, provider = signed_in_page("owner"), open_page("phone"), open_page("phone")
    need_id = need("Silvia Roof", "roofers")
    agree(client, begin(member, need_id))
    answer(provider, hand(member), "Not this time")
    expect(provider.get_by_role("heading", level=1)).to_contain_text("Thank you for telling us")
    hand(member)
    with workspace_scope(site.world.workspace.pk):  # the clock: their days have passed
        asked = Candidate.objects.filter(state="asked", introduction__need=need_id)
        asked.update(answer_by=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        assert services.move_on() == 1
    member.reload()
    expect(member.locator("body")).to_contain_text("Nobody on the list is left to ask")
    client.reload()
    expect(client.get_by_role("heading", level=1)).to_contain_text("Nobody could take it")


def test_the_card(signed_in_page, open_page, need):
    member, client = signed_in_page("agent"), open_page("phone")
    client.goto(begin(member, need("Karl Card", "carpenters")))
    client.get_by_role("radio", name="I'd rather call myself").check()
    client.get_by_role("button", name="Send", exact=True).click()
    expect(client.locator("body")).to_contain_text(re.compile(r"\+4930901\d00"))
    axe_check(client)
    fits(client)
