"""Follow-ups that are due: both sides, settings, time zones, removed referrals, and their cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.accounts.models import Workspace
from warmhand.apps.followups import queries, services
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.giving import services as giving
from warmhand.apps.journal.queries import newest_about
from warmhand.apps.journal.services import undo
from warmhand.apps.policies.services import save_policy
from warmhand.problems import Invalid

BOTH = {"client", "provider"}


def test_both_sides_are_due_on_the_seventh_day_and_not_before(story):
    story.sent(6)
    assert story.due() == []
    assert {(side, state) for side, _, state in story.due(state="coming")} == {
        ("client", "coming"),
        ("provider", "coming"),
    }
    story.sent(7)
    assert story.due(state="today") == [("client", 1, "today"), ("provider", 1, "today")]


def test_overdue_comes_first_and_a_later_round_takes_the_place_of_an_earlier_one(story):
    story.sent(7)
    story.sent(31)
    assert [number for _, number, _ in story.due()] == [2, 2, 1, 1]
    assert {state for _, number, state in story.due() if number == 2} == {"overdue"}


def test_an_answer_of_one_side_leaves_the_other_due(story):
    given = story.sent(8)
    story.says(given, "client", business="not_yet")
    assert story.due() == [("provider", 1, "overdue")]
    assert story.due(state="coming") == [("client", 2, "coming")]
    assert FollowUp.objects.get().round == 1


def test_whoever_wants_no_more_is_not_asked_and_the_other_side_is(story):
    given = story.sent(40)
    story.says(given, "client", no_more=True)
    assert story.due(state="any") == [("provider", 2, "overdue")]


def test_nothing_came_of_it_ends_it_for_both_and_undo_brings_it_back(story):
    given = story.sent(8)
    row = story.says(given, "client", business="no")
    assert story.due(state="any") == []
    undo(by=story.world.by, entry_id=newest_about(row).pk)
    assert {side for side, _, _ in story.due()} == BOTH


def test_what_is_said_in_between_leaves_the_next_question_for_its_day(story):
    given = story.sent(20)
    story.says(given, "client", days=12, business="yes", happy=True)
    story.says(given, "client", days=2, business="yes", happy=True, words="Still good.")
    assert sorted(FollowUp.objects.values_list("round", flat=True)) == [0, 1]
    assert story.due(state="any", side="client") == [("client", 2, "coming")]


def test_a_removed_referral_is_asked_about_no_longer(story):
    given = story.sent(8)
    giving.remove_referral_given(by=story.world.by, referral_given_id=given.pk)
    assert story.due(state="any") == []
    undo(by=story.world.by, entry_id=newest_about(given).pk)
    assert len(story.due()) == 2


def test_a_changed_setting_counts_at_once_and_asks_nothing_twice(story):
    answered, fresh = story.sent(12), story.sent(12)
    story.says(answered, "client", days=4, business="yes")
    values = {"follow_up_first_days": 14, "follow_up_second_days": 28}
    save_policy(by=story.world.by, values=values, why="Slower here.")
    assert story.due() == []
    coming = queries.due(state="coming", side="client")[:10]
    assert [(it.referral.pk, it.number, it.due_on) for it in coming] == [
        (fresh.pk, 1, story.day(-2)),
        (answered.pk, 2, story.day(-16)),
    ]


@pytest.mark.parametrize(
    ("zone", "hour", "is_due"),
    [
        ("Pacific/Auckland", 12, True),  # the eighth of March there, at noon of the seventh in UTC
        ("America/Los_Angeles", 3, False),  # still the seventh there, at three of the eighth in UTC
        ("UTC", 0, False),
    ],
)
def test_the_day_is_the_workspaces_own(story, monkeypatch, zone, hour, is_due):
    Workspace.objects.filter(pk=story.world.workspace.pk).update(timezone=zone)
    story.sent(0, given_on=dt.date(2026, 3, 1))
    moment = dt.datetime(2026, 3, 7 if hour != 3 else 8, hour, 30, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert bool(story.due()) is is_due


@given(st.integers(0, 200))
def test_with_nobody_heard_both_sides_have_one_question_or_none(days):
    """The list and the plan agree, whatever the age of the referral."""
    from warmhand.apps.followups.plan import LAPSE_DAYS, next_round

    today = dt.date(2026, 6, 1)
    found = next_round(today - dt.timedelta(days=days), (7, 30, 90), [], [], today)
    assert (found is None) == (days > 90 + LAPSE_DAYS)


def test_the_window_of_the_list_reaches_as_far_as_the_plan(story):
    story.sent(90 + 60)
    assert len(story.due()) == 2
    story.sent(90 + 61)
    assert len(story.due(state="any")) == 2


def test_whose_they_are_and_what_is_looked_for(story):
    world = story.world
    mine, keeper = world.members["leader"], world.members["account_manager"]
    story.sent(8, member=mine)
    story.sent(8, world.client("Otto Brandt", keeper=keeper), member=None, provider="Loam Ltd")
    assert queries.due_count(mine.pk, today=world.today()) == 2
    assert queries.due_count(keeper.pk, today=world.today()) == 2, (
        "nobody gave it: whoever cares for the client"
    )
    assert len(queries.due(search="loam")) == 2
    assert len(queries.due(search="kettle marl", side="provider")) == 1
    assert queries.due(sort="-provider")[0].provider == "Marl Design"
    for wrong in ({"state": "late"}, {"side": "us"}, {"sort": "colour"}):
        with pytest.raises(Invalid):
            queries.due(**wrong)


def test_asked_it_waits_a_while_and_is_due_again(story, monkeypatch):
    given = story.sent(8)
    services.ask_side(by=story.world.by, referral_given_id=given.pk, side="client")
    assert story.due(side="client") == []
    assert story.due(state="waiting") == [("client", 1, "waiting")]
    FollowUp.objects.update(asked_on=story.day(6))
    assert story.due(side="client") == [("client", 1, "overdue")]


def test_a_page_costs_the_same_however_long_the_list(story, django_assert_num_queries):
    for number in range(30):
        story.sent(8, story.world.client(f"Client {number}"))
    with django_assert_num_queries(5):  # workspace, policy, referrals, answers, the page
        page = queries.due()[:25]
        assert len([it.client.title + str(it.responsible) for it in page]) == 25
