"""Reviews by the API: who is due, a planned meeting, one that was held with all it brought."""

from __future__ import annotations

import datetime as dt

import pytest


@pytest.fixture
def ada(api):
    client = api.post("/clients", {"name": "Ada Kettle", "timezone": "Europe/Berlin"}).body
    agreed = api.post("/commitments", {"client_id": client["id"], "title": "The roof"}).body
    api.post(f"/commitments/{agreed['id']}/deliver", {})
    return client["id"]


def ahead(days: int, hour: int = 10) -> dt.datetime:
    day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)


def test_who_is_due_with_reasons_and_a_day(api, ada):
    [found] = api.get("/reviews/due").body["items"]
    assert found["client"] == {"id": ada, "name": "Ada Kettle"}
    assert "happiness_unknown" in [reason["code"] for reason in found["reasons"]]
    assert dt.date.fromisoformat(found["first_good_day"]).weekday() < 5
    assert found["comes_first"] is None
    api.post("/ratings", {"client_id": ada, "score": 1})
    assert api.get("/reviews/due").body["total"] == 0
    [first] = api.get("/reviews/due?state=first").body["items"]
    assert first["comes_first"] == "recover"


def test_a_meeting_is_planned_by_its_time_and_none_overlaps(api, ada):
    other = api.post("/clients", {"name": "Bo"}).body["id"]
    body = {"client_id": ada, "starts_at": ahead(5).isoformat(), "minutes": 90, "kind": "lunch"}
    made = api.post("/reviews/plan", body).body
    assert dt.datetime.fromisoformat(made["starts_at"]) == ahead(5)
    assert dt.datetime.fromisoformat(made["ends_at"]) == ahead(5) + dt.timedelta(minutes=90)
    assert made["kind"] == "lunch"
    later = (ahead(5) + dt.timedelta(hours=1)).isoformat()
    assert api.post("/reviews/plan", {"client_id": other, "starts_at": later}).code == "time_taken"
    assert api.get("/reviews/due").body["total"] == 0
    for wrong in ("tomorrow", "2026-12-03T10:00:00", "9999-12-03T10:00:00+00:00", 7):
        refused = api.post("/reviews/plan", {"client_id": other, "starts_at": wrong})
        assert refused.status == 422, wrong


def test_a_held_meeting_with_needs_names_and_promises(api, ada):
    planned = api.post("/reviews/plan", {"client_id": ada, "on": "2030-03-04"}).body
    body = {
        "client_id": ada,
        "review_id": planned["id"],
        "rating": 9,
        "words": "On the day.",
        "needs": ["a notary"],
        "needs_for_us": ["a second roof"],
        "colleagues": ["Pia Lund"],
        "promises": [{"title": "Send the list", "due_on": "2030-05-06"}],
    }
    held = api.post("/reviews", body)
    assert (held.status, held.body["rating"]) == (201, 9)
    needs = api.get(f"/needs?client_id={ada}").body["items"]
    assert {(need["words"], need["for_us"]) for need in needs} == {
        ("a notary", False),
        ("a second roof", True),
    }
    titles = [c["title"] for c in api.get("/commitments?state=open").body["items"]]
    assert titles == ["Send the list"]
    assert api.post("/reviews", body).code == "review_held_already"


def test_what_was_sent_before_goes_on_being_taken(api, ada):
    """The body of before: rating and words alone."""
    assert api.post("/reviews", {"client_id": ada, "rating": 8, "words": "Fine."}).status == 201
    assert api.get("/reviews?held=true").body["items"][0]["words"] == "Fine."
    assert api.post("/reviews", {"client_id": ada, "needs": [""]}).status == 422
