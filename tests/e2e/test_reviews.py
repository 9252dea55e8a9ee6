"""A review from the list of the due to the ask, in the browser: member and client (P14, P15)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import LOOKS, axe_check, fits
from tests.reviews.stories import settle, unrated
from warmhand.apps.asks.models import Ask
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging import stamps
from warmhand.apps.work.models import Review


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    """A person reads for a while before answering; the test doesn't wait for that."""
    monkeypatch.setattr(stamps, "QUICKEST", stamps.QUICKEST * 0)


@pytest.fixture
def due(site):
    """A client who is due; each test has one of their own."""

    def make(name: str) -> int:
        with workspace_scope(site.world.workspace.pk):
            client = unrated(site.world, name, company=site.world.company(f"{name} Ltd"))
            settle(client)
            return client.pk

    return make


def invite(page: Page, name: str) -> str:
    """From the list of the due to the link of the client's page."""
    page.goto(f"/reviews/due/?q={name.split()[0]}")
    page.get_by_role("link", name=f"Invite {name}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.get_by_text("The first good day")).to_be_visible()
    page.get_by_role("button", name="Save it, I send it myself").click()
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_label(re.compile("On the page behind this link")).input_value()
    return link[link.index("/p/review/") :]


def pick(page: Page, address: str, place: int = 0) -> str:
    """The client, on a phone, takes one of the times; what it says."""
    page.goto(address)
    time = page.locator(".slot").nth(place).locator("strong").inner_text()
    page.locator(".slot").nth(place).get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(time)
    return time


def record(page: Page, name: str, rating: str) -> None:
    """The meeting is recorded, the rating first."""
    page.goto(f"/reviews/planned/?q={name.split()[0]}")
    page.get_by_role("link", name=f"Record the meeting with {name}").click()
    page.locator(".rating", has_text=re.compile(f"^{rating}$")).click()
    page.get_by_label("What they need from others").fill("a notary\na caterer")
    page.get_by_label("Colleagues whom they mentioned").fill("Pia Lund")
    page.get_by_role("button", name="Save, and see whether we may ask").click()


def test_from_due_to_the_ask(signed_in_page, open_page, due, site):
    client_id = due("Greta Falk")
    member, client = signed_in_page("account_manager"), open_page("phone")
    address = invite(member, "Greta Falk")
    pick(client, address)
    with client.expect_download() as caught:
        client.get_by_role("link", name="Put it into your calendar").click()
    assert caught.value.suggested_filename == "review.ics"
    member.goto("/reviews/due/?q=Greta")
    expect(member.get_by_text("Nothing fits")).to_be_visible()
    record(member, "Greta Falk", "9")
    expect(member.get_by_role("heading", name="Yes, ask now")).to_be_visible()
    expect(member.get_by_text("Have we earned the right to ask:")).to_be_visible()
    member.get_by_role("button", name="I'm asking").click()
    expect(member.get_by_role("heading", name="Asked")).to_be_visible()
    with workspace_scope(site.world.workspace.pk):
        assert Ask.objects.get(client_id=client_id).member == site.world.members["account_manager"]


@pytest.mark.parametrize(("rating", "recovery"), [("5", 0), ("3", 1)])
def test_a_low_rating_withholds_the_ask(signed_in_page, open_page, due, site, rating, recovery):
    name = f"Low{rating} Berg"
    client_id = due(name)
    member, client = signed_in_page("account_manager"), open_page("phone")
    pick(client, invite(member, name), place=1)
    record(member, name, rating)
    expect(member.get_by_role("heading", name="Not now")).to_be_visible()
    expect(member.get_by_role("button", name="I'm asking")).to_have_count(0)
    expect(member.get_by_text(f"{rating} of 10").first).to_be_visible()
    expect(member.get_by_role("heading", name="Make it good")).to_have_count(recovery)
    member.get_by_role("button", name="Undo").click()
    with workspace_scope(site.world.workspace.pk):
        assert Review.objects.get(client_id=client_id).held_on is None
        assert not Ask.objects.filter(client_id=client_id).exists()


def test_another_time_a_wish_and_calling_off(signed_in_page, open_page, due):
    due("Wim Otto")
    member, client = signed_in_page("account_manager"), open_page("phone", "dark")
    address = invite(member, "Wim Otto")
    client.goto(address)
    client.get_by_text("None of these suits me").click()
    client.get_by_label("When would it suit you better?").fill("Mornings only, please.")
    client.get_by_role("button", name="Send").click()
    expect(client.get_by_text("Mornings only, please.")).to_be_visible()
    member.goto("/today/")
    expect(member.get_by_text("Mornings only, please.")).to_be_visible()
    first = pick_after_a_wish(client)
    client.get_by_text("Take another time").click()
    client.locator(".slot").first.get_by_role("button").click()
    expect(client.get_by_role("heading", level=1)).not_to_have_text(first)
    client.locator("summary", has_text="Call the meeting off").click()
    client.get_by_role("button", name="Call the meeting off").click()
    expect(client.get_by_role("heading", level=1)).to_contain_text("called off")


def pick_after_a_wish(client: Page) -> str:
    """One of the times after all: they stay, folded away."""
    client.get_by_text("Take another time").click()
    time = client.locator(".slot").first.locator("strong").inner_text()
    client.locator(".slot").first.get_by_role("button").click()
    expect(client.get_by_role("heading", level=1)).to_have_text(time)
    return time


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_clients_page_is_for_everybody(signed_in_page, open_page, due, width, theme):
    name = f"{width.title()} Lind"
    due(name)
    address = invite(signed_in_page("account_manager"), name)
    client = open_page(width, theme)
    client.goto(address)
    axe_check(client)
    fits(client)
    client.get_by_text("None of these suits me").click()
    axe_check(client)
    pick(client, address)
    axe_check(client)
    fits(client)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_pages_of_a_review(signed_in_page, open_page, due, width, theme):
    name = f"{theme.title()} Roth"
    client_id = due(name)
    member = signed_in_page("account_manager", width, theme)
    pick(open_page("phone"), invite(member, name))
    for look in ("due", "invited", "planned"):
        member.goto(f"/reviews/{look}/")
        axe_check(member)
        fits(member)
    record(member, name, "9")
    axe_check(member)
    fits(member)
    member.goto(f"/clients/{client_id}/review/hold/")
    axe_check(member)
    fits(member)


def test_the_list_by_keyboard(signed_in_page, due):
    due("Key Board")
    page = signed_in_page("account_manager")
    page.goto("/reviews/due/?q=Key")
    page.keyboard.press("j")
    page.keyboard.press("i")
    expect(page.get_by_role("heading", level=1)).to_have_text("Invite Key Board to a review")
