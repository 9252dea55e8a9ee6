"""Referrals received: thanked twice whatever comes of them, and mended where they hurt."""

from __future__ import annotations

import pytest

from tests.asks.earned import earn
from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.asks.services import record_ask
from warmhand.apps.gratitude import queries as gratitude_queries
from warmhand.apps.gratitude import services as gratitude
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.queries import history_of
from warmhand.apps.moves.services import answer_ask
from warmhand.apps.referrals import queries, services
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.problems import Conflict, Invalid


def receive(world, **values):
    return services.receive_referral(
        by=world.by,
        client_id=world.client().pk,
        new_person="Bo Stone",
        on=world.days_ago(20),
        **values,
    )


def test_thanks_are_owed_from_the_first_minute(world):
    referral = receive(world)
    owed = ThankYou.objects.get()
    assert (owed.client_id, owed.occasion, owed.owed_on) == (
        referral.client_id,
        "receipt",
        world.days_ago(20),
    )
    assert "thanks_owed" in verdict_of(referral.client_id).decision.codes


@pytest.mark.parametrize("outcome", ["became_client", "not_now", "lost"])
def test_and_again_at_the_outcome_whatever_it_is(world, outcome):
    referral = receive(world)
    services.record_outcome(by=world.by, referral_id=referral.pk, outcome=outcome)
    assert [t.occasion for t in ThankYou.objects.order_by("pk")] == ["receipt", "outcome"]
    assert queries.referrals(state=outcome).get() == referral


def test_a_corrected_outcome_owes_no_third_thanks(world):
    referral = receive(world)
    for outcome in ("lost", "became_client"):
        services.record_outcome(by=world.by, referral_id=referral.pk, outcome=outcome)
    assert ThankYou.objects.count() == 2


@pytest.mark.parametrize("outcome", ["pending", "married"])
def test_an_outcome_is_an_end(world, outcome):
    with pytest.raises(Invalid):
        services.record_outcome(by=world.by, referral_id=receive(world).pk, outcome=outcome)


def test_no_outcome_before_the_referral(world):
    with pytest.raises(Invalid) as refused:
        services.record_outcome(
            by=world.by, referral_id=receive(world).pk, outcome="lost", on=world.days_ago(21)
        )
    assert refused.value.places[0].field == "outcome_on"


def test_thanks_for_a_referral_are_not_removed_but_given(world):
    receive(world)
    owed = ThankYou.objects.get()
    with pytest.raises(Conflict) as refused:
        gratitude.remove_thank_you(by=world.by, thank_you_id=owed.pk)
    assert refused.value.code == "thanks_stay_owed"
    gratitude.give_thanks(by=world.by, thank_you_id=owed.pk, how="a call")
    assert gratitude_queries.thank_yous(state="given").get() == owed


def test_a_hurt_name_stops_asks_until_mended(world):
    referral = receive(world)
    with pytest.raises(Conflict):
        services.mend(by=world.by, referral_id=referral.pk)
    with pytest.raises(Invalid):
        services.mark_hurt(by=world.by, referral_id=referral.pk, why="")
    services.mark_hurt(by=world.by, referral_id=referral.pk, why="Called back a week late")
    assert "reputation_hurt" in verdict_of(referral.client_id).decision.codes
    assert queries.referrals(state="hurt").get() == referral
    services.mend(by=world.by, referral_id=referral.pk, why="Apologised to both")
    assert "reputation_hurt" not in verdict_of(referral.client_id).decision.codes
    services.mark_hurt(by=world.by, referral_id=referral.pk, why="Again")
    assert queries.referrals(state="hurt").exists()


def test_an_ask_of_somebody_else_brought_no_referral_of_theirs(world):
    ask = record_ask(by=world.by, client_id=earn(world, "Otto").pk)
    with pytest.raises(Invalid) as refused:
        receive(world, ask_id=ask.pk)
    assert refused.value.places[0].field == "ask_id"


def test_a_page_of_referrals_takes_two_queries(world, django_assert_num_queries):
    receive(world)
    receive(world)
    with django_assert_num_queries(2):
        assert [len(r.thank_yous.all()) for r in queries.referrals(sort="-received")] == [1, 1]


def test_an_outcome_undone_and_told_again_owes_thanks_again(world):
    referral = receive(world)
    for _ in range(2):
        services.record_outcome(by=world.by, referral_id=referral.pk, outcome="lost")
        assert ThankYou.objects.filter(occasion="outcome").count() == 1
        entry = history_of("referrals.ReferralReceived", referral.pk).filter(verb="changed")[0]
        journal.undo(by=world.by, entry_id=entry.pk)
        assert not ThankYou.objects.filter(occasion="outcome").exists()


def test_what_an_answer_brought_is_undone_with_it(world):
    ask = record_ask(by=world.by, client_id=earn(world, "Otto").pk)
    answer_ask(by=world.by, ask_id=ask.pk, outcome="name", new_person="Bo Stone")
    assert ThankYou.objects.count() == ReferralReceived.objects.count() == 1
    entry = history_of("asks.Ask", ask.pk).filter(verb="changed")[0]
    journal.undo(by=world.by, entry_id=entry.pk)
    assert not ThankYou.objects.exists()
    assert not ReferralReceived.objects.exists()
    ask.refresh_from_db()
    assert ask.outcome == ""
