"""What the sides say, what it opens, and what each may know of the other."""

from __future__ import annotations

import pytest

from warmhand.apps.followups import queries, services
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.followups.outcome import State
from warmhand.apps.giving.models import Need
from warmhand.apps.journal.queries import newest_about
from warmhand.apps.journal.services import undo
from warmhand.apps.messaging.models import PublicLink
from warmhand.apps.policies.services import save_policy
from warmhand.apps.work.models import Rating
from warmhand.problems import Conflict, Invalid, NotFound, Problem


def state(referral) -> State:
    return queries.standings_of([referral.pk])[referral.pk].state


def test_an_answer_needs_something_said_and_a_day_that_can_be(story):
    given = story.sent(10)
    for answer, field in (
        ({}, "business"),
        ({"business": "no", "happy": True}, "happy"),
        ({"business": "perhaps"}, "business"),
        ({"business": "yes", "days": 11}, "on"),
        ({"business": "yes", "days": -1}, "on"),
    ):
        with pytest.raises(Invalid) as refused:
            story.says(given, "client", **answer)
        assert [place.field for place in refused.value.places] == [field]
    assert not FollowUp.objects.exists()


def test_an_unhappy_client_stands_until_it_is_made_good(story):
    given = story.sent(10)
    row = story.says(given, "client", business="yes", happy=False, words="Late, and rude.")
    rating = Rating.objects.get()
    assert (rating.score, rating.words) == (4, "Late, and rude.")
    assert rating.recovered_on is None
    assert state(given) is State.UNHAPPY
    services.change_answer(by=story.world.by, follow_up_id=row.pk, happy=True)
    assert not Rating.objects.exists()
    assert state(given) is State.HAPPY
    services.change_answer(by=story.world.by, follow_up_id=row.pk, happy=False)
    assert Rating.objects.count() == 1


def test_what_was_made_good_stays_so_and_an_unhappy_provider_opens_nothing(story):
    given = story.sent(10)
    row = story.says(given, "client", business="yes", happy=False)
    Rating.objects.update(recovered_on=story.world.today())
    services.remove_answer(by=story.world.by, follow_up_id=row.pk)
    assert Rating.objects.count() == 1
    story.says(given, "provider", business="yes", happy=False)
    assert Rating.objects.count() == 1


def test_undo_takes_the_rating_back_with_the_answer(story):
    given = story.sent(10)
    row = story.says(given, "client", business="yes", happy=False)
    entry = newest_about(row)
    undo(by=story.world.by, entry_id=(entry.part_of or entry).pk)
    assert not FollowUp.objects.exists()
    assert not Rating.objects.exists()


def test_a_link_is_the_one_that_waits_and_noting_an_answer_ends_it(story):
    by, given = story.world.by, story.sent(10)
    link = services.ask_side(by=by, referral_given_id=given.pk, side="client")
    assert services.ask_side(by=by, referral_given_id=given.pk, side="client") == link
    story.says(given, "client", business="yes")
    row = FollowUp.objects.get()
    assert (row.round, row.answered_on, row.noted_by_id) == (1, story.day(0), by.member_id)
    assert PublicLink.objects.get().ended_at is not None


def test_a_later_question_ends_the_link_of_an_earlier_one(story):
    by, given = story.world.by, story.sent(29)
    first = services.ask_side(by=by, referral_given_id=given.pk, side="client")
    type(given).objects.filter(pk=given.pk).update(given_on=story.day(30))
    second = services.ask_side(by=by, referral_given_id=given.pk, side="client")
    first.refresh_from_db()
    assert first.ended_why == "A later question took its place."
    assert second.ended_at is None
    assert sorted(FollowUp.objects.values_list("round", flat=True)) == [1, 2]


def test_where_nothing_is_left_to_ask_it_says_so_and_what_is_heard_is_still_kept(story):
    by, old = story.world.by, story.sent(400)
    with pytest.raises(Conflict) as refused:
        services.ask_side(by=by, referral_given_id=old.pk, side="client")
    assert refused.value.code == "follow_up_over"
    story.says(old, "client", business="yes", happy=True)
    assert state(old) is State.HAPPY


def test_a_provider_hears_no_name_that_they_may_not_know(story):
    by = story.world.by
    given = story.sent(10)

    def ask(**more):
        return services.ask_side(by=by, referral_given_id=given.pk, side="provider", **more)

    with pytest.raises(Problem) as refused:
        ask()
    assert refused.value.code == "client_not_to_be_named"
    assert not FollowUp.objects.exists()
    assert ask(provider_knows=True)
    FollowUp.objects.all().delete()
    story.says(given, "client", business="yes")
    assert ask(), "they do business with each other: the name is known"


