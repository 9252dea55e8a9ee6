"""Asks by the API: ends, plans, follow-ups, kinds, rewards, acceptance."""

from __future__ import annotations

import pytest

from tests.asks.test_kinds import WITHOUT, ready
from warmhand.apps.asks import plans
from warmhand.apps.asks.models import Ask
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.offers.models import Offer
from warmhand.apps.policies import services as policies

pytestmark = pytest.mark.django_db
DINNER = {"what": "A dinner for two", "disclosure": "We thank with a dinner."}


@pytest.fixture
def here(closed_world):
    """What runs in the first workspace."""

    def run(act, *args):
        with workspace_scope(closed_world.workspace.pk):
            return act(closed_world, *args)

    return run


def rewards_on(world) -> None:
    policies.save_policy(by=world.by, values={"rewards": "cash"}, why="Counsel agreed.")


def ask_by(api, client, kind="ask"):
    answer = api.post("/asks", {"client_id": client.pk, "kind": kind})
    assert answer.status == 201, answer.body
    return answer.body["id"]


@pytest.mark.parametrize("kind", ["ask", "ask_coworker", "ask_more"])
def test_no_kind_without_the_three(api, here, kind):
    client = here(ready)
    for without in WITHOUT:
        other = here(lambda world, act=without: spoiled(world, act))
        answer = api.post("/asks", {"client_id": other.pk, "kind": kind})
        assert (answer.status, answer.body["error"]["code"]) == (409, "not_earned")
    ask_by(api, client, kind)


def spoiled(world, without):
    client = ready(world, f"Bo {without.__name__}")
    without(client)
    return client


@pytest.mark.parametrize("kind", ["ask", "ask_coworker", "ask_more"])
def test_a_reward_by_the_api(api, here, kind):
    ask_id = ask_by(api, here(ready), kind)
    off = api.post(f"/asks/{ask_id}/rewards", DINNER)
    here(rewards_on)
    on = api.post(f"/asks/{ask_id}/rewards", DINNER)
    if kind == "ask":
        assert off.body["error"]["code"] == "reward_not_allowed"
        assert (on.status, on.body["state"]) == (201, "promised")
        return
    code = "no_reward_for_coworkers" if kind == "ask_coworker" else "no_reward_for_more_business"
    assert [each.body["error"]["code"] for each in (off, on)] == [code, code]
    assert api.get("/rewards").body["total"] == 0


def test_a_reward_to_its_end(api, here):
    here(rewards_on)
    ask_id = ask_by(api, here(ready))
    cash = {**DINNER, "form": "cash", "amount": 2500, "currency": "EUR"}
    first = api.post(f"/asks/{ask_id}/rewards", cash).body
    assert (first["amount"], first["currency"], first["pack"]) == (2500, "EUR", "us-ftc-255")
    assert api.post(f"/asks/{ask_id}/rewards", {"what": "x"}).status == 422  # not disclosed
    changed = api.post(f"/asks/{ask_id}/kind", {"kind": "ask_coworker"})
    assert changed.body["error"]["code"] == "no_reward_for_coworkers"
    assert api.post(f"/rewards/{first['id']}/withdraw", {"why": "Inside."}).status == 200
    assert api.post(f"/asks/{ask_id}/kind", {"kind": "ask_coworker"}).body["kind"] == "ask_coworker"
    assert api.get("/rewards?state=withdrawn").body["total"] == 1


def test_a_colleague_of_theirs(api, here):
    here(rewards_on)
    ask_id = ask_by(api, here(ready))
    api.post(f"/asks/{ask_id}/outcome", {"outcome": "name", "new_person": "Zoe"})
    (referral,) = api.get("/referrals").body["items"]
    assert referral["kind"] == "ask"
    reward = api.post(f"/asks/{ask_id}/rewards", {**DINNER, "referral_id": referral["id"]}).body
    found = api.post(f"/referrals/{referral['id']}/inside", {"why": "The badge."})
    assert found.body["error"]["code"] == "no_reward_for_coworkers"
    api.post(f"/rewards/{reward['id']}/withdraw", {"why": "Colleagues."})
    found = api.post(f"/referrals/{referral['id']}/inside", {"why": "The badge."})
    assert found.body["kind"] == api.get(f"/asks/{ask_id}").body["kind"] == "ask_coworker"


def test_the_ends_with_what_they_need(api, here):
    ask_id = ask_by(api, here(ready))
    offer = here(lambda world: Offer.objects.create(title="A free check"))
    for body, field in (
        ({"outcome": "later"}, "later_on"),
        ({"outcome": "passed_on"}, "offer_id"),
        ({"outcome": "not_asked"}, "words"),
        ({"outcome": "name"}, "new_person"),
    ):
        refused = api.post(f"/asks/{ask_id}/outcome", body)
        assert (refused.status, refused.body["error"]["places"][0]["field"]) == (422, field)
    ended = api.post(f"/asks/{ask_id}/outcome", {"outcome": "passed_on", "offer_id": offer.pk})
    assert (ended.status, ended.body["offer_id"]) == (200, offer.pk)
    share = api.get("/acceptance").body
    assert (share["overall"]["accepted"], share["overall"]["cases"]) == (1, 1)
    assert share["overall"]["enough"] is False
    assert [each["value"] for each in share["by"]["kind"]] == ["ask"]


def test_a_promise_and_its_follow_up(api, here, closed_world):
    ask_id = ask_by(api, here(ready))
    day = closed_world.days_ago(-9).isoformat()
    body = {"outcome": "will_introduce", "follow_up_on": day, "help_offered": True}
    assert api.post(f"/asks/{ask_id}/outcome", body).body["follow_up_on"] == day
    assert api.post(f"/asks/{ask_id}/follow-up", {"on": None}).body["follow_up_on"] is None


def test_the_plan_of_a_coworker(api, here, closed_world):
    ask_id = ask_by(api, here(ready), "ask_coworker")
    (plan,) = api.get(f"/coworker-plans?ask_id={ask_id}").body["items"]
    day = closed_world.days_ago(-12).isoformat()
    change = {"champion": "Ines", "department": "Purchasing", "meeting_on": day}
    changed = api.patch(f"/coworker-plans/{plan['id']}", change).body
    assert (changed["champion"], changed["meeting_on"]) == ("Ines", day)
    task = next(each for each in changed["tasks"] if each["step"] == "brief")
    assert "Brief Ines" in task["what"]
    done = api.post(f"/coworker-tasks/{task['id']}/done", {})
    assert done.body["done_on"] == closed_world.days_ago(0).isoformat()
    assert here(lambda world: plans.tasks_due(world.members["account_manager"].pk)) == []
    assert here(lambda world: Ask.objects.get().kind) == "ask_coworker"
