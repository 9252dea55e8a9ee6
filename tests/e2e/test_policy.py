"""The rule settings in the browser: the effect is seen before anything is saved."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import LOOKS, axe_check, fits
from tests.heart_world import furnish


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_page_of_the_policy(signed_in_page, width, theme):
    for role in ("leader", "agent"):
        page = signed_in_page(role, width, theme)
        page.goto("/policy/")
        axe_check(page)
        fits(page)


def test_the_effect_is_shown_while_typing_and_saved_with_a_reason(signed_in_page, site):
    furnish(site.world)
    page = signed_in_page("leader")
    page.goto("/policy/")
    page.get_by_label("Happy from").fill("10")
    page.get_by_label("Happy from").blur()
    preview = page.locator("#preview")
    expect(preview).to_contain_text("would get another move")
    expect(preview).to_contain_text("Happy from: 8 → 10")
    axe_check(page)
    page.get_by_label("Happy from").fill("9")
    page.get_by_label("Why it changes").fill("Nines are happy enough.")
    page.get_by_role("button", name="Save a new version").click()
    expect(page.get_by_role("status")).to_contain_text("in force")
    expect(page.get_by_text("“Nines are happy enough.”")).to_be_visible()
    axe_check(page)
    page.get_by_text("Restore the defaults").click()
    page.locator("#restore-0").fill("It was only a test.")
    page.get_by_role("button", name="Restore").last.click()
    expect(page.get_by_role("status")).to_contain_text("Version 0 is in force again")
