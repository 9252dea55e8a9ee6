"""Records in the browser: every page in both widths and themes, dialogs, undo, keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import LOOKS, axe_check, fits
from tests.full_client import make_full_client
from warmhand.web.records.lists import LISTINGS

OTHERS = (
    "/journal/",
    "/members/",
    "/members/invite/",
    "/profile/",
    "/workspace/",
    "/workspace/keys/",
    "/clients/new/",
    "/companies/new/",
    "/offers/new/",
    "/directory/new/",
    "/directory/import/",
    "/directory/page/",
    "/directory/page/preview/",
)


@pytest.fixture(scope="module")
def full(running_site, django_db_blocker):
    """One client with one of every kind of record, in the site that all tests share."""
    from warmhand.apps.island.scope import workspace_scope

    world = running_site.world
    with (
        django_db_blocker.unblock(),
        running_site.in_use(),
        workspace_scope(world.workspace.pk),
    ):
        return {name: record.pk for name, record in make_full_client(world).items()}


def addresses(full) -> list[str]:
    client, company = full["client"], full["company"]
    return [
        f"/clients/{client}/",
        f"/clients/{client}/?tab=days",
        f"/clients/{client}/?tab=journal",
        f"/clients/{client}/edit/",
        f"/companies/{company}/",
        f"/records/client/{client}/survey/",
        f"/records/client/{client}/contact/",
        f"/records/commitment/{full['open_commitment']}/deliver/",
        f"/records/referral/{full['referral']}/outcome/",
        *OTHERS,
    ]


@pytest.mark.parametrize(("width", "theme"), LOOKS)
@pytest.mark.parametrize("name", LISTINGS)
def test_lists(signed_in_page, full, name, width, theme):
    page = signed_in_page("owner", width, theme)
    page.goto(f"/{name}/")
    axe_check(page)
    fits(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_pages(signed_in_page, full, width, theme):
    page = signed_in_page("owner", width, theme)
    for address in addresses(full):
        assert page.goto(address).status == 200, address
        axe_check(page)
        fits(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_rating_is_recorded_in_a_dialog_and_undone_in_the_toast(
    signed_in_page, full, width, theme
):
    page = signed_in_page("agent", width, theme)
    page.goto(f"/clients/{full['client']}/")
    page.locator("summary", has_text="Record").click()
    page.get_by_role("link", name="Rating", exact=True).click()
    dialog = page.get_by_role("dialog", name="Rating: Ada Kettle")
    expect(dialog).to_be_visible()
    axe_check(page)
    dialog.get_by_label("0 to 10").fill("3")
    dialog.get_by_label("When").fill("2199-01-01")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("This can't have happened yet")).to_be_visible()
    axe_check(page)
    dialog.get_by_label("When").fill("2026-01-02")
    dialog.get_by_label("In their own words").fill("We waited two weeks")
    dialog.get_by_role("button", name="Save").click()
    toast = page.locator(".toast", has_text="Ada Kettle rated us 3 of 10.")
    expect(toast).to_be_visible()
    expect(page.get_by_text("“We waited two weeks”")).to_be_visible()
    axe_check(page)
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast", has_text="Undid: Ada Kettle rated us 3")).to_be_visible()
    expect(page.get_by_text("“We waited two weeks”")).to_have_count(0)


def test_filters_take_effect_by_themselves_and_stand_in_the_address(signed_in_page, full):
    page = signed_in_page("agent")
    page.goto("/cases/")
    expect(page.get_by_role("cell", name="Invoice sent twice", exact=True)).to_be_visible()
    page.get_by_label("State").select_option("open")
    expect(page.get_by_role("heading", name="Nothing fits")).to_be_visible()
    assert "state=open" in page.url
    page.get_by_role("searchbox", name="Search", exact=True).fill("invoice")
    page.get_by_label("State").select_option("resolved")
    expect(page.get_by_role("cell", name="Invoice sent twice", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_label("State")).not_to_have_value("resolved")


def _focused(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText.split('\\n').join(' ')")


def test_a_list_is_walked_by_keyboard_alone(signed_in_page, full):
    page = signed_in_page("agent")
    page.goto("/clients/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Find a client")).to_be_focused()
    page.keyboard.type("Ada")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=Ada"))
    page.keyboard.press("j")
    assert "Ada Kettle" in _focused(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ada Kettle", level=1)).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    axe_check(page)
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Edit: Ada Kettle")).to_be_visible()


def test_recording_works_without_scripts(browser, site, full):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    context.add_cookies([site.session_cookie("agent")])
    page = context.new_page()
    page.goto(f"/clients/{full['client']}/")
    page.locator("summary", has_text="Record").click()
    page.get_by_role("link", name="Need", exact=True).click()
    page.get_by_label("In their own words").fill("A better bicycle shed")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("“A better bicycle shed”")).to_be_visible()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("“A better bicycle shed”")).to_have_count(0)
    context.close()


def test_a_company_is_proposed_while_its_name_is_typed(signed_in_page, full):
    page = signed_in_page("agent")
    page.goto("/clients/new/")
    page.get_by_label("Company").press_sequentially("kett")
    expect(page.locator("#company-names option")).to_have_attribute("value", "Kettle & Sons")


def test_a_new_key_shows_its_secret_this_once(signed_in_page):
    page = signed_in_page("owner", "phone", "dark")
    page.goto("/workspace/keys/")
    page.get_by_label("What is it for?").fill("Phone system")
    page.get_by_label("Read: clients").check()
    page.get_by_role("button", name="Make the key").click()
    expect(page.get_by_role("textbox", name="Secret")).not_to_be_empty()
    axe_check(page)
    fits(page)


def test_on_a_phone_the_tab_we_are_on_is_in_sight(signed_in_page):
    page = signed_in_page("owner", "phone")
    page.goto("/follow-ups/")
    expect(page.locator(".tabs [aria-current]")).to_have_text("Follow-ups")
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=0.95)
