"""Giving per member and team: figures, targets, news, and who learns what (P35, E28)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from warmhand.apps.accounts import days
from warmhand.apps.alliances.services import say_our_trade
from warmhand.apps.directory.models import Provider
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.giving.models import Favour, Need, ReferralGiven
from warmhand.apps.insight import queries, services
from warmhand.apps.insight.figures import gather
from warmhand.apps.insight.models import GivingTarget
from warmhand.apps.insight.targets import targets
from warmhand.apps.introductions.models import GivenQuality
from warmhand.apps.journal.models import Entry
from warmhand.apps.journal.services import undo
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.matching.quality import PARTS
from warmhand.problems import Conflict, Invalid, Problem


def gave(world, role="account_manager", *, days=20, well=True, client=None, **said):
    """A referral given so many days ago, well or in a hurry, and what the client said of it."""
    client = client or world.client()
    on = world.days_ago(days)
    need = provider = None
    if well:
        need = Need.objects.create(client=client, words="Payroll", noted_on=on, may_pass_on=True)
        provider = Provider.objects.create(name="Payday Ltd")
    given = ReferralGiven.objects.create(
        client=client,
        member=world.members[role],
        provider="Payday Ltd",
        listed=provider,
        need=need,
        given_on=on,
        why_confident="They did it for two of our clients." if well else "",
    )
    if well:
        every = [part.code for part in PARTS]
        GivenQuality.objects.create(given=given, parts=every)
    if said:
        FollowUp.objects.create(
            referral=given, client=client, side="client", answered_on=world.days_ago(1), **said
        )
    return given


def person(world, role="account_manager"):
    return queries.my_giving(world.members[role].pk).me


def test_a_referral_given_well_with_a_happy_client_is_ten_points(world):
    gave(world, business="yes", happy=True)
    figures = person(world).figures
    assert (figures.score.points, figures.score.given, figures.score.quality) == (10, 1, 100)
    assert figures.months[-1].points + figures.months[-2].points == 10


def test_rubbish_brings_nothing(world):
    gave(world, business="yes", happy=True)
    for _ in range(12):
        gave(world, well=False)
        gave(world, well=False, business="yes", happy=False)
    assert person(world).figures.score.points == 10


def test_what_lies_before_the_six_months_is_not_looked_at(world):
    gave(world, days=400, business="yes", happy=True)
    assert person(world).figures.score.given == 0


def test_small_numbers_say_so(world):
    for _ in range(4):
        gave(world, business="yes", happy=True)
    assert person(world).figures.score.happy_percent is None
    gave(world, business="yes", happy=False)
    assert person(world).figures.score.happy_percent == 80


def test_what_came_back_goes_to_whoever_gave_last(world):
    ada = world.client()
    gave(world, "account_manager", days=30, client=ada)
    gave(world, "leader", days=10, client=ada)
    ReferralReceived.objects.create(client=ada, new_person="B", received_on=world.days_ago(20))
    ReferralReceived.objects.create(client=ada, new_person="C", received_on=world.days_ago(5))
    ReferralReceived.objects.create(client=ada, new_person="D", received_on=world.days_ago(50))
    assert person(world, "account_manager").figures.came_back == 1
    assert person(world, "leader").figures.came_back == 1


def test_the_giver_hears_what_came_of_it(world):
    ada = world.client()
    gave(world, client=ada, business="yes", happy=True, words="Splendid")
    ReferralReceived.objects.create(client=ada, new_person="C", received_on=world.days_ago(3))
    news = queries.my_giving(world.members["account_manager"].pk).news
    assert [(each.kind, each.sentence) for each in news] == [
        ("happy", "Ada Kettle is happy with Payday Ltd."),
        ("back", "Ada Kettle, to whom you gave, introduced somebody to us."),
    ]
    assert not queries.my_giving(world.members["owner"].pk).news


def test_people_stand_by_name_whatever_they_gave(world):
    gave(world, "owner", business="yes", happy=True)
    names = [each.name for each in queries.team_giving().people]
    assert names == sorted(names)


def test_the_total_of_two_is_not_told(world):
    assert not queries.my_giving(world.members["agent"].pk).team.hidden
    world.members["leader"].team = "South"
    world.members["leader"].save()
    found = queries.my_giving(world.members["agent"].pk)
    assert (found.team.name, found.team.people, found.team.hidden) == ("North", 2, True)
    assert not queries.my_giving(world.members["owner"].pk).team.hidden


def test_the_statements_do_not_grow_with_what_was_given(world):
    def statements():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            queries.team_giving()
        return len(seen)

    gave(world, business="yes", happy=True)
    ReferralReceived.objects.create(
        client=world.client(), new_person="C", received_on=world.days_ago(3)
    )
    days.today()  # read once in a scope, so it is no part of either count
    before = statements()
    for _ in range(5):
        gave(world, "leader", business="yes")
    assert statements() == before <= 14


class TestTargets:
    def old_enough(self, world):
        say_our_trade(by=world.by, sector="general", why="We looked")
        Favour.objects.create(
            client=world.client(), what="x", done_on=world.days_ago(90),
            member=world.members["account_manager"],
        )  # fmt: skip

    def test_the_nearest_holds(self, world):
        self.old_enough(world)
        me = world.members["account_manager"]
        for amount, whom in ((30, {}), (20, {"team": "North"}), (10, {"member_id": me.pk})):
            services.set_target(by=world.by, measure="points", amount=amount, **whom)
        assert [goal.amount for goal in person(world).goals] == [10]
        assert [goal.amount for goal in person(world, "agent").goals] == [20]
        assert [goal.amount for goal in person(world, "owner").goals] == [30]
        services.remove_target(by=world.by, target_id=targets().get(member=me).pk)
        assert [goal.amount for goal in person(world).goals] == [20]

    def test_a_new_one_takes_the_place_of_the_last_and_undo_brings_it_back(self, world):
        self.old_enough(world)
        services.set_target(by=world.by, measure="favours", amount=3)
        services.set_target(by=world.by, measure="favours", amount=5)
        assert [each.amount for each in targets()] == [5]
        undo(by=world.by, entry_id=Entry.objects.filter(verb="created").latest("pk").pk)
        assert [each.amount for each in targets()] == [3]

    def test_how_far_along(self, world):
        self.old_enough(world)
        services.set_target(by=world.by, measure="points", amount=20, every="month")
        gave(world, days=0, business="yes", happy=True)
        goal = person(world).goals[0]
        assert (goal.value, goal.reached) == (10, False)
        assert goal.sentence.startswith("10 of 20 points; 10 to go by ")
        gave(world, days=0, business="yes", happy=True)
        assert person(world).goals[0].sentence == "Reached: 20 of 20 points."

    def test_what_a_team_did_is_cut_to_whole_favours_only_once(self, world):
        day = world.today()
        members = [world.members[role] for role in ("account_manager", "agent")]
        for me in members:
            Favour.objects.create(
                client=world.client(f"C {me.pk}"), member=me, what="Found a notary", done_on=day,
                outcome="She caught her train",
            )  # fmt: skip
        data = gather(members, day, back_told=True)
        counted = [data.figures("", [me.pk]).favours_counted for me in members]
        team = data.figures("", [me.pk for me in members])
        assert (counted, team.favours_counted) == ([0, 0], 1)

    def test_favours_that_came_to_nothing_bring_no_goal_nearer(self, world):
        self.old_enough(world)
        services.set_target(by=world.by, measure="favours", amount=4, every="month")
        me, day = world.members["account_manager"], world.today()
        for n in range(12):
            Favour.objects.create(client=world.client(f"C {n}"), member=me, what="Hi", done_on=day)
        figures = person(world).figures
        assert (figures.favours, figures.favours_counted) == (12 + 1, 0)
        assert person(world).goals[0].value == 0
        assert "tell_what_came" in [each.code for each in person(world).hints]
        told = Favour.objects.filter(client__name__in=("C 1", "C 2", "C 3"))
        told.update(outcome="She caught her train")
        assert "note_the_time" in [each.code for each in person(world).hints]
        told.update(minutes=20)
        assert "note_the_time" not in [each.code for each in person(world).hints]
        assert person(world).goals[0].value == 3
        client = world.client("D")
        need = Need.objects.create(client=client, words="A mover", noted_on=day)
        for _ in range(3):
            Favour.objects.create(
                client=client, member=me, what="Two movers", done_on=day, minutes=30, need=need
            )
        assert person(world).goals[0].value == 3
        Need.objects.update(met_on=day)
        assert person(world).goals[0].sentence == "Reached: 4 of 4 favours."

    def test_none_before_three_months_of_own_data(self, world):
        say_our_trade(by=world.by, sector="general", why="We looked")
        with pytest.raises(Conflict) as nothing:
            services.set_target(by=world.by, measure="points", amount=5)
        assert nothing.value.code == "no_giving_yet"
        gave(world, days=89)
        with pytest.raises(Conflict) as early:
            services.set_target(by=world.by, measure="points", amount=5)
        assert early.value.code == "too_early_for_targets"
        assert (early.value.until - world.today()).days == 1
        self.old_enough(world)
        assert services.set_target(by=world.by, measure="points", amount=5).pk

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"measure": "heads"}, "measure"),
            ({"measure": "coverage", "amount": 101}, "amount"),
            ({"amount": 0}, "amount"),
            ({"every": "week"}, "every"),
        ],
    )
    def test_what_can_not_be_a_target(self, world, values, field):
        self.old_enough(world)
        with pytest.raises(Invalid) as refused:
            services.set_target(by=world.by, **{"measure": "points", "amount": 5, **values})
        assert refused.value.places[0].field == field

    def test_a_leader_of_a_team_sets_targets_for_that_team_only(self, world):
        self.old_enough(world)
        for role, team in (("leader", "North"), ("agent", "North"), ("account_manager", "South")):
            world.members[role].team = team
            world.members[role].save()
        by = world.actor("leader")
        services.set_target(by=by, measure="points", amount=5, team="North")
        services.set_target(by=by, measure="points", amount=5, member_id=world.members["agent"].pk)
        south = world.members["account_manager"].pk
        for whom in ({}, {"team": "South"}, {"member_id": south}):
            with pytest.raises(Problem) as refused:
                services.set_target(by=by, measure="points", amount=5, **whom)
            assert refused.value.status == 403
        assert GivingTarget.objects.count() == 2

    @pytest.mark.parametrize(
        ("sector", "place", "back_told"),
        [
            ("unknown", "", True),
            ("lawyer", "US-NY", False),
            ("settlement_services", "US", False),
            ("lawyer", "US-AZ", True),
        ],
    )
    def test_where_they_are_unlawful_there_are_none(self, world, sector, place, back_told):
        self.old_enough(world)
        services.set_target(by=world.by, measure="points", amount=5)
        assert person(world).goals
        say_our_trade(by=world.by, sector=sector, place=place, why="We looked again")
        assert not person(world).goals
        assert not targets().exists()
        found = queries.team_giving()
        assert not found.targets.allowed
        assert found.targets.why
        assert not any(each["goals"] for each in found.as_dict()["people"])
        assert (found.total.figures.came_back is not None) == back_told
        with pytest.raises(Conflict) as refused:
            services.set_target(by=world.by, measure="points", amount=5)
        assert refused.value.code == "targets_not_allowed"
