"""The agent's console as pages: find, confirm, ask once, note how it ended."""

from __future__ import annotations

import pytest

from tests.heart_world import furnish
from warmhand.apps.asks import services as asks
from warmhand.apps.asks.models import Ask
from warmhand.apps.asks.queries import open_ask_of
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.apps.work.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(closed_world):
    return furnish(closed_world)


def text(answer):
    return answer.content.decode()


def case_of(client_id):
    return Case.objects.get(client_id=client_id)


@pytest.mark.parametrize(
    "words", ["Chidi", "okafor", "chidi@quay", "030 1234 5678", "+49 30 12345678"]
)
def test_one_match_is_opened_at_once(as_member, ids, words):
    answer = as_member("agent").get("/console/", {"q": words})
    assert answer.url == f"/console/{ids['solved']}/"


def test_a_company_finds_its_people_and_nobody_is_said(as_member, ids):
    browser = as_member("agent")
    found = text(browser.get("/console/", {"q": "quayside"}))
    assert "Chidi Okafor" in found
    assert "Dana Weiss" in found
    assert "Nobody by that name" in text(browser.get("/console/", {"q": "zzz"}))
    part = text(browser.get("/console/", {"q": "quayside"}, headers={"HX-Request": "true"}))
    assert "<html" not in part


def test_first_the_client_is_asked_whether_it_is_solved(as_member, ids, inside):
    page = text(as_member("agent").get(f"/console/{ids['solved']}/"))
    assert "Ask them first: is it solved?" in page
    assert "Yes, ask now" not in page
    with inside():
        path = f"/console/cases/{case_of(ids['solved']).pk}/says/"
    assert as_member("agent").post(path, {"says": "perhaps"}).status_code == 422


def test_a_no_reopens_the_case_and_ends_the_ask(as_member, ids, inside):
    browser = as_member("agent")
    with inside():
        case = case_of(ids["solved"])
    browser.post(f"/console/cases/{case.pk}/says/", {"says": "reopened"})
    page = text(browser.get(f"/console/{ids['solved']}/"))
    assert "Good that you asked first." in page
    with inside():
        case.refresh_from_db()
        assert (case.state, case.reopened_times) == ("open", 1)


def test_a_yes_leads_to_the_words_and_to_one_of_three_ends(as_member, ids, inside):
    browser = as_member("agent")
    client_id = ids["solved"]
    with inside():
        case = case_of(client_id)
    after = browser.post(f"/console/cases/{case.pk}/says/", {"says": "confirmed"}).url
    assert after == f"/console/{client_id}/?case={case.pk}"
    assert "Yes, ask now" in text(browser.get(after))
    browser.post(f"/console/{client_id}/ask/", {"case": case.pk, "kind": "ask"})
    page = text(browser.get(after))
    assert "whom we might be able to help" in page
    assert "Invoices went to the old address" in page
    with inside():
        ask = open_ask_of(client_id)
        assert ask.case_id == case.pk
    path = f"/console/asks/{ask.pk}/answer/"
    assert browser.post(path, {"outcome": "name"}).status_code == 422
    ticks = {"resolved_confirmed": "on", "help_offered": "on"}
    sent = {"outcome": "name", "new_person": "Zoe", **ticks}
    assert browser.post(path, sent).url == "/console/"
    with inside():
        ask.refresh_from_db()
        told = (ask.resolved_confirmed, ask.trust_confirmed, ask.help_offered)
        assert (ask.outcome, *told) == ("name", True, False, True)
        assert ReferralReceived.objects.get(ask=ask).new_person == "Zoe"


@pytest.mark.parametrize("said", [["ask.other.email.formal"], ["ask.other.email.formal", "own"]])
def test_an_ask_keeps_how_it_was_said_in_the_end(as_member, ids, inside, said):
    """First the words that are shown first; with the answer those chosen since, or one's own."""
    browser = as_member("agent")
    browser.post(f"/console/{ids['ask']}/ask/", {"kind": "ask"})
    with inside():
        ask = open_ask_of(ids["ask"])
        assert (ask.channel, ask.formality) == ("spoken", "neutral")
        assert ask.variant == f"ask.{ask.moment}.spoken.neutral"
    assert f'form="outcome-form" name="variant" value="{ask.variant}"' in text(
        browser.get(f"/console/{ids['ask']}/")
    )
    way = {"channel": "email", "formality": "formal", "variant": said}
    browser.post(f"/console/asks/{ask.pk}/answer/", {"outcome": "no", **way})
    with inside():
        ask.refresh_from_db()
        assert (ask.outcome, ask.channel, ask.formality) == ("no", "email", "formal")
        assert ask.variant == said[-1]


def test_not_right_says_what_to_do_instead_and_why(as_member, ids):
    page = text(as_member("agent").get(f"/console/{ids['unhappy']}/"))
    assert "Not yet" in page
    assert "They rated us 2 of 10 and it was not made good." in page
    assert "make it good" in page
    assert f"/clients/{ids['unhappy']}/verdict/" in page


def test_who_comes_second_is_told_who_asked_and_when(as_member, ids, inside, closed_world):
    with inside():
        asks.record_ask(by=closed_world.actor("leader"), client_id=ids["ask"])
    second = as_member("agent").post(f"/console/{ids['ask']}/ask/", {"kind": "ask"})
    assert second.status_code == 409
    assert "Leader Colleague asked" in text(second)
    assert "Don&#x27;t ask again" in text(second) or "Don't ask again" in text(second)
    with inside():
        assert Ask.objects.filter(client_id=ids["ask"]).count() == 1


@pytest.mark.parametrize(("stands", "state"), [("resolved", "resolved"), ("open", "open")])
def test_a_new_case_in_a_few_words(as_member, ids, inside, stands, state):
    path = f"/console/{ids['ask']}/case/"
    browser = as_member("agent")
    assert browser.post(path, {"title": "", "stands": stands}).status_code == 422
    assert browser.post(path, {"title": "A wrong bill", "stands": stands}).status_code == 302
    with inside():
        assert case_of(ids["ask"]).state == state


def test_another_workspaces_people_are_not_found(client, closed_world, ids):
    client.force_login(closed_world.outsider)
    assert client.get(f"/console/{ids['ask']}/").status_code == 404
    assert "Nobody by that name" in text(client.get("/console/", {"q": "Kettle"}))


def test_what_was_solved_lately_waits_on_the_first_page(as_member, ids):
    page = text(as_member("agent").get("/console/"))
    assert "Solved lately, and not confirmed by them" in page
    assert "Invoices went to the old address" in page
    assert "Login loops" not in page


@pytest.mark.parametrize("case", ["9" * 30, "-1", "x", "1"])
def test_a_case_that_is_not_theirs_is_left_out_of_the_ask(as_member, ids, inside, case):
    sent = {"kind": "ask", "case": case}
    assert as_member("agent").post(f"/console/{ids['ask']}/ask/", sent).status_code == 302
    with inside():
        assert open_ask_of(ids["ask"]).case_id is None
