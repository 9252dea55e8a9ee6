"""How is it going? Two clicks on a phone; the list of what is due, by keyboard; a scanner."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import LOOKS, axe_check, fits
from tests.followups.story import make_story
from tests.stopped_clock import time as time
from warmhand.apps.followups import queries, services
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging.models import LinkOutcome
from warmhand.apps.messaging.services import address_of

PHONES = [("phone", "light"), ("phone", "dark"), ("desk", "light")]


def looked_at(page: Page) -> None:
    axe_check(page)
    fits(page)


@pytest.fixture
def story(site, time):
    with workspace_scope(site.world.workspace.pk):
        return make_story(site.world)


@pytest.fixture
def given(site, story):
    with workspace_scope(site.world.workspace.pk):
        return story.sent(10)


def path_for(site, given, side: str) -> str:
    with workspace_scope(site.world.workspace.pk):
        link = services.ask_side(
            by=site.world.by, referral_given_id=given.pk, side=side, provider_knows=True
        )
        return address_of(link, "/p/follow-up/{token}/")


def answer_of(site, given, side: str) -> FollowUp:
    with workspace_scope(site.world.workspace.pk):
        return FollowUp.objects.get(referral=given, side=side)


@pytest.mark.parametrize(("width", "theme"), PHONES)
def test_two_clicks(open_page, site, given, time, width, theme):
    page = open_page(width, theme)
    page.goto(path_for(site, given, "client"))
    assert page.locator("input:checked").count() == 0
    looked_at(page)
    time.passes(seconds=4)
    page.get_by_role("radio", name="Yes, and I am happy with it").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Correct my answer").click()
    page.get_by_role("radio", name="Yes, but I am not happy").check()
    page.get_by_text("More, if you like").click()
    page.get_by_label("A few words").fill("They never came.")
    looked_at(page)
    time.passes(seconds=4)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("will call you to put it right")).to_be_visible()
    looked_at(page)
    row = answer_of(site, given, "client")
    assert (row.business, row.happy, row.words) == ("yes", False, "They never came.")
    assert page.context.cookies() == []


def test_by_keyboard_alone(open_page, site, given, time):
    page = open_page("desk")
    page.goto(path_for(site, given, "client"))
    page.keyboard.press("Tab")  # the way past what stands above
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=how]:checked")).to_have_value("unhappy")
    page.keyboard.press("Tab")  # may we tell them
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send")).to_be_focused()
    time.passes(seconds=4)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_a_scanner_that_runs_scripts_and_presses_everything_decides_nothing(
    open_page, site, given, time
):
    with workspace_scope(site.world.workspace.pk):
        before = LinkOutcome.objects.count()
    page = open_page("desk")
    path = path_for(site, given, "client")
    for wait in (0, 10):
        page.goto(path)
        time.passes(seconds=wait)
        with page.expect_navigation():
            page.evaluate("for (const form of document.forms) form.submit()")
        expect(page.get_by_role("button", name="Send")).to_be_visible()
    with workspace_scope(site.world.workspace.pk):
        assert LinkOutcome.objects.count() == before
    time.passes(seconds=4)
    page.goto(path)
    page.get_by_role("radio", name="Not yet").check()
    time.passes(seconds=4)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_member_notes_what_both_say_and_the_line_of_confidence_changes(
    signed_in_page, site, story, given, width, theme
):
    page = signed_in_page("account_manager", width, theme)
    page.goto("/follow-ups/?q=marl")
    expect(page.get_by_role("row").first).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Note what Ada Kettle says").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="They do business").check()
    dialog.get_by_role("radio", name="Happy", exact=True).check()
    looked_at(page)
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("They do business, happy", exact=True)).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("They do business, happy", exact=True)).to_have_count(0)
    with workspace_scope(site.world.workspace.pk):
        assert queries.outcomes_of_providers([story.provider.pk])[story.provider.pk].happy == 0
        story.says(given, "client", business="yes", happy=True)
        assert queries.outcomes_of_providers([story.provider.pk])[story.provider.pk].happy == 1
