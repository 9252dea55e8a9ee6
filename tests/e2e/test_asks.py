"""An ask to its end in the browser: six ends in the console, a co-worker's steps, what works."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import LOOKS, axe_check, fits
from tests.heart_world import earned
from warmhand.apps.asks import plans
from warmhand.apps.asks import services as asks
from warmhand.apps.asks.models import Ask, CoworkerTask
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.offers.models import Offer
from warmhand.apps.people.models import KeyRingEntry
from warmhand.apps.policies import services as policies

OFFER = "A free check of the back-ups"
ENDS = {
    "They gave a name": ("name", "Whose name?", "Zoe Quist"),
    "They will introduce us": ("will_introduce", "Ask how it stands on", "day"),
    "They took something to pass on": ("passed_on", "Which offer?", OFFER),
    "Later": ("later", "Come back to it on", "day"),
    "No": ("no", "", ""),
    "It was not asked after all": ("not_asked", "Why was it not asked?", "They hung up."),
}


def looked_at(page: Page) -> None:
    axe_check(page)
    fits(page)


def waiting(site, name: str, kind: str = "ask") -> Ask:
    with workspace_scope(site.world.workspace.pk):
        if not Offer.objects.filter(title=OFFER).exists():
            Offer.objects.create(title=OFFER)
        client = earned(site.world, name, site.world.company(f"{name} & Co"))
        return asks.record_ask(by=site.world.actor("agent"), client_id=client.pk, kind=kind)


@pytest.mark.parametrize("label", ENDS)
def test_each_end_in_three_touches(signed_in_page, site, label):
    """Choose, fill in what it needs and nothing else, put it on record: by touch, on a phone."""
    outcome, field, value = ENDS[label]
    ask = waiting(site, f"Vera {outcome}")
    page = signed_in_page("agent", "phone")
    page.goto(f"/console/{ask.client_id}/")
    page.get_by_role("radio", name=label, exact=False).first.check()
    needs = {needed for _, needed, _ in ENDS.values() if needed}
    for other in needs:
        expect(page.get_by_label(other, exact=False)).to_be_visible(visible=other == field)
    if field:
        said = site.world.days_ago(-30).isoformat() if value == "day" else value
        box = page.get_by_label(field, exact=False)
        box.select_option(label=said) if label.startswith("They took") else box.fill(said)
    page.get_by_role("checkbox", name="We offered our help").check()
    looked_at(page)
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_role("status")).to_be_visible()
    with workspace_scope(site.world.workspace.pk):
        ask.refresh_from_db()
        assert (ask.outcome, ask.help_offered, ask.trust_confirmed) == (outcome, True, False)


def test_by_keyboard_alone(signed_in_page, site):
    ask = waiting(site, "Wim")
    page = signed_in_page("agent")
    page.goto(f"/console/{ask.client_id}/")
    page.get_by_role("radio", name="They gave a name").focus()
    page.keyboard.press("Space")
    page.get_by_label("Whose name?").focus()
    page.keyboard.type("Zoe Quist")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Thanks are owed")


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_an_introduction_inside_the_company_step_by_step(signed_in_page, site, width, theme):
    world, name = site.world, f"Ylva {width}"
    with workspace_scope(world.workspace.pk):
        client = earned(world, name, world.company(f"{name} & Co"))
        for friend in ("Ines Prado", "Ola Berg"):
            KeyRingEntry.objects.create(client=client, name=friend, inside=True, closeness=4)
    page = signed_in_page("account_manager", width, theme)
    page.goto(f"/clients/{client.pk}/moves/ask_coworker/do/?next=/clients/{client.pk}/")
    looked_at(page)
    meeting = world.days_ago(-7)
    page.get_by_label("Who speaks for us inside?").fill("Ines Prado")
    page.get_by_label("Which department?").fill("Purchasing")
    page.get_by_label("On which day?").fill(meeting.isoformat())
    page.get_by_role("radio", name="They will introduce us").check()
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_role("status")).to_contain_text("The ask and its answer are on record.")
    page.goto("/today/")
    line = page.get_by_role("listitem").filter(has_text="Brief Ines Prado")
    expect(line.filter(has_text=name)).to_be_visible()
    looked_at(page)
    line.filter(has_text=name).get_by_role("button", name="Done").click()
    expect(line.filter(has_text=name)).to_have_count(0)
    with workspace_scope(world.workspace.pk):
        plan = plans.plans(client_id=client.pk).get()
        assert (plan.champion, plan.meeting_on) == ("Ines Prado", meeting)
        assert CoworkerTask.objects.get(plan=plan, step="brief").done_on == world.today()
    page.goto(f"/asks/{plan.ask_id}/")
    expect(page.get_by_text("No reward goes with an introduction")).to_be_visible()
    looked_at(page)


def test_a_reward_is_promised_in_the_dialog(signed_in_page, site):
    ask = waiting(site, "Sigrid")
    with workspace_scope(site.world.workspace.pk):
        policies.save_policy(by=site.world.by, values={"rewards": "cash"}, why="Counsel agreed.")
    page = signed_in_page("account_manager", "phone", "dark")
    page.goto(f"/asks/{ask.pk}/")
    page.get_by_role("link", name="Promise a reward").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is promised?").fill("A dinner for two")
    dialog.get_by_role("radio", name="Money").check()
    dialog.get_by_label("What is it worth?").fill("25.50")
    dialog.get_by_label("Currency").fill("eur")
    looked_at(page)
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("€25.50")).to_be_visible()
    looked_at(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_what_works_on_each_width(signed_in_page, site, width, theme):
    with workspace_scope(site.world.workspace.pk):
        client = earned(site.world, f"Xenia {width}", site.world.company("Xenia & Co"))
        for number in range(14):
            on = site.world.days_ago(40 + number)
            Ask.objects.create(
                client=client, asked_on=on, outcome_on=on, variant="case-neutral",
                asked_at=dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC),
                outcome="name" if number % 3 else "no",
            )  # fmt: skip
    page = signed_in_page("leader", width, theme)
    page.goto("/what-works/")
    expect(page.get_by_role("heading", name="Kind of ask")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="case-neutral").first).to_be_visible()
    looked_at(page)
    page.get_by_label("Asked in").select_option(label="Ever")
    expect(page).to_have_url(re.compile("period=all"))
    looked_at(page)
