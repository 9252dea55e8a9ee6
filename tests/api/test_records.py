"""Records by the API: made, changed, listed; each route ends at the service it names."""

from __future__ import annotations

import datetime as dt

import pytest

from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.journal.queries import entries


@pytest.fixture
def ada(api):
    company = api.post("/companies", {"name": "Kettle & Sons", "country": "DE"}).body
    body = {"name": "Ada Kettle", "company_id": company["id"], "email": "Ada@Kettle.Example"}
    return api.post("/clients", body).body


def test_a_client_is_added_changed_and_found(api, ada):
    assert ada["contact_points"][0]["value"] == "ada@kettle.example"
    path = f"/clients/{ada['id']}"
    changed = api.patch(path, {"job_title": "Owner"}).body
    assert (changed["job_title"], changed["name"]) == ("Owner", "Ada Kettle")
    api.post(f"{path}/contact-points", {"kind": "phone", "value": "030 901820"})
    assert api.get("/clients?search=901820").body["items"][0]["id"] == ada["id"]
    assert api.get(f"/clients?company_id={ada['company']['id']}").body["total"] == 1
    assert api.get("/clients?do_not_ask=true").body["total"] == 0
    assert api.patch(path, {"company_id": None}).body["company"] is None


def test_pages_are_cut_and_counted(api):
    for name in ("Ada", "Bo", "Cy"):
        api.post("/clients", {"name": name})
    page = api.get("/clients?per_page=2&page=2").body
    assert ([c["name"] for c in page["items"]], page["total"], page["pages"]) == (["Cy"], 3, 2)
    assert api.get("/clients?per_page=2&page=9").body["items"] == []
    assert api.get("/clients?sort=-name").body["items"][0]["name"] == "Cy"


def test_wishes_are_kept_as_said(api, ada):
    path = f"/clients/{ada['id']}"
    api.post(f"{path}/consents", {"given": True, "words": "Sure, ask me."})
    api.post(f"{path}/consents", {"given": False, "words": "Please stop."})
    said = api.get(f"{path}/consents").body["items"]
    assert [(c["given"], c["words"]) for c in said] == [
        (False, "Please stop."),
        (True, "Sure, ask me."),
    ]
    assert api.post(f"{path}/do-not-ask", {"why": "They said so."}).body["do_not_ask"] is True
    codes = [r["code"] for r in api.get(f"{path}/verdict").body["reasons"]]
    assert {"do_not_ask", "no_consent"} <= set(codes)
    assert api.post(f"{path}/do-not-ask/lift", {}).fields == ["why"]
    lifted = api.post(f"{path}/do-not-ask/lift", {"why": "She rang us."})
    assert lifted.body["do_not_ask"] is False


def test_a_commitment_is_agreed_delivered_and_rated(api, ada):
    body = {"client_id": ada["id"], "title": "The roof", "kind": "project", "value": "1200.50"}
    made = api.post("/commitments", body | {"currency": "EUR"}).body
    assert made["value"] == "1200.50"
    path = f"/commitments/{made['id']}"
    delivery = {"evidence_kind": "figure", "evidence": "2 days early"}
    assert api.post(f"{path}/deliver", delivery).body["delivered_on"]
    assert api.post(f"{path}/deliver", delivery).code == "delivered_already"
    rating = api.post(f"{path}/rate", {"score": 9, "words": "Lovely"}).body
    assert (rating["source"], rating["commitment_id"]) == ("commitment", made["id"])
    assert api.get("/commitments?state=delivered").body["total"] == 1
    assert api.patch(path, {"value": 3}).body["value"] == "3.00"


def test_a_commitment_of_a_company_has_nobody_to_rate_it(api, ada):
    body = {"company_id": ada["company"]["id"], "title": "The roof"}
    made = api.post("/commitments", body).body
    found = api.post(f"/commitments/{made['id']}/rate", {"score": 9})
    assert (found.status, found.fields) == (422, ["client_id"])


def test_a_case_goes_its_way(api, ada):
    body = {"client_id": ada["id"], "title": "Leak", "source": "desk", "source_ref": "77"}
    path = f"/cases/{api.post('/cases', body).body['id']}"
    states = [api.post(f"{path}/{step}").body["state"] for step in ("resolve", "confirm", "reopen")]
    assert states == ["resolved", "confirmed", "open"]
    assert api.get("/cases?state=open").body["items"][0]["reopened_times"] == 1


def test_an_unhappy_rating_asks_for_recovery(api, ada):
    rating = api.post("/ratings", {"client_id": ada["id"], "score": 1}).body
    assert api.get(f"/clients/{ada['id']}/verdict").body["move"] == "recover"
    assert api.get("/ratings?at_most=4&not_made_good=true").body["total"] == 1
    api.post(f"/ratings/{rating['id']}/recover", {"why": "We rang and mended it."})
    assert api.get("/ratings?at_most=4&not_made_good=true").body["total"] == 0
    assert api.post("/ratings", {"client_id": ada["id"], "score": 11}).fields == ["score"]


