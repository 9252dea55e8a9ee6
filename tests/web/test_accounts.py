"""Members, invitations, keys, the workspace and one's own profile, as pages."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail

from tests.world import PASSWORD
from warmhand.apps.accounts import days, queries
from warmhand.apps.accounts import services as accounts
from warmhand.apps.journal import queries as journal
from warmhand.problems import Invalid

pytestmark = pytest.mark.django_db


def test_an_invitation_makes_a_member_who_can_sign_in(
    as_member, closed_world, inside, django_capture_on_commit_callbacks
):
    browser = as_member("owner")
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/members/invite/", {"email": "New@warmhand.example", "role": "agent"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    browser.logout()
    assert b"Join Harbour Advisers" in browser.get(link[1]).content
    answer = browser.post(link[1], {"name": "Nia New", "password": PASSWORD})
    assert answer.url == "/accounts/login/"
    signed_in = {"login": "new@warmhand.example", "password": PASSWORD}
    assert browser.post("/accounts/login/?next=/profile/", signed_in).url == "/profile/"
    assert b"Nia New" in browser.get("/profile/").content
    again = browser.get(link[1])
    assert again.status_code == 404
    assert b"was used, withdrawn, or has expired" in again.content


def test_a_colleague_on_record_who_is_invited_stays_the_same_one(
    as_member, closed_world, inside, django_capture_on_commit_callbacks
):
    with inside():
        nancy = accounts.add_member(by=closed_world.by, name="Nancy Davolio", role="agent")
    browser = as_member("owner")
    assert b"Nancy Davolio" in browser.get("/members/invite/").content
    invited = {"email": "nancy@warmhand.example", "role": "account_manager", "member_id": nancy.pk}
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/members/invite/", invited)
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    browser.logout()
    browser.post(link[1], {"name": "Nancy", "password": PASSWORD})
    with inside():
        joined = queries.members().get(user__email="nancy@warmhand.example")
        assert (joined.pk, joined.name, joined.role) == (
            nancy.pk,
            "Nancy Davolio",
            "account_manager",
        )
        assert not queries.members_to_invite().exists()


def test_an_invitation_withdrawn_is_worth_nothing_until_that_is_undone(as_member, inside):
    browser = as_member("owner")
    browser.post("/members/invite/", {"email": "new@warmhand.example", "role": "agent"})
    with inside():
        made = queries.open_invitations().get()
    browser.post(f"/members/invitations/{made.pk}/withdraw/")
    with inside():
        assert not queries.open_invitations().exists()
    page = browser.get("/members/").content.decode()
    undo = re.search(r'action="(/journal/\d+/undo/)"', page)
    browser.post(undo[1])
    with inside():
        assert queries.open_invitations().get() == made


def test_inviting_a_member_again_says_so_on_the_form(as_member):
    answer = as_member("owner").post(
        "/members/invite/", {"email": "agent@warmhand.example", "role": "agent"}
    )
    assert answer.status_code == 422
    assert b"is a member already" in answer.content


def test_the_last_owner_stays_one(as_member, closed_world):
    pk = closed_world.members["owner"].pk
    browser = as_member("owner")
    answer = browser.post(f"/members/{pk}/", {"name": "Olga", "role": "agent", "team": ""})
    assert answer.status_code == 422
    assert b"keeps at least one owner" in answer.content
    assert browser.post(f"/members/{pk}/leave/").status_code == 409


def test_only_an_owner_sees_how_to_change_members(as_member):
    assert b"/members/invite/" not in as_member("leader").get("/members/").content
    assert b"/members/invite/" in as_member("owner").get("/members/").content


def test_a_member_who_left_is_out_at_once(as_member, closed_world, client):
    pk = closed_world.members["agent"].pk
    as_member("owner").post(f"/members/{pk}/leave/")
    browser = as_member("agent")
    assert browser.get("/members/").url == "/workspaces/"


def test_the_secret_of_a_key_is_shown_once(as_member):
    browser = as_member("owner")
    wanted = {"name": "Phone system", "scopes": ["read", "moments"]}
    first = browser.post("/workspace/keys/", wanted).content.decode()
    secret = re.search(r"wh_[\w-]{20,}", first)
    assert secret
    again = browser.get("/workspace/keys/").content.decode()
    assert secret[0] not in again
    assert secret[0][:8] in again
    assert queries.api_key(secret[0]).name == "Phone system"


def test_a_key_revoked_opens_nothing(as_member, inside):
    browser = as_member("owner")
    page = browser.post("/workspace/keys/", {"name": "Old", "scopes": ["read"]}).content.decode()
    secret = re.search(r"wh_[\w-]{20,}", page)[0]
    browser.post(f"/workspace/keys/{queries.api_key(secret).id}/revoke/")
    assert queries.api_key(secret) is None


def test_a_key_without_a_scope_is_refused_on_the_form(as_member):
    answer = as_member("owner").post("/workspace/keys/", {"name": "Nothing"})
    assert answer.status_code == 422
    assert b"This field is required" in answer.content


def test_the_workspace_gets_another_name_and_zone(as_member, closed_world):
    browser = as_member("owner")
    values = {"name": "Harbour & Co", "timezone_name": "America/Lima", "language": "en"}
    assert browser.post("/workspace/", values).url == "/workspace/"
    closed_world.workspace.refresh_from_db()
    assert closed_world.workspace.name == "Harbour & Co"
    assert closed_world.workspace.timezone == "America/Lima"


def test_ones_own_name_and_theme(as_member):
    browser = as_member("agent")
    browser.post("/profile/", {"name": "Ann Agent", "theme": "dark"})
    page = browser.get("/profile/").content.decode()
    assert 'data-theme="dark"' in page
    assert "Ann Agent" in page


def test_the_role_cannot_be_raised_through_the_profile(as_member, inside):
    as_member("agent").post("/profile/", {"name": "Ann", "theme": "auto", "role": "owner"})
    with inside():
        assert queries.members().get(name="Ann").role == "agent"


def _invite(browser) -> str:
    """Invite somebody; the address that undoes it."""
    browser.post("/members/invite/", {"email": "new@warmhand.example", "role": "agent"})
    page = browser.get("/journal/").content.decode()
    return re.search(r'action="(/journal/\d+/undo/)"', page)[1]


def test_the_journal_tells_what_was_done_and_undoes_it_once(as_member, inside):
    browser = as_member("owner")
    undo = _invite(browser)
    assert "Invited new@warmhand.example." in browser.get("/journal/").content.decode()
    assert browser.post(undo, {"next": "/journal/"}).url == "/journal/"
    with inside():
        assert not queries.open_invitations().exists()
    assert browser.post(undo).status_code == 409


def test_an_undo_takes_the_ability_to_do(as_member, inside):
    undo = _invite(as_member("owner"))
    assert as_member("leader").post(undo).status_code == 403
    with inside():
        assert queries.open_invitations().exists()


def test_a_role_is_changed_again_never_undone(as_member, closed_world, inside):
    browser = as_member("owner")
    pk = closed_world.members["agent"].pk
    browser.post(f"/members/{pk}/", {"name": "Renamed", "role": "leader", "team": ""})
    page = browser.get("/journal/").content.decode()
    assert "Changed the colleague Renamed." in page
    assert "/undo/" not in page
    with inside():
        newest = journal.entries().first()
    assert browser.post(f"/journal/{newest.pk}/undo/").status_code == 422


def test_an_undo_leads_to_none_but_our_own_pages(as_member):
    browser = as_member("owner")
    answer = browser.post(_invite(browser), {"next": "https://evil.example/"})
    assert answer.url == "/journal/"


def test_who_was_signed_out_comes_back_to_the_page_they_were_on(client, closed_world):
    sent = client.post(
        "/ledger/networks/new/", headers={"referer": "http://testserver/ledger/networks/?q=1#x"}
    )
    assert sent.headers["Location"] == "/accounts/login/?next=/ledger/networks/%3Fq%3D1"
    for elsewhere in ("", "https://evil.example/ledger/", "//evil.example/"):
        sent = client.post("/ledger/networks/new/", headers={"referer": elsewhere})
        assert sent.headers["Location"] == "/accounts/login/?next=/"
    looked = client.get("/ledger/?q=1")
    assert looked.headers["Location"] == "/accounts/login/?next=/ledger/%3Fq%3D1"


def test_a_role_that_may_not_is_told_what_in_words(as_member):
    said = as_member("agent").get("/alliances/trade/").content.decode()
    assert "Your role doesn&#x27;t let you change the policy." in said
    assert "Leader, Owner" in said


def test_a_day_that_cannot_be_is_said_as_people_say_days(inside):
    with inside():
        today = days.today()
        for refuse, on in ((days.happened, today + dt.timedelta(days=1)), (days.ahead, today)):
            with pytest.raises(Invalid) as refused:
                refuse("on", on)
            assert f"{today.day} {today:%B %Y}" in refused.value.sentence
