"""A key ring in the browser: people added, a list chosen from, and a name held up when earned."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.asks.earned import earn
from tests.e2e.browser import LOOKS, axe_check, fits
from tests.people.test_keys import HEAD
from warmhand.apps.island.scope import touch, workspace_scope
from warmhand.apps.people.models import KeyRingEntry

LIST = (
    "Notes:\n\n" + HEAD + "Ines,Marl,https://www.linkedin.com/in/ines,ines@marl.example,"
    "Marl Roofs,Roof builder,14 Mar 2015\n"
    + "".join(f"Kim,Number{n},,,Any & Co,Associate,2 Mar 2021\n" for n in range(30))
    + "Bad,Day,,,,,32 Mar 2020\n"
)


@pytest.fixture
def ada(site):
    with workspace_scope(site.world.workspace.pk):
        KeyRingEntry.objects.all().delete()
        client = earn(site.world, company=site.world.company())
        touch(client_id=client.pk)
    return client


@pytest.fixture
def file(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    path = tmp_path / "Connections.csv"
    path.write_text(LIST)
    return path


def look(page):
    axe_check(page)
    fits(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_from_their_list_to_a_name_in_the_words(signed_in_page, ada, file, site, width, theme):
    page = signed_in_page("account_manager", width, theme)
    page.goto(f"/clients/{ada.pk}/")
    page.get_by_role("link", name="They gave us their list").click()
    look(page)
    page.get_by_label("Their list").set_input_files(file)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("input[name=theirs]")).to_be_focused()  # the browser wants the tick
    page.get_by_label("gave us this list themselves").check()
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Who comes onto the ring?")).to_be_visible()
    look(page)
    assert page.locator("input[name=chosen]:checked").count() == 0
    page.get_by_text("Left out or not readable, and why").click()
    expect(page.get_by_text("Connected On: “32 Mar 2020” is not a date")).to_be_visible()
    page.get_by_role("searchbox", name="Find by name, company or position").fill("marl")
    expect(page).to_have_url(re.compile("marl"))  # the list is there anew, and its boxes with it
    expect(page.locator("input[name=chosen]")).to_have_count(1)
    page.get_by_label("Ines Marl, Marl Roofs").check()
    page.get_by_role("button", name="Put the ticked ones on the ring").click()
    expect(page.get_by_text("Took 1 person from the list that Ada Kettle gave us.")).to_be_visible()
    page.get_by_role("button", name="Done: forget the rest").click()
    expect(page.get_by_text("Ines Marl", exact=True)).to_be_visible()
    look(page)
    page.goto(f"/clients/{ada.pk}/verdict/")
    expect(page.get_by_text("Might Ines Marl at Marl Roofs be somebody whom")).to_be_visible()
    look(page)
    with workspace_scope(site.world.workspace.pk):
        assert KeyRingEntry.objects.count() == 1


def test_the_box_at_the_head_ticks_all_that_are_shown(signed_in_page, ada, file):
    page = signed_in_page("account_manager")
    page.goto(f"/clients/{ada.pk}/key-ring/list/")
    page.get_by_label("Their list").set_input_files(file)
    page.get_by_label("gave us this list themselves").check()
    page.get_by_role("button", name="Read it").click()
    page.get_by_label("Tick all 25 shown here").check()
    expect(page.locator("input[name=chosen]:checked")).to_have_count(25)
    page.get_by_role("button", name="Put the ticked ones on the ring").click()
    expect(page.get_by_text("Took 25 people")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    page.goto(f"/clients/{ada.pk}/key-ring/")
    expect(page.get_by_text("Nobody on the ring yet")).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_several_are_added_and_one_wants_no_contact(signed_in_page, ada, width, theme):
    page = signed_in_page("account_manager", width, theme)
    page.goto(f"/clients/{ada.pk}/key-ring/")
    look(page)
    page.get_by_label("Name").nth(0).fill("Ines Marl")
    page.get_by_label("How well").nth(0).select_option("4")
    page.get_by_label("Name").nth(1).fill("Bo Li")
    page.get_by_role("button", name="Put them on the ring").click()
    expect(page.get_by_text("2 people are on the ring.")).to_be_visible()
    look(page)
    page.locator("tr", has_text="Ines Marl").locator("summary").click()
    page.get_by_role("link", name="Wants no contact").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_text("wants no contact").first).to_be_visible()
    page.goto(f"/clients/{ada.pk}/verdict/")
    expect(page.get_by_text("1 wanting no contact")).to_be_visible()
