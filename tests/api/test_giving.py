"""Favours and needs by the API: by whom, never with a price; urgency, and whether we may tell."""

from __future__ import annotations

from typing import get_args

import pytest

from warmhand.api.giving import PartDone
from warmhand.matching.quality import DONE


@pytest.fixture
def ada(api):
    return api.post("/clients", {"name": "Ada Kettle"}).body


@pytest.mark.parametrize("field", ["price", "hourly_rate", "invoice", "discount_percent"])
@pytest.mark.parametrize("path", ["/favours", "/favours/promises"])
def test_a_field_that_would_be_a_price_is_refused_by_its_name(api, ada, path, field):
    refused = api.post(path, {"client_id": ada["id"], "what": "A lift", field: 10})
    assert refused.status == 422
    assert refused.body["error"]["code"] == "favour_has_price"
    assert "commitment" in refused.body["error"]["lift"]
    assert [place["field"] for place in refused.body["error"]["places"]] == [field]
    other = api.post(path, {"client_id": ada["id"], "what": "A lift", "colour": "red"})
    assert other.body["error"]["code"] == "invalid_input"


def test_words_that_charge_are_refused_and_other_numbers_are_not(api, ada):
    mine = {"client_id": ada["id"]}
    refused = api.post("/favours", mine | {"what": "Advice, we charged 50 euros"})
    assert (refused.status, refused.body["error"]["code"]) == (422, "favour_has_price")
    assert api.post("/favours", mine | {"what": "Found her a flat at 900 a month"}).status == 201


def test_a_favour_by_another_of_us_and_what_came_of_it(api, ada, closed_world):
    agent = closed_world.members["agent"]
    body = {"client_id": ada["id"], "what": "A lift", "member_id": agent.pk, "minutes": 20}
    made = api.post("/favours", body).body
    assert made["member"]["id"] == agent.pk
    told = api.patch(f"/favours/{made['id']}", {"outcome": "She caught the train."}).body
    assert (told["outcome"], told["minutes"]) == ("She caught the train.", 20)
    assert api.get(f"/favours?member_id={agent.pk}").body["total"] == 1
    assert api.get("/favours?state=without_outcome").body["total"] == 0


def test_coverage_is_told_by_segment(api, ada):
    api.post("/clients", {"name": "Otto Holm"})
    api.post("/favours", {"client_id": ada["id"], "what": "A lift"})
    found = api.get("/favours/coverage").body
    assert (found["period"], found["overall"]["percent"]) == (90, 50)
    assert [(it["clients"], it["covered"]) for it in found["by"]["sector"]] == [(2, 1)]
    assert len(found["trend"]) == 6
    assert api.get("/favours/coverage?search=otto").body["overall"]["covered"] == 0


def test_a_need_with_urgency_and_what_they_said_to_passing_it_on(api, ada):
    body = {"client_id": ada["id"], "words": "A mover", "urgency": "now", "category": "484210"}
    made = api.post("/needs", body).body
    assert (made["may_pass_on"], made["asked_on"]) == (None, None)
    said = api.post(f"/needs/{made['id']}/passing-on", {"may_pass_on": True, "why": "Sure"}).body
    assert said["may_pass_on"] is True
    assert said["asked_on"]
    for query in ("urgency=now", "consent=allowed", "category=4842", "sort=waiting"):
        assert api.get(f"/needs?{query}").body["total"] == 1
    assert api.get("/needs?consent=not_asked").body["total"] == 0
    assert api.patch(f"/needs/{made['id']}", {"urgency": "some_day"}).body["urgency"] == "some_day"


def test_a_referral_given_answers_how_good_it_was_and_what_would_raise_it(api, ada):
    words = {"why_confident": "They moved two of our clients.", "done": ["consent"]}
    asked = api.post("/referrals-given/quality", words)
    assert (asked.status, asked.body["score"], asked.body["level"]) == (200, 45, "thin")
    assert api.get("/referrals-given").body["total"] == 0
    body = words | {"client_id": ada["id"], "provider": "Swift Movers"}
    made = api.post("/referrals-given", body).body
    assert made["quality"] == asked.body
    raised = [each["part"] for each in made["quality"]["would_raise_it"]]
    assert raised == ["direct_contact", "expected_call", "connected", "need_words", "context"]
    better = body | {"need_words": "A mover for the second of June"}
    assert api.post("/referrals-given", better).body["quality"]["score"] == 55
    [newest, first] = api.get("/referrals-given").body["items"]
    assert (newest["quality"]["score"], first["quality"]["score"]) == (55, 45)
    assert api.post("/referrals-given", body | {"done": ["why_confident"]}).status == 422


def test_what_may_be_told_as_done_is_what_the_matching_declares():
    assert get_args(PartDone) == tuple(part.code for part in DONE)


def test_a_category_that_no_scheme_has_is_refused_at_its_field(api, ada):
    body = {"client_id": ada["id"], "words": "A mover", "category": "999999"}
    new = {"words": "A mover", "category": "999999", "asker": "Ruth"}
    for path, sent in (("/needs", body), ("/enquiries", body), ("/enquiries", new)):
        refused = api.post(path, sent)
        assert refused.status == 422
        assert [place["field"] for place in refused.body["error"]["places"]] == ["category"]


def test_a_need_told_for_somebody_else_bears_its_mark(api, ada):
    body = {"client_id": ada["id"], "words": "A lawyer for my sister", "for_other": True}
    made = api.post("/needs", body).body
    assert made["for_other"] is True
    reached = api.post("/needs", body | {"words": "A lawyer: ring 030 5505512"})
    assert reached.body["error"]["code"] == "third_person_contact"
    assert api.patch(f"/needs/{made['id']}", {"for_other": False}).body["for_other"] is False
    enquiry = {"client_id": ada["id"], "words": "A tutor for my son", "for_other": True}
    assert api.post("/enquiries", enquiry).status == 201
    assert api.get("/needs?search=tutor").body["items"][0]["for_other"] is True
    nobody = api.post("/enquiries", {"words": "A tutor", "for_other": True})
    assert [place["field"] for place in nobody.body["error"]["places"]] == ["for_other"]


def test_a_favour_names_the_need_of_theirs_that_it_serves(api, ada):
    need = api.post("/needs", {"client_id": ada["id"], "words": "A mover"}).body
    mine = {"client_id": ada["id"], "what": "Asked two movers", "need_id": need["id"]}
    for path in ("/favours", "/favours/promises"):
        assert api.post(path, mine).body["need_id"] == need["id"]
    other = api.post("/clients", {"name": "Otto Holm"}).body
    refused = api.post("/favours", mine | {"client_id": other["id"]})
    assert [place["field"] for place in refused.body["error"]["places"]] == ["need_id"]


def test_an_introduction_for_somebody_they_know_says_whose_the_need_is(api, ada):
    need = api.post("/needs", {"client_id": ada["id"], "words": "A mover"}).body
    mover = api.post("/providers", {"name": "Swift Movers"}).body
    body = {
        "client_id": ada["id"], "provider_ids": [mover["id"]], "need_words": "A mover",
        "need_id": need["id"], "relation": "her sister",
    }  # fmt: skip
    refused = api.post("/introductions", body)
    assert refused.body["error"]["code"] == "whose_need"
    assert api.post("/introductions", body | {"need_for_other": True}).status == 201
    assert api.get("/needs").body["items"][0]["for_other"] is True
