"""The pages of giving: by role, without colleagues' figures, with targets and a table."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest

from tests.insight.test_giving import gave
from warmhand.apps.alliances.services import say_our_trade
from warmhand.apps.giving.models import Favour
from warmhand.apps.insight.models import GivingTarget


@pytest.fixture
def given(closed_world, inside):
    world = closed_world
    with inside():
        say_our_trade(by=world.by, sector="general", why="We looked")
        world.members["leader"].name = "=Leader"
        world.members["leader"].save()
        gave(world, "leader", business="yes", happy=True)
        gave(world, "leader", business="yes", happy=True)
        for role in ("owner", "agent", "account_manager", "leader"):
            Favour.objects.create(
                client=world.client(),
                what="A favour",
                member=world.members[role],
                done_on=world.days_ago(100),
            )
    return world


@pytest.mark.parametrize("role", ["agent", "account_manager"])
def test_nobody_but_those_who_lead_sees_a_colleague(given, as_member, role):
    page = as_member(role).get("/giving/")
    text = page.content.decode()
    assert page.status_code == 200
    for other in ("owner", "leader", "account_manager", "agent"):
        if other != role:
            assert text.count(given.members[other].name) == 0, other
    for address in ("/giving/team/", "/giving/team.csv", "/giving/targets/new/"):
        assert as_member(role).get(address).status_code == 403


@pytest.mark.parametrize(("role", "people"), [("leader", 3), ("owner", 4)])
def test_those_who_lead_see_people_by_name_with_what_would_help(given, as_member, role, people):
    page = as_member(role).get("/giving/team/")
    names = [each.name for each in page.context["found"].people]
    assert names == sorted(names)
    assert len(names) == people
    text = page.content.decode()
    assert "What would help" in text
    for word in ("rank", "best", "worst", "danger", "is-mend", "aria-sort"):
        assert word not in text.partition('class="page-head"')[2].partition("</main>")[0], word


def test_a_leader_of_a_team_is_not_shown_another(given, as_member, inside):
    with inside():
        for role, team in (("leader", "North"), ("agent", "North"), ("owner", "South")):
            given.members[role].team = team
            given.members[role].save()
    leader = as_member("leader")
    found = leader.get("/giving/team/").context["found"]
    assert {each.team for each in found.people} == {"North"}
    assert leader.get("/giving/team/?team=South").status_code == 403
    assert leader.get("/giving/team.csv?team=South").status_code == 403
    assert as_member("owner").get("/giving/team/?team=South").status_code == 200
    assert len(as_member("owner").get("/giving/team/").context["found"].people) == 4


def test_the_table_is_harmless_to_a_spreadsheet(given, as_member):
    answer = as_member("owner").get("/giving/team.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 4
    leader = next(row for row in rows if row["member"].startswith("'="))
    assert (leader["points"], leader["given"], leader["favours"]) == ("20", "2", "1")


def test_a_target_is_set_seen_and_taken_back(given, as_member, inside):
    owner = as_member("owner")
    form = {"whose": "all", "measure": "points", "amount": "30", "every": "quarter"}
    page = owner.post("/giving/targets/new/", form, follow=True)
    assert "Every member" in page.content.decode()
    with inside():
        target = GivingTarget.objects.get()
    assert "to go by" in as_member("agent").get("/giving/").content.decode()
    page = as_member("owner").post(f"/giving/targets/{target.pk}/remove/", follow=True)
    assert "Undo" in page.content.decode()
    with inside():
        assert not GivingTarget.objects.exists()


def test_a_target_is_changed_with_undo(given, as_member, inside):
    owner = as_member("owner")
    form = {"whose": "all", "measure": "points", "amount": "30", "every": "quarter"}
    owner.post("/giving/targets/new/", form)
    page = owner.get("/giving/team/").content.decode()
    address = unescape(re.search(r'href="(/giving/targets/new/\?[^"]+)"', page)[1])
    shown = owner.get(address).content.decode()
    assert 'value="30"' in shown
    page = owner.post(address, form | {"amount": "40"}, follow=True).content.decode()
    with inside():
        assert GivingTarget.objects.get().amount == 40
    entry = re.search(r"/journal/(\d+)/undo/", page)[1]
    owner.post(f"/journal/{entry}/undo/", {"next": "/giving/team/"})
    with inside():
        assert GivingTarget.objects.get().amount == 30


def test_a_target_for_one_member_and_for_a_team(given, as_member, inside):
    with inside():
        given.members["agent"].team = "North"
        given.members["agent"].save()
    pk = given.members["agent"].pk
    for whose in (f"member:{pk}", "team:North"):
        form = {"whose": whose, "measure": "favours", "amount": "2", "every": "month"}
        assert as_member("owner").post("/giving/targets/new/", form).status_code == 302
    with inside():
        assert {(each.member_id, each.team) for each in GivingTarget.objects.all()} == {
            (pk, ""),
            (None, "North"),
        }


def test_a_wrong_target_is_told_at_its_field(given, as_member):
    form = {"whose": "all", "measure": "coverage", "amount": "120", "every": "month"}
    page = as_member("owner").post("/giving/targets/new/", form)
    assert page.status_code == 422
    assert "At most 100 per cent." in page.content.decode()


def test_a_page_without_anything_teaches(closed_world, as_member):
    text = as_member("agent").get("/giving/").content.decode()
    assert "Those who give more, get more" in text
    assert "that is a fine place to begin" in text
    assert 'href="/needs/"' in text


def test_where_the_law_forbids_targets_the_page_says_so(given, as_member, inside):
    with inside():
        say_our_trade(by=given.by, sector="lawyer", place="US-NY", why="That is our trade")
    text = as_member("owner").get("/giving/team/").content.decode()
    assert "No targets on referrals here" in text
    assert "Set a target" not in text
    assert "came back" not in text
    form = {"whose": "all", "measure": "points", "amount": "30", "every": "quarter"}
    assert as_member("owner").post("/giving/targets/new/", form).status_code == 422
