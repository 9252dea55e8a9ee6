"""The agent's console in the browser: from the name to the noted end of an ask, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import LOOKS, axe_check, fits
from tests.heart_world import earned, furnish
from warmhand.apps.asks import services as asks
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.work.models import Case


def solved_case(world, name: str) -> int:
    """A client of one's own for a test that writes: a case solved, not yet confirmed."""
    with workspace_scope(world.workspace.pk):
        client = earned(world, name, world.company(f"{name} & Co"))
        Case.objects.create(
            client=client,
            title="The parcel was lost",
            opened_on=world.days_ago(4),
            resolved_on=world.days_ago(0),
        )
        return client.pk


def looked_at(page: Page) -> None:
    axe_check(page)
    fits(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_whole_way_to_a_name(signed_in_page, site, width, theme):
    furnish(site.world)
    solved_case(site.world, f"Runa {width}")
    page = signed_in_page("agent", width, theme)
    page.goto("/console/")
    looked_at(page)
    page.get_by_role("searchbox", name="Find the client").fill("quay")
    expect(page.locator("#found")).to_contain_text("Dana Weiss")
    looked_at(page)
    page.get_by_role("searchbox", name="Find the client").fill(f"runa {width}")
    page.get_by_role("link", name=f"Runa {width}").click()
    expect(page.get_by_role("heading", name="Ask them first: is it solved?")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("heading", name="Yes, ask now")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="show me the words").click()
    expect(page.locator(".say")).to_contain_text("whom we might be able to help")
    assert page.get_by_label("They confirmed that all is resolved").is_checked()
    looked_at(page)
    page.get_by_role("radio", name="They gave a name").check()
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_text("Whose name did they give?")).to_be_visible()
    looked_at(page)
    page.get_by_label("Whose name?").fill("Zoe")
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_role("status")).to_contain_text("Thanks are owed to them")


def test_a_no_reopens_and_asks_for_nothing(signed_in_page, site):
    client_id = solved_case(site.world, "Sune")
    page = signed_in_page("agent", "phone")
    page.goto(f"/console/{client_id}/")
    page.get_by_role("button", name="No").click()
    expect(page.get_by_role("status")).to_contain_text("Good that you asked first.")
    expect(page.get_by_text("reopened 1 time")).to_be_visible()
    expect(page.get_by_role("button", name="show me the words")).to_have_count(0)


def test_who_comes_second_sees_who_asked(signed_in_page, site):
    with workspace_scope(site.world.workspace.pk):
        client = earned(site.world, "Tove", site.world.company("Tove & Co"))
    page = signed_in_page("agent", "phone", "dark")
    page.goto(f"/console/{client.pk}/")
    with workspace_scope(site.world.workspace.pk):
        asks.record_ask(by=site.world.actor("leader"), client_id=client.pk)
    page.get_by_role("button", name="show me the words").click()
    expect(page.get_by_role("alert").first).to_contain_text("Leader Colleague asked Tove")
    looked_at(page)


def test_by_keyboard_alone(signed_in_page, site):
    furnish(site.world)
    page = signed_in_page("agent")
    page.goto("/console/")
    page.keyboard.type("bruno")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/*/")
    expect(page.get_by_role("heading", name="Not yet")).to_be_visible()
    expect(page.get_by_text("Instead: make it good")).to_be_visible()
