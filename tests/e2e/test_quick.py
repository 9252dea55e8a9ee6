"""The quick note in the browser: by keyboard at the desk, by touch on a phone, over any page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import LOOKS, axe_check, fits
from warmhand.apps.giving.models import Favour, Need
from warmhand.apps.giving.services import note_need
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.people.models import Client

FIRMS = iter(
    (
        "Ashwood",
        "Birchgate",
        "Cedarhall",
        "Driftmoor",
        "Elmfield",
        "Fernley",
        "Gorsehill",
        "Heathby",
    )
)


@pytest.fixture
def firm() -> str:
    """A name that no other test knows: the site is theirs, too."""
    return next(FIRMS)


@pytest.fixture
def otto(site, firm) -> Client:
    """Otto of that firm, with nothing noted yet."""
    with workspace_scope(site.world.workspace.pk):
        return site.world.client(f"Otto {firm}", company=site.world.company(f"{firm} Joinery"))


def needs_of(site, client: Client) -> list[Need]:
    with workspace_scope(site.world.workspace.pk):
        return list(Need.objects.filter(client=client))


def test_a_need_is_noted_by_keyboard_alone(signed_in_page, site, otto, firm):
    page: Page = signed_in_page("agent", "phone")
    page.goto("/needs/")
    page.keyboard.press("q")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Note a need")).to_be_visible()
    page.keyboard.type(firm.lower())
    expect(dialog.get_by_role("radio", name=otto.name)).to_be_checked()
    axe_check(page)
    fits(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("A locksmith for the yard")
    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("heading", name=f"Noted for {otto.name}")).to_be_visible()
    expect(dialog.get_by_role("button", name="Done")).to_be_focused()
    axe_check(page)
    fits(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#list")).to_contain_text("A locksmith for the yard")
    [need] = needs_of(site, otto)
    assert (need.words, need.may_pass_on) == ("A locksmith for the yard", None)


def test_a_need_is_noted_by_touch_with_consent_and_category_and_undone(signed_in_page, site, otto):
    page: Page = signed_in_page("account_manager", "phone", "dark")
    page.goto(f"/clients/{otto.pk}/")
    page.get_by_role("link", name="Quick note").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(otto.name)
    dialog.get_by_label("What do they need?").fill("A locksmith, today")
    dialog.get_by_text("Now", exact=True).click()
    dialog.get_by_text("Yes", exact=True).click()
    dialog.get_by_role("button", name="Note it").click()
    dialog.get_by_role("button", name="Locksmith", exact=True).click()
    expect(dialog.locator(".badge")).to_contain_text("Locksmith")
    [need] = needs_of(site, otto)
    assert (need.urgency, need.may_pass_on, need.category) == ("now", True, "561622")
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_text("They need this now:")).to_be_visible()
    axe_check(page)
    fits(page)


def test_undo_takes_it_back_at_once(signed_in_page, site, otto):
    page: Page = signed_in_page("agent")
    page.goto(f"/clients/{otto.pk}/")
    page.keyboard.press("q")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What do they need?").fill("Something else")
    dialog.get_by_role("button", name="Note it").click()
    dialog.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert needs_of(site, otto) == []


def test_words_go_along_to_a_favour_and_a_price_is_refused_in_place(
    signed_in_page, site, otto, firm
):
    page: Page = signed_in_page("agent")
    page.goto("/today/")
    page.keyboard.press("q")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Which client?").fill(firm)
    expect(dialog.get_by_role("radio", name=otto.name)).to_be_checked()
    dialog.get_by_label("What do they need?").fill("We charged them 50 euros")
    dialog.get_by_role("link", name="Favour").click()
    expect(dialog.get_by_label("What for them?")).to_have_value("We charged them 50 euros")
    expect(dialog.get_by_role("radio", name=otto.name)).to_be_checked()
    dialog.get_by_role("button", name="Note it").click()
    expect(dialog.get_by_text("is a price", exact=False)).to_be_visible()
    axe_check(page)
    dialog.get_by_label("What for them?").fill("A lift to the station")
    dialog.get_by_role("button", name="Note it").click()
    expect(dialog.get_by_role("heading", name=f"Noted for {otto.name}")).to_be_visible()
    with workspace_scope(site.world.workspace.pk):
        assert Favour.objects.get(client=otto).what == "A lift to the station"


def test_a_dialog_that_was_closed_does_not_come_back_over_the_next(signed_in_page, site, otto):
    page: Page = signed_in_page("owner")
    page.goto(f"/clients/{otto.pk}/")
    page.get_by_role("link", name="Add an e-mail or phone").click()
    expect(page.get_by_role("heading", name="E-mail or phone")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    expect(page.get_by_role("heading", name="Note a need")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(1)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_coverage_and_who_has_had_none(signed_in_page, site, otto, width, theme):
    with workspace_scope(site.world.workspace.pk):
        note_need(by=site.world.by, client_id=otto.pk, words="A good mover")
    page: Page = signed_in_page("owner", width, theme)
    page.goto("/favours/coverage/")
    expect(page.get_by_role("img", name="Share of clients with a favour")).to_be_visible()
    axe_check(page)
    fits(page)
    page.get_by_role("link", name="Who has had none").click()
    line = page.locator("[data-item]", has_text=otto.name)
    line.get_by_role("link", name="Promise it").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    axe_check(page)
    fits(page)
    page.get_by_role("dialog").get_by_role("button", name="Promise it").click()
    expect(line).to_contain_text("It was promised on")
    axe_check(page)
    fits(page)


def test_about_a_client_at_hand_one_begins_with_the_words_and_is_led_to_who_could_help(
    signed_in_page, site, otto
):
    page: Page = signed_in_page("account_manager", "desk")
    page.goto(f"/clients/{otto.pk}/")
    page.keyboard.press("q")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("What do they need?")).to_be_focused()
    page.keyboard.type("A caterer for eighty people")
    page.keyboard.press("Control+Enter")
    onwards = dialog.get_by_role("link", name="Who could help?")
    expect(onwards).to_be_visible()
    [need] = needs_of(site, otto)
    expect(onwards).to_have_attribute("href", f"/needs/{need.pk}/introduce/")
