"""The rule settings as a page: shown whole, tried out, saved with a reason, restored."""

from __future__ import annotations

import pytest

from tests.heart_world import furnish
from warmhand.apps.policies import queries
from warmhand.rulebook import SETTINGS
from warmhand.web.policy_forms import GROUPS

pytestmark = pytest.mark.django_db


def sent(**changes):
    """The form as a browser sends it: every setting, ticked boxes only."""
    values = {name: info.default for name, info in SETTINGS.items()}
    values |= {"base": 0, "why": "Our clients want more rest."} | changes
    return {name: value for name, value in values.items() if value is not False}


def test_every_setting_stands_in_one_group():
    placed = [name for names in GROUPS.values() for name in names]
    assert sorted(placed) == sorted(SETTINGS)


def test_each_setting_is_shown_with_what_it_rests_on(as_member):
    page = as_member("agent").get("/policy/").content.decode()
    for info in SETTINGS.values():
        assert info.title in page
        assert info.name in page
    assert "Leaders and owners change these" in page
    assert "Save a new version" not in page


def test_a_preview_counts_the_moves_that_would_change_and_writes_nothing(
    as_member, closed_world, inside
):
    furnish(closed_world)
    answer = as_member().post(
        "/policy/preview/", sent(happy_at_least=10, why=""), headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert "of 9</strong> clients would get another move" in page
    assert "Happy from: 8 → 10" in page
    assert "Ask for a referral" in page
    with inside():
        assert queries.current().number == 0


def test_a_preview_of_a_value_out_of_range_names_the_field(as_member):
    page = as_member().post("/policy/preview/", sent(rest_days=3)).content.decode()
    assert "Rest between asks: Ensure this value is greater than or equal to 30." in page


def test_saving_wants_a_reason_and_makes_a_version(as_member, inside):
    browser = as_member("leader")
    refused = browser.post("/policy/save/", sent(rest_days=120, why=""))
    assert refused.status_code == 422
    assert browser.post("/policy/save/", sent(rest_days=120)).url == "/policy/"
    with inside():
        assert queries.current().number == 1
        assert queries.current().policy.rest_days == 120
    page = browser.get("/policy/").content.decode()
    assert "Rest between asks: 90 → 120" in page
    assert "Our clients want more rest." in page


def test_settings_that_contradict_each_other_are_said_in_the_form(as_member):
    """Each value is in its range; together they would call a client happy and unhappy."""
    answer = as_member().post("/policy/save/", sent(unhappy_at_most=6, happy_at_least=7))
    assert answer.status_code == 302
    stale = as_member().post("/policy/save/", sent(rest_days=120))
    assert stale.status_code == 409
    assert b"Version 1 was saved meanwhile." in stale.content


def test_restoring_makes_a_new_version_with_the_old_values(as_member, inside):
    browser = as_member()
    browser.post("/policy/save/", sent(rest_days=120))
    browser.post("/policy/save/", sent(rest_days=200, base=1))
    browser.post("/policy/versions/1/restore/", {"why": "Too much rest."})
    with inside():
        known = queries.current()
        assert (known.number, known.policy.rest_days) == (3, 120)
    assert browser.post("/policy/versions/9/restore/", {"why": "x"}).status_code == 404


def test_who_may_not_change_the_policy_is_refused(as_member):
    for role in ("agent", "account_manager"):
        browser = as_member(role)
        assert browser.post("/policy/save/", sent(rest_days=120)).status_code == 403
        assert browser.post("/policy/preview/", sent()).status_code == 403
        assert browser.post("/policy/versions/0/restore/", {"why": "x"}).status_code == 403