@pytest.mark.parametrize(("leave", "named"), [(True, True), (False, False), (None, False)])
def test_the_clients_leave_on_the_need_names_them(story, leave, named):
    given = story.sent(10, need=story.need(may_pass_on=leave))
    assert queries.provider_knows_client(queries.given_with_sides(given.pk)) is named


def test_a_provider_is_written_to_only_where_they_agreed(story):
    given = story.sent(10)
    services.ask_side(
        by=story.world.by, referral_given_id=given.pk, side="provider", provider_knows=True
    )
    row = queries.follow_up_by_id(FollowUp.objects.get().pk)
    with pytest.raises(Problem) as refused:
        services.address_of_reader(row)
    assert refused.value.code == "provider_has_not_agreed"
    type(story.provider).objects.update(hears_from_us_since=story.day(100))
    row = queries.follow_up_by_id(row.pk)
    assert services.address_of_reader(row) == "hello@marl.example"
    type(story.provider).objects.update(email="")
    with pytest.raises(Problem) as refused:
        services.address_of_reader(queries.follow_up_by_id(row.pk))
    assert refused.value.code == "no_address"


def test_neither_side_hears_what_the_other_did_not_agree_to_tell(story):
    given = story.sent(10)
    assert queries.told_to("provider", given.pk) is None
    silent = story.says(given, "client", business="yes", happy=False, words="Secret words")
    assert queries.told_to("provider", given.pk) is None
    services.change_answer(by=story.world.by, follow_up_id=silent.pk, may_tell=True)
    told = queries.told_to("provider", given.pk)
    assert (told.business, told.happy) == ("yes", False)
    assert "Secret" not in repr(told), "their own words stay with us"
    assert queries.told_to("client", given.pk) is None, "what they said themselves isn't news"


def test_leave_for_an_older_answer_is_none_for_a_newer_one(story):
    given = story.sent(40)
    story.says(given, "client", days=30, business="yes", happy=True, may_tell=True)
    assert queries.told_to("provider", given.pk).happy is True
    story.says(given, "client", business="yes", happy=False)
    assert queries.told_to("provider", given.pk) is None


def test_where_the_policy_forbids_it_nothing_is_told_and_nobody_is_asked_for_leave(story):
    given = story.sent(10)
    story.says(given, "client", business="yes", happy=True, may_tell=True)
    assert queries.asks_to_tell()
    save_policy(by=story.world.by, values={"outcome_visibility": "never"}, why="We are a bank.")
    assert queries.told_to("provider", given.pk) is None
    assert not queries.asks_to_tell()


def test_outcomes_of_providers_in_one_query(story, django_assert_num_queries):
    world, other = story.world, type(story.provider).objects.create(name="Loam")
    for number in range(6):
        given = story.sent(40, world.client(f"Client {number}"))
        if number < 5:
            story.says(given, "client", days=21, business="yes", happy=number > 0)
        else:
            story.says(given, "provider", days=30, business="no")
    removed = story.sent(40, world.client("Gone"))
    removed.removed_at = world.workspace.created_at
    removed.save()
    with django_assert_num_queries(1):
        found = queries.outcomes_of_providers([story.provider.pk, other.pk])
    it = found[story.provider.pk]
    assert (it.sent, it.did_business, it.asked, it.happy) == (6, 5, 5, 4)
    assert (it.followed_up, it.good) == (6, 4)
    assert it.last_heard == story.day(21)
    assert found[other.pk].sent == 0
    assert queries.confidence_line(it, world.today()).startswith("Of 6 clients sent, 5 did")


def test_a_removed_answer_counts_nowhere(story):
    given = story.sent(40)
    row = story.says(given, "client", business="yes", happy=True)
    services.remove_answer(by=story.world.by, follow_up_id=row.pk)
    assert queries.outcomes_of_providers([story.provider.pk])[story.provider.pk].did_business == 0
    assert state(given) is State.NO_ANSWER
    with pytest.raises(NotFound):
        queries.follow_up_by_id(row.pk)


def test_both_do_business_leaves_the_need_for_a_person_to_mark(story):
    need = story.need()
    given = story.sent(40, need=need)
    story.says(given, "client", business="yes", happy=True)
    assert not queries.standings_of([given.pk])[given.pk].both_do_business
    story.says(given, "provider", business="yes")
    assert queries.standings_of([given.pk])[given.pk].both_do_business
    assert Need.objects.get().met_on is None
