"""The review pack in the browser: both widths and themes, its charts, a colour as one picks it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import LOOKS, axe_check, fits
from tests.heart_world import furnish

CHARTS_LOADED = """() => [...document.querySelectorAll('.pack-chart img')]
  .filter(image => image.offsetParent !== null)
  .map(image => image.complete && image.naturalWidth > 50 && image.alt.length > 20)"""


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_pack_and_none(signed_in_page, site, width, theme):
    ids = furnish(site.world)
    page = signed_in_page("account_manager", width, theme)
    page.goto(f"/clients/{ids['ask']}/review-pack/")
    expect(page.get_by_role("heading", name="What we agreed, and when it came")).to_be_visible()
    page.wait_for_load_state("networkidle")
    shown = page.evaluate(CHARTS_LOADED)
    assert shown
    assert all(shown)
    axe_check(page)
    fits(page)
    page.goto(f"/clients/{ids['unhappy']}/review-pack/")
    expect(page.get_by_role("heading", name="Not yet a pack to show")).to_be_visible()
    axe_check(page)
    fits(page)


def test_another_period_is_a_click_away(signed_in_page, site):
    ids = furnish(site.world)
    page = signed_in_page("account_manager", "desk")
    page.goto(f"/clients/{ids['ask']}/review-pack/")
    page.get_by_role("link", name="24 months").click()
    expect(page.get_by_role("link", name="24 months")).to_have_attribute("aria-current", "true")
    page.get_by_text("Other days, or another language").click()
    page.get_by_role("combobox", name="Language").select_option("de")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Unser Rückblick")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the PDF").click()
    assert saved.value.suggested_filename.startswith("review-pack-")


def test_a_colour_is_seen_before_it_is_saved(signed_in_page):
    page = signed_in_page("owner", "desk")
    page.goto("/workspace/")
    preview = page.locator("[data-preview]")
    with page.expect_response(lambda answer: "preview.svg?colour=%23aa2200" in answer.url) as seen:
        page.get_by_label("Colour").fill("#aa2200")
    assert seen.value.ok
    expect(preview).to_have_attribute("src", "/workspace/brand/preview.svg?colour=%23aa2200")
    axe_check(page)
    fits(page)