def test_four_answers_are_kept_apart(api, ada):
    body = {"client_id": ada["id"], "satisfied": 9, "would_recommend": 9, "would_introduce": 4}
    found = api.post("/surveys", body).body
    assert (found["would_introduce"], found["would_be_reference"]) == (4, None)
    assert api.get("/ratings").body["items"][0]["survey_id"] == found["id"]
    assert api.get("/surveys?answered=true").body["total"] == 1


def test_reviews_favours_needs_and_offers(api, ada, closed_world):
    mine = {"client_id": ada["id"]}
    assert api.post("/reviews", mine | {"rating": 8}).body["held_on"]
    favour = api.post("/favours/promises", mine | {"what": "Find a notary"}).body
    assert api.post(f"/favours/{favour['id']}/done", {"minutes": 20}).body["minutes"] == 20
    api.post("/favours", mine | {"what": "Sent an article", "kind": "personal"})
    assert api.get("/favours?state=done").body["total"] == 2
    need = api.post("/needs", mine | {"words": "A good roofer"}).body
    given = api.post("/referrals-given", mine | {"provider": "Top Roofs", "need_id": need["id"]})
    assert given.body["need_id"] == need["id"]
    assert api.post(f"/needs/{need['id']}/meet").body["met_on"]


def test_a_referral_owes_thanks_twice(api, ada):
    made = api.post("/referrals", {"client_id": ada["id"], "new_person": "Bo"}).body
    assert [t["occasion"] for t in made["thank_yous"]] == ["receipt"]
    api.post(f"/referrals/{made['id']}/outcome", {"outcome": "lost"})
    owed = api.get("/thank-yous?state=owed").body["items"]
    assert {t["occasion"] for t in owed} == {"receipt", "outcome"}
    path = f"/thank-yous/{owed[0]['id']}/give"
    assert api.post(path, {"how": "A card"}).body["given_on"]
    assert api.post(path).code == "thanked_already"


def test_a_busy_time_is_noted(api, ada, closed_world):
    path = f"/companies/{ada['company']['id']}/busy-times"
    start = closed_world.today() + dt.timedelta(days=3)
    body = {"starts_on": start.isoformat(), "ends_on": start.isoformat(), "label": "Fair"}
    assert api.post(path, body).body["label"] == "Fair"
    assert api.get(path).body["total"] == 1


def test_every_write_is_in_the_journal_under_the_name_of_the_key(api, ada, closed_world):
    found = api.get(f"/journal?client_id={ada['id']}").body["items"]
    assert {(e["by_name"], e["via"]) for e in found} == {("Test program", "api")}
    with workspace_scope(closed_world.workspace.pk):
        owner = closed_world.members["owner"].pk
        assert entries().filter(via="api").exclude(by_member_id=owner).count() == 0


def test_settings_and_their_effect(api, ada):
    known = api.get("/policy").body
    assert known["version"] == 0
    assert {s["name"] for s in known["settings"]} >= {"rest_days", "happy_at_least"}
    effect = api.post("/policy/effect", {"values": {"cultivation_days": 30}}).body
    assert effect["clients"] == 1
    found = api.post("/policy/effect", {"values": {"rest_days": 1, "nonsense": 1}})
    assert (found.status, sorted(found.fields)) == (422, ["nonsense", "rest_days"])


def test_what_if_changes_the_answer_and_nothing_else(api, ada):
    path = f"/clients/{ada['id']}"
    before = api.get(f"{path}/verdict").body
    found = api.post(f"{path}/what-if", {"facts": {"do_not_ask": 1}, "policy": {"rest_days": 30}})
    assert "do_not_ask" in found.body["new"]
    assert api.get(f"{path}/verdict").body == before
    assert api.post(f"{path}/what-if", {"facts": {"nonsense": 1}}).status == 422
    assert api.post(f"{path}/what-if", {"facts": {"do_not_ask": "1"}}).status == 422


def test_today_lists_moves_best_first(api, ada):
    api.post("/ratings", {"client_id": ada["id"], "score": 1})
    other = api.post("/clients", {"name": "Bo"}).body
    found = api.get("/today").body
    assert [(i["client"]["id"], i["move"]) for i in found["items"]] == [
        (ada["id"], "recover"),
        (other["id"], "favour"),
    ]
    assert api.get("/today?move=recover").body["total"] == 1
    assert api.get("/today?code=unhappy").body["total"] == 1
    assert api.get("/today?move=nonsense").fields == ["query.move"]
