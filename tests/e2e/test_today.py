"""Today in the browser: by keyboard alone, in both widths and themes, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import LOOKS, axe_check, fits
from tests.heart_world import furnish


def lines(page: Page):
    return page.locator("#today-list [data-item]")


def focus_on(page: Page, name: str) -> None:
    """Go down the list with j until the line of this client has the focus."""
    for _ in range(12):
        page.keyboard.press("j")
        if name in (page.evaluate("document.activeElement.ariaLabel") or ""):
            return
    raise AssertionError(f"{name} is not in the list")


def open_today(page: Page) -> Page:
    page.goto("/today/?whose=all")
    expect(lines(page).first).to_be_visible()
    return page


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_list_and_its_dialogs(signed_in_page, site, width, theme):
    furnish(site.world)
    page = open_today(signed_in_page("owner", width, theme))
    axe_check(page)
    fits(page)
    for button in ("Snooze", "Dismiss", "Hand over", "Record that it is made good"):
        page.get_by_role("link", name=button).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        axe_check(page)
        fits(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_every_form_that_does_a_move(signed_in_page, site, width, theme):
    ids = furnish(site.world)
    page = signed_in_page("account_manager", width, theme)
    moves = ["recover", "thank", "confirm_resolution", "keep_promise", "favour", "give_referral"]
    for move in (*moves, "offer", "ask"):
        page.goto(f"/clients/{ids['ask']}/moves/{move}/do/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        axe_check(page)
        fits(page)


def test_snooze_with_a_reason_by_keyboard_then_undo(signed_in_page, site):
    furnish(site.world)
    page = open_today(signed_in_page("account_manager"))
    before = lines(page).count()
    focus_on(page, "Gus Lindqvist")
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Put it off")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.name") != "why":
        page.keyboard.press("Tab")
    page.keyboard.type("They are away")
    page.keyboard.press("Enter")
    expect(lines(page)).to_have_count(before - 1)
    expect(page.get_by_role("dialog")).to_have_count(0)
    focused = page.evaluate("document.activeElement.matches('[data-item]')")
    assert focused, "the focus goes on to the line that took its place"
    page.get_by_role("button", name="Undo").press("Enter")
    expect(lines(page)).to_have_count(before)
    assert page.url.endswith("/today/?whose=all")


def test_a_snooze_without_a_reason_is_said_in_the_dialog(signed_in_page, site):
    furnish(site.world)
    page = open_today(signed_in_page("account_manager"))
    focus_on(page, "Gus Lindqvist")
    page.keyboard.press("d")
    dialog = page.get_by_role("dialog")
    dialog.locator("[name=why]").evaluate("field => field.required = false")
    dialog.get_by_role("button", name="Dismiss it").click()
    expect(dialog).to_contain_text("This field is required")
    axe_check(page)


def test_open_why_search_and_help_by_keyboard(signed_in_page, site):
    ids = furnish(site.world)
    page = open_today(signed_in_page("leader"))
    focus_on(page, "Ada Kettle")
    page.keyboard.press("w")
    page.wait_for_url(f"**/clients/{ids['ask']}/verdict/")
    open_today(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_contain_text("snooze")
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    page.keyboard.type("Lindq")
    expect(lines(page)).to_have_count(1)
    expect(lines(page).first).to_contain_text("Gus Lindqvist")
    page.locator("body").press("Escape")


def test_a_favour_is_recorded_and_the_move_is_gone(signed_in_page, site):
    furnish(site.world)
    page = open_today(signed_in_page("account_manager"))
    focus_on(page, "Hollow Oak Farm")
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="A favour")).to_be_visible()
    page.keyboard.type("Lent them our meeting room")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The favour is on record.")
    expect(page.locator("#today-list")).not_to_contain_text("Hollow Oak Farm")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#today-list")).to_contain_text("Hollow Oak Farm")


def test_filters_work_without_scripts(browser, site):
    furnish(site.world)
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    context.add_cookies([site.session_cookie("owner")])
    page = context.new_page()
    page.goto("/today/")
    page.locator("[name=code]").first.select_option("unhappy")
    page.get_by_role("button", name="Show").click()
    expect(lines(page)).to_have_count(1)
    page.get_by_role("link", name="Snooze").click()
    page.locator("[name=why]").fill("They are away")
    page.get_by_role("button", name="Put it off").click()
    expect(page.get_by_role("status")).to_contain_text("Put off until")
    page.get_by_role("button", name="Undo").click()
    context.close()


def tab_to(page, script: str) -> None:
    """Press Tab until what has the focus is what is looked for: it has to be reachable so."""
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate(f"(element => {script})(document.activeElement)"):
            return
    pytest.fail(f"no Tab leads to it: {script}")


def fill_and_send(page, field: str, text: str) -> None:
    if page.evaluate("document.activeElement.name") != field:
        tab_to(page, f"element.name === '{field}'")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_the_whole_of_today_by_keyboard_alone(signed_in_page, site):
    """Narrow, move on, dismiss, take it back, hand over: the mouse is never needed."""
    furnish(site.world)
    page = open_today(signed_in_page("account_manager"))
    before = lines(page).count()
    focus_on(page, "Gus Lindqvist")
    page.keyboard.press("d")
    fill_and_send(page, "why", "They move house")
    expect(lines(page)).to_have_count(before - 1)
    tab_to(page, "element.innerText === 'Undo'")
    page.keyboard.press("Enter")
    expect(lines(page)).to_have_count(before)
    focus_on(page, "Gus Lindqvist")
    page.keyboard.press("h")
    expect(page.get_by_role("dialog")).to_be_visible()
    if page.evaluate("document.activeElement.name") != "to_member":
        tab_to(page, "element.name === 'to_member'")
    page.keyboard.type("Agent")
    fill_and_send(page, "why", "They are neighbours")
    expect(page.get_by_role("status")).to_contain_text("Agent Colleague")
    tab_to(page, "element.tagName === 'A' && element.innerText.startsWith('Ask for a referral')")
    page.keyboard.press("Enter")
    page.wait_for_url("**move=ask**")
    expect(lines(page)).to_have_count(1)
