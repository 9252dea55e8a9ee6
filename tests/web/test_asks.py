"""The pages around an ask: six ends, the steps inside a company, rewards, what works."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.heart_world import earned, furnish
from warmhand.apps.asks import plans
from warmhand.apps.asks import services as asks
from warmhand.apps.asks.models import Ask, CoworkerTask
from warmhand.apps.asks.queries import open_ask_of
from warmhand.apps.giving.models import Need
from warmhand.apps.gratitude.models import Reward
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.offers.models import Offer, OfferPass
from warmhand.apps.policies import services as policies
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.apps.work.models import BusyTime, Rating

pytestmark = pytest.mark.django_db
DISCLOSED = {"what": "A dinner", "party": "giver", "given_as": "in_kind", "disclosure": "We thank."}


@pytest.fixture
def ids(closed_world):
    return furnish(closed_world)


def text(answer):
    return answer.content.decode()


def make_ask(world, kind: str = "ask", name: str = "Rosa Moss") -> Ask:
    with workspace_scope(world.workspace.pk):
        client = earned(world, name, world.company(f"{name} & Co"))
        by = world.actor("account_manager")
        return asks.record_ask(by=by, client_id=client.pk, kind=kind, words="More of it?")


def rewards_on(world) -> None:
    with workspace_scope(world.workspace.pk):
        policies.save_policy(by=world.by, values={"rewards": "cash"}, why="Counsel agreed.")


# ---- the console's six ends ------------------------------------------------------------------


def ends(world) -> dict[str, tuple[dict, dict, str]]:
    """For each end: what is missing something, what is complete, what is said."""
    with workspace_scope(world.workspace.pk):
        offer = Offer.objects.create(title="A free check")
        closed = Offer.objects.create(title="A seat", active=False)
    day, past = world.days_ago(-20).isoformat(), world.days_ago(0).isoformat()
    return {
        "name": ({}, {"new_person": "Zoe"}, "Thanks are owed"),
        "will_introduce": ({"follow_up_on": past}, {"follow_up_on": day}, "Thank them already"),
        "passed_on": ({"offer_id": closed.pk}, {"offer_id": offer.pk}, "theirs to pass on"),
        "later": ({}, {"later_on": day}, "left in peace until then"),
        "no": ({"new_person": "x" * 201}, {}, "Their no is kept"),
        "not_asked": ({}, {"why": "They hung up."}, "the chance is not spent"),
    }


@pytest.mark.parametrize("outcome", [each for each in Ask.Outcome.values if each])
def test_each_end_asks_for_what_it_needs(as_member, ids, closed_world, inside, outcome):
    missing, complete, said = ends(closed_world)[outcome]
    with inside():
        ask = asks.record_ask(by=closed_world.actor("agent"), client_id=ids["ask"])
    browser, path = as_member("agent"), f"/console/asks/{ask.pk}/answer/"
    refused = browser.post(path, {"outcome": outcome, **missing})
    assert refused.status_code == 422
    assert "is-mend" in text(refused) or 'class="error"' in text(refused)
    with inside():
        assert open_ask_of(ids["ask"]).pk == ask.pk
    told = browser.post(path, {"outcome": outcome, "help_offered": "on", **complete}, follow=True)
    assert said in text(told)
    with inside():
        ask.refresh_from_db()
        assert (ask.outcome, ask.help_offered, ask.trust_confirmed) == (outcome, True, False)
        assert OfferPass.objects.count() == (outcome == "passed_on")
        assert (ask.outcome_words == "They hung up.") is (outcome == "not_asked")


def test_nothing_chosen_is_told(as_member, ids, closed_world, inside):
    with inside():
        ask = asks.record_ask(by=closed_world.actor("agent"), client_id=ids["ask"])
    told = as_member("agent").post(f"/console/asks/{ask.pk}/answer/", {})
    assert told.status_code == 422
    assert "Choose how it ended." in text(told)


@pytest.mark.parametrize("outcome", ["will_introduce", "passed_on", "not_asked"])
def test_today_takes_the_same_ends(as_member, closed_world, inside, outcome):
    ask = make_ask(closed_world)
    complete = ends(closed_world)[outcome][1]
    path = f"/asks/{ask.pk}/answer/"
    assert "They took something to pass on" in text(as_member("account_manager").get(path))
    as_member("account_manager").post(path, {"outcome": outcome, **complete})
    with inside():
        ask.refresh_from_db()
        assert ask.outcome == outcome


# ---- more business and a co-worker, by the doors of the pages --------------------------------


def do(browser, client_id, kind, **values):
    path = f"/clients/{client_id}/moves/{kind}/do/"
    said = {"channel": "spoken", "outcome": "", "meeting": "lunch"}
    return browser.post(path, {**said, **values})


@pytest.mark.parametrize("kind", ["ask_more", "ask_coworker"])
@pytest.mark.parametrize("door", ["today", "console"])
def test_no_kind_without_the_three(as_member, ids, inside, door, kind):
    browser, client_id = as_member("account_manager"), ids["ask"]
    with inside():
        Need.objects.create(client_id=client_id, words="x", noted_on="2026-01-01", for_us=True)
        Rating.objects.filter(client_id=client_id).update(score=5)

    def go():
        if door == "today":
            return do(browser, client_id, kind)
        return browser.post(f"/console/{client_id}/ask/", {"kind": kind})

    assert go().status_code in (409, 422)
    with inside():
        assert not Ask.objects.exists()
        Rating.objects.filter(client_id=client_id).update(score=9)
    assert go().status_code == 302
    with inside():
        assert Ask.objects.get().kind == kind


def test_more_business_says_what_it_is_about(as_member, ids, inside):
    browser = as_member("account_manager")
    refused = do(browser, ids["ask"], "ask_more")
    assert refused.status_code == 422
    assert "no need that we could serve" in text(refused)
    assert do(browser, ids["ask"], "ask_more", for_what="A second branch").status_code == 302
    with inside():
        assert Ask.objects.get().words == "A second branch"


def test_an_ask_for_a_coworker_is_planned_in_one_go(as_member, ids, inside, closed_world):
    browser = as_member("account_manager")
    with inside():
        starts, ends_on = closed_world.days_ago(-10), closed_world.days_ago(-14)
        company_id = closed_world.workspace and _client(ids["ask"]).company_id
        BusyTime.objects.create(company_id=company_id, starts_on=starts, ends_on=ends_on)
    told = {"champion": "Ines", "department": "Purchasing", "meeting": "call"}
    refused = do(browser, ids["ask"], "ask_coworker", meeting_on=starts.isoformat(), **told)
    assert refused.status_code == 422
    assert "busy time" in text(refused)
    with inside():
        assert not Ask.objects.exists()  # the whole act is off
    free = closed_world.days_ago(-15)
    do(browser, ids["ask"], "ask_coworker", meeting_on=free.isoformat(), **told)
    with inside():
        plan = plans.plans(client_id=ids["ask"]).get()
        assert (plan.champion, plan.department, plan.meeting) == ("Ines", "Purchasing", "call")
        assert plan.meeting_on == free


def _client(client_id):
    from warmhand.apps.people.models import Client

    return Client.objects.get(pk=client_id)


def test_due_steps_and_promises_stand_in_today_and_go(as_member, closed_world, inside):
    ask = make_ask(closed_world, "ask_coworker")
    with inside():
        asks.record_outcome(by=closed_world.by, ask_id=ask.pk, outcome="will_introduce")
        today = closed_world.days_ago(0)
        Ask.objects.update(follow_up_on=today)
        task = CoworkerTask.objects.get(step="brief")
        CoworkerTask.objects.filter(pk=task.pk).update(due_on=today, what="Brief Rosa over tea")
    browser = as_member("account_manager")
    page = text(browser.get("/today/"))
    assert "Brief Rosa over tea" in page
    assert "said they would introduce us" in page
    assert "Brief Rosa over tea" not in text(as_member("agent").get("/today/"))
    browser = as_member("account_manager")
    browser.post(f"/coworker-tasks/{task.pk}/done/", {"next": "/today/"})
    follow = f"/asks/{ask.pk}/follow-up/"
    assert browser.post(follow, {"stands": "introduced"}).status_code == 422
    assert browser.post(follow, {"stands": "another_day"}).status_code == 422
    browser.post(follow, {"stands": "introduced", "new_person": "Zoe"})
    page = text(browser.get("/today/"))
    assert "Brief Rosa over tea" not in page.replace("Done: Brief Rosa over tea", "")
    assert "said they would introduce us" not in page
    with inside():
        referral = ReferralReceived.objects.get()
        assert (referral.new_person, referral.kind) == ("Zoe", "ask_coworker")


def test_the_page_of_an_ask_tells_all_of_it(as_member, closed_world, ids):
    ask = make_ask(closed_world, "ask_coworker")
    page = text(as_member().get(f"/asks/{ask.pk}/"))
    for told in ("Introduction inside the company", "Speaks for us inside", "Write the note",
                 "waiting for the outcome", "No reward goes with an introduction"):  # fmt: skip
        assert told in page
    assert "Promise" not in page
    client = text(as_member().get(f"/clients/{ask.client_id}/"))
    assert "Introduction inside the company" in client


def test_the_page_of_an_ask_tells_its_wording_in_words(as_member, closed_world, inside):
    ask = make_ask(closed_world)
    with inside():
        Ask.objects.filter(pk=ask.pk).update(variant="ask.case.email.formal")
    page = text(as_member().get(f"/asks/{ask.pk}/"))
    assert "after a case was solved, e-mail, formal" in page
    assert "ask.case" not in page


# ---- rewards by the form ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["ask", "ask_coworker", "ask_more"])
def test_a_reward_by_the_form(as_member, closed_world, inside, kind):
    rewards_on(closed_world)
    ask = make_ask(closed_world, kind)
    browser, path = as_member("account_manager"), f"/records/ask/{ask.pk}/reward/"
    shown = f"/records/ask/{ask.pk}/reward/" in text(browser.get(f"/asks/{ask.pk}/"))
    told = browser.post(path, {**DISCLOSED, "on": closed_world.days_ago(0).isoformat()})
    if kind == "ask":
        assert (shown, told.status_code, told.url) == (True, 302, f"/asks/{ask.pk}/")
        assert "A dinner" in text(browser.get(f"/asks/{ask.pk}/"))
        return
    assert (shown, told.status_code) == (False, 422)
    assert "P20" in text(told) or "outside the client" in text(told)
    with inside():
        assert not Reward.objects.exists()


def test_without_an_owners_choice_the_form_is_refused(as_member, closed_world):
    ask = make_ask(closed_world)
    told = as_member("account_manager").post(
        f"/records/ask/{ask.pk}/reward/", {**DISCLOSED, "on": closed_world.days_ago(0).isoformat()}
    )
    assert told.status_code == 422
    assert "No rewards: that is what this workspace" in text(told)


@pytest.mark.parametrize(
    ("amount", "currency", "minor", "said"),
    [("25", "eur", 2500, "€25.00"), ("25.50", "EUR", 2550, "€25.50"), ("900", "JPY", 900, "¥900")],
)
def test_money_is_kept_in_its_smallest_unit(
    as_member, closed_world, inside, amount, currency, minor, said
):
    rewards_on(closed_world)
    ask = make_ask(closed_world)
    sent = {**DISCLOSED, "given_as": "cash", "amount": amount, "currency": currency}
    sent["on"] = closed_world.days_ago(0).isoformat()
    browser = as_member("account_manager")
    assert browser.post(f"/records/ask/{ask.pk}/reward/", sent).status_code == 302
    with inside():
        assert Reward.objects.get().amount == minor
    assert said in text(browser.get(f"/asks/{ask.pk}/"))


def test_no_unit_is_smaller_than_the_smallest(as_member, closed_world):
    rewards_on(closed_world)
    ask = make_ask(closed_world)
    sent = {**DISCLOSED, "given_as": "cash", "amount": "9.5", "currency": "JPY"}
    sent["on"] = closed_world.days_ago(0).isoformat()
    told = as_member("account_manager").post(f"/records/ask/{ask.pk}/reward/", sent)
    assert told.status_code == 422
    assert "no unit as small" in text(told)


def test_the_kind_of_a_rewarded_ask_by_the_form(as_member, closed_world, inside):
    rewards_on(closed_world)
    ask = make_ask(closed_world)
    browser, path = as_member("account_manager"), f"/records/ask/{ask.pk}/kind/"
    browser.post(
        f"/records/ask/{ask.pk}/reward/", {**DISCLOSED, "on": closed_world.days_ago(0).isoformat()}
    )
    told = browser.post(path, {"kind": "ask_coworker"})
    assert told.status_code == 422
    assert "Withdraw the reward first" in text(told)
    with inside():
        reward = Reward.objects.get()
    browser.post(f"/records/reward/{reward.pk}/withdraw/", {"why": "They are colleagues."})
    assert browser.post(path, {"kind": "ask_coworker"}).status_code == 302


# ---- what works ------------------------------------------------------------------------------


def test_nothing_to_learn_from_teaches(as_member):
    page = text(as_member("agent").get("/what-works/"))
    assert "Nothing to learn from yet" in page
    assert "No asks here" in text(as_member("agent").get("/what-works/", {"period": "90"}))


def test_shares_stand_with_their_cases(as_member, closed_world, inside):
    with inside():
        client = earned(closed_world, "Rosa", closed_world.company("Moss"))
        for number in range(12):
            on = closed_world.days_ago(30 + number)
            Ask.objects.create(
                client=client, asked_on=on, asked_at=f"{on}T12:00Z", outcome_on=on,
                outcome="name" if number < 3 else "no",
                variant="case-neutral" if number < 9 else "own",
            )  # fmt: skip
    page = text(as_member("agent").get("/what-works/"))
    for told in ("25 %", "3 of 12", "9 and 53 %", "too few to say", "case-neutral", "3 of 9",
                 "Stop and find out why", "In their own words"):  # fmt: skip
        assert told in page, told
    assert "Stop and find out why" not in text(as_member().get("/what-works/?period=90&team=North"))


def test_the_page_takes_the_same_statements_however_many_asks(as_member, closed_world, inside):
    browser = as_member()
    browser.get("/what-works/")

    def statements():
        with CaptureQueriesContext(connection) as found:
            browser.get("/what-works/")
        return len(found)

    none = statements()
    with inside():
        client = earned(closed_world, "Rosa", closed_world.company("Moss"))
        for number in range(30):
            on = closed_world.days_ago(number + 1)
            Ask.objects.create(client=client, asked_on=on, asked_at=f"{on}T12:00Z", outcome="no",
                               outcome_on=on, variant=f"v{number}")  # fmt: skip
    assert statements() == none
