"""Clients' pages in the browser: on a phone, by keyboard, looked at by axe, and by a scanner."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import LOOKS, axe_check, fits
from tests.public_visitor import invited, questioned
from tests.stopped_clock import time as time
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging.models import LinkOutcome
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Survey


@pytest.fixture
def path(site, time, request) -> str:
    with workspace_scope(site.world.workspace.pk):
        client = site.world.client(request.node.name[:100])
    return invited(site.world, client)


@pytest.fixture
def case_path(site, time) -> str:
    with workspace_scope(site.world.workspace.pk):
        client = site.world.client("Ada Kettle")
        case = work.open_case(by=site.world.by, client_id=client.pk, title="The parcel was lost")
        work.resolve_case(by=site.world.by, case_id=case.pk)
    return questioned(site.world, case)


def looked_at(page: Page) -> None:
    axe_check(page)
    fits(page)


def outcomes(site) -> int:
    with workspace_scope(site.world.workspace.pk):
        return LinkOutcome.objects.count()


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_role("radio", name=answer).check()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_four_questions_answered_and_corrected(open_page, site, path, time, width, theme):
    page = open_page(width, theme)
    page.goto(path)
    expect(page.get_by_role("group")).to_have_count(4)
    assert page.locator("input:checked").count() == 0
    looked_at(page)
    choose(page, "How satisfied", "9")
    choose(page, "say good things", "10, surely")
    choose(page, "introduce us", "No answer")
    page.get_by_label("In your own words").fill("Quick and kind.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("quicker than anybody reads")
    looked_at(page)
    time.passes(seconds=4)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(page.get_by_text("Quick and kind.")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Correct my answers").click()
    expect(page.locator("input:checked")).to_have_count(2)
    choose(page, "introduce us", "7")
    time.passes(seconds=4)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    with workspace_scope(site.world.workspace.pk):
        survey = Survey.objects.order_by("-pk").first()
    assert survey.answers == (9, 10, None, 7)
    assert page.context.cookies() == []


def test_by_keyboard_alone(open_page, site, path, time):
    page = open_page("desk")
    page.goto(path)
    page.keyboard.press("Tab")  # the way past what stands above
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    checked = page.locator("input[name=satisfied]:checked")
    expect(checked).to_have_value("2")
    for _ in range(5):
        page.keyboard.press("Tab")  # past three questions and the words
    expect(page.get_by_role("button", name="Send")).to_be_focused()
    time.passes(seconds=4)
    page.keyboard.press("Enter")
    expect(page.get_by_text("will call you to put it right")).to_be_visible()
    looked_at(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_is_it_really_solved(open_page, site, case_path, time, width, theme):
    page = open_page(width, theme)
    page.goto(case_path)
    expect(page.get_by_text("The parcel was lost")).to_be_visible()
    looked_at(page)
    time.passes(seconds=4)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Please choose one")
    page.get_by_role("radio", name="Not yet").check()
    page.get_by_label("A few words").fill("The box was empty.")
    looked_at(page)
    time.passes(seconds=4)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("We have opened it again.")).to_be_visible()
    looked_at(page)


def test_a_scanner_that_runs_scripts_and_presses_everything_decides_nothing(
    open_page, site, path, case_path, time
):
    """It opens the page, follows every link, submits every form as it is; also after a wait."""
    before = outcomes(site)
    page = open_page("desk")
    for where in (path, case_path):
        for wait in (0, 10):
            page.goto(where)
            time.passes(seconds=wait)
            for link in [each.get_attribute("href") for each in page.get_by_role("link").all()]:
                page.goto(where + (link or "") if (link or "").startswith("?") else where)
            with page.expect_navigation():
                page.evaluate("for (const form of document.forms) form.submit()")
            expect(page.get_by_role("button", name="Send")).to_be_visible()
    assert outcomes(site) == before
    time.passes(seconds=4)
    page.goto(path)
    choose(page, "How satisfied", "8")
    time.passes(seconds=4)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert outcomes(site) == before + 1


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_member_copies_the_link(signed_in_page, site, time, width, theme):
    with workspace_scope(site.world.workspace.pk):
        client = site.world.client(f"Runa {width}")
    page = signed_in_page("agent", width, theme)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/clients/{client.pk}/")
    page.get_by_text("Record", exact=True).click()
    page.get_by_role("link", name="Ask four questions").click()
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", name="Four questions", exact=True)).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("The link").input_value()
    page.goto(copied)
    expect(page.get_by_role("heading", name="Four short questions")).to_be_visible()
