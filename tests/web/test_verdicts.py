"""Why / why not, what if, and lifting what is ours to lift, as pages."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.heart_world import furnish
from warmhand.apps.asks import services as asks
from warmhand.apps.asks.queries import overrides_of, verdict_of
from warmhand.rulebook import FACTS, NEVER, RULES, Facts, decide
from warmhand.rulebook.policy import Policy
from warmhand.web.fact_words import said
from warmhand.web.suppositions import SUPPOSITIONS, supposed, worth_supposing

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(closed_world):
    return furnish(closed_world)


def test_a_plain_yes_and_a_plain_not_yet(as_member, ids):
    browser = as_member("agent")
    yes = browser.get(f"/clients/{ids['ask']}/verdict/").content.decode()
    assert "</svg>Yes</p>" in yes
    assert "1 of 1 agreed thing came on or before the day." in yes
    no = browser.get(f"/clients/{ids['unhappy']}/verdict/").content.decode()
    assert "</svg>Not yet</p>" in no
    assert "They rated us 2 of 10 and it was not made good." in no
    assert "/reasons/#unhappy" in no
    assert "unhappy" in no


def test_all_reasons_stand_in_the_order_of_the_decision(as_member, ids, inside):
    page = as_member().get(f"/clients/{ids['new']}/verdict/").content.decode()
    with inside():
        codes = verdict_of(ids["new"]).decision.codes
    places = [page.index(f"/reasons/#{code}") for code in codes]
    assert len(codes) > 2
    assert places == sorted(places)


def test_another_workspaces_client_is_no_client(client, closed_world, ids):
    client.force_login(closed_world.outsider)
    for path in ("", "what-if/", "override/"):
        assert client.get(f"/clients/{ids['ask']}/verdict/{path}").status_code in (404, 405)


def test_what_if_shows_the_other_decision_and_writes_nothing(as_member, ids, inside):
    path = f"/clients/{ids['unhappy']}/verdict/what-if/"
    answer = as_member().get(
        path, {"suppose": ["made_good", "rated_9"]}, headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert "Gone: Unhappy, Not happy enough" in page
    assert "New: Making good is fresh" in page
    with inside():
        assert "unhappy" in verdict_of(ids["unhappy"]).decision.codes


def test_what_if_takes_a_fact_by_hand_and_a_setting(as_member, ids):
    path = f"/clients/{ids['ask']}/verdict/what-if/"
    asked = as_member().get(path, {"fact": "days_since_ask_1", "value": 3}).content.decode()
    assert "New: Asked recently" in asked
    nobody = as_member().get(path, {"asks_per_period": "0"}).content.decode()
    assert "New: Ask budget spent" in nobody


@pytest.mark.parametrize("fact", ["consent", "last_score", "tenure", "busy_starts_in"])
@pytest.mark.parametrize("value", [-99_999, -1, 0, 7, 99_999])
def test_what_if_takes_any_number_for_a_fact(as_member, ids, fact, value):
    sent = {"fact": fact, "value": value}
    assert as_member().get(f"/clients/{ids['ask']}/verdict/what-if/", sent).status_code == 200


@pytest.mark.parametrize("wrong", [{"fact": "nonsense", "value": 1}, {"value": "x"}])
def test_what_if_of_nonsense_is_said_and_not_a_fault(as_member, ids, wrong):
    answer = as_member().get(f"/clients/{ids['ask']}/verdict/what-if/", wrong)
    assert answer.status_code == 200
    assert b"exclamation" in answer.content or b"note is-mend" in answer.content


def test_what_is_ours_to_lift_is_lifted_with_a_reason(as_member, ids, inside, closed_world):
    with inside():
        by = closed_world.actor("leader")
        ask = asks.record_ask(by=by, client_id=ids["ask"])
        asks.record_outcome(by=by, ask_id=ask.pk, outcome="will_introduce")
    path = f"/clients/{ids['ask']}/verdict/override/"
    until = closed_world.days_ago(-20).isoformat()
    wanted = {"code": "asked_recently", "until": until, "why": "They told us to."}
    assert as_member("agent").post(path, wanted).status_code == 403
    assert as_member("leader").post(path, wanted | {"why": ""}).status_code == 422
    assert as_member("leader").post(path, wanted | {"code": "no_consent"}).status_code == 422
    assert as_member("leader").post(path, wanted).status_code == 302
    with inside():
        assert [each.reason for each in overrides_of(ids["ask"])] == ["They told us to."]
        assert "asked_recently" not in verdict_of(ids["ask"]).decision.codes
    assert b"They told us to." in as_member().get(f"/clients/{ids['ask']}/verdict/").content


def test_the_reference_tells_every_reason(as_member):
    page = as_member("agent").get("/reasons/").content.decode()
    for code in RULES:
        assert f'id="{code}"' in page


def test_every_supposition_that_is_offered_sets_facts_that_exist():
    facts = Facts(lowest_open_score=2, open_cases=1, unconfirmed_cases=1, thanks_owed=1)
    for each in SUPPOSITIONS:
        assert set(each.change(facts)) <= set(FACTS)
    assert {"made_good", "thanked"} <= {each.name for each in worth_supposing(facts)}
    assert "thanked" not in {each.name for each in worth_supposing(Facts())}


def test_supposing_a_no_closes_the_door():
    facts = Facts(**(Facts().as_dict() | supposed(["refused"], Facts())))
    assert "refused_recently" in decide(facts, Policy(), dt.date(2026, 5, 4)).codes


def test_numbers_are_said_as_people_say_them():
    assert said("days_since_rating", NEVER) == "never"
    assert said("days_since_rating", 1) == "1 day ago"
    assert said("next_due_in", -3) == "3 days ago"
    assert said("next_due_in", NEVER) == "none"
    assert said("consent", 0) == "withdrawn"
    assert said("last_score", -1) == "none"
    assert said("do_not_ask", 1) == "yes"
