"""Why / why not in the browser: both widths and themes, and what if without leaving the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import LOOKS, axe_check, fits
from tests.heart_world import furnish


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_pages_of_a_verdict(signed_in_page, site, width, theme):
    ids = furnish(site.world)
    page = signed_in_page("leader", width, theme)
    for path in (*(f"/clients/{ids[who]}/verdict/" for who in ("ask", "new")), "/reasons/"):
        page.goto(path)
        axe_check(page)
        fits(page)


def test_what_if_answers_beside_the_question(signed_in_page, site):
    ids = furnish(site.world)
    page = signed_in_page("account_manager", "phone")
    page.goto(f"/clients/{ids['unhappy']}/verdict/")
    page.get_by_label("We made it good with them").check()
    answer = page.locator("#what-if-answer")
    expect(answer).to_contain_text("Gone: Unhappy")
    expect(answer.get_by_role("heading", name="Then")).to_be_visible()
    axe_check(page)
    fits(page)
    assert page.url.endswith("/verdict/")
