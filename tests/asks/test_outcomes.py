"""Six ends of an ask, each with what it needs, and what follows from them (P16, P18, P21, P22)."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.asks.earned import earn
from warmhand.apps.asks import queries, services
from warmhand.apps.asks.models import Ask
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.moves.services import answer_ask, introduced
from warmhand.apps.offers.models import Offer, OfferPass
from warmhand.apps.policies import services as policies
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.problems import Conflict, Invalid, NotFound

BENEFITS = {"resolved_confirmed": True, "trust_confirmed": False, "help_offered": True}


@pytest.fixture
def ask(world) -> Ask:
    return services.record_ask(by=world.by, client_id=earn(world).pk)


def end(world, ask, outcome, **more) -> Ask:
    return answer_ask(by=world.by, ask_id=ask.pk, outcome=outcome, **more)


def details(world, outcome) -> dict:
    offer = Offer.objects.create(title="A free check")
    return {
        "name": {"new_person": "Zoe"},
        "later": {"later_on": world.days_ago(-30)},
        "passed_on": {"offer_id": offer.pk},
        "not_asked": {"words": "They were in a hurry."},
    }.get(outcome, {})


@pytest.mark.parametrize("outcome", Ask.Outcome.values)
def test_each_end_keeps_the_three_benefits(world, ask, outcome):
    ended = end(world, ask, outcome, **details(world, outcome), **BENEFITS)
    ended.refresh_from_db()
    assert {name: getattr(ended, name) for name in BENEFITS} == BENEFITS
    assert (ended.outcome, ended.outcome_on) == (outcome, world.today())
    assert ReferralReceived.objects.count() == ThankYou.objects.count() == (outcome == "name")
    assert OfferPass.objects.count() == (outcome == "passed_on")


@pytest.mark.parametrize(
    ("outcome", "more", "field"),
    [
        ("name", {}, "new_person"),
        ("later", {}, "later_on"),
        ("later", {"later_on": 0}, "later_on"),
        ("passed_on", {}, "offer_id"),
        ("not_asked", {"words": " "}, "words"),
        ("will_introduce", {"follow_up_on": 0}, "follow_up_on"),
        ("married", {}, "outcome"),
    ],
)
def test_an_end_without_what_it_needs_is_refused(world, ask, outcome, more, field):
    days = {name: world.days_ago(value) for name, value in more.items() if name.endswith("_on")}
    with pytest.raises(Invalid) as told:
        end(world, ask, outcome, **{**more, **days})
    assert told.value.places[0].field == field
    ask.refresh_from_db()
    assert ask.outcome == ""


def test_what_an_end_has_no_use_for_is_left_out(world, ask):
    offer = Offer.objects.create(title="A free check")
    day = world.days_ago(-9)
    ended = end(world, ask, "no", later_on=day, follow_up_on=day, offer_id=offer.pk)
    assert (ended.later_on, ended.follow_up_on, ended.offer_id) == (None, None, None)
    assert not OfferPass.objects.exists()


def test_an_offer_that_is_not_there_or_closed_leaves_the_ask_open(world, ask):
    closed = Offer.objects.create(title="A seat", active=False)
    for offer_id, what in ((closed.pk, Conflict), (closed.pk + 99, NotFound)):
        with pytest.raises(what):
            end(world, ask, "passed_on", offer_id=offer_id)
        ask.refresh_from_db()
        assert (ask.outcome, ask.offer_id) == ("", None)


# ---- will introduce --------------------------------------------------------------------------


def test_a_promised_introduction_comes_back_on_its_day_and_is_settled(world, ask):
    keeper = world.members["account_manager"].pk
    day = world.days_ago(-5)
    end(world, ask, "will_introduce", follow_up_on=day)
    assert queries.follow_ups_due(keeper) == []
    Ask.objects.update(follow_up_on=world.today())
    assert [each.pk for each in queries.follow_ups_due(keeper)] == [ask.pk]
    assert queries.follow_ups_due(world.members["agent"].pk) == []
    services.set_follow_up(by=world.by, ask_id=ask.pk, on=day, words="In May.")
    assert queries.follow_ups_due(keeper) == []
    referral = introduced(by=world.by, ask_id=ask.pk, new_person="Zoe")
    ask.refresh_from_db()
    assert (ask.follow_up_on, ask.outcome, ask.outcome_words) == (None, "will_introduce", "In May.")
    assert (referral.ask_id, ThankYou.objects.count()) == (ask.pk, 1)
    with pytest.raises(Invalid):
        introduced(by=world.by, ask_id=ask.pk, new_person=" ")
    with pytest.raises(Invalid):
        services.set_follow_up(by=world.by, ask_id=ask.pk, on=world.today())


def test_nothing_was_promised_where_nothing_was_promised(world, ask):
    end(world, ask, "no")
    with pytest.raises(Conflict) as told:
        services.set_follow_up(by=world.by, ask_id=ask.pk, on=None)
    assert told.value.code == "nothing_promised"


# ---- not asked, and no -----------------------------------------------------------------------


def codes(ask) -> set[str]:
    return set(queries.verdict_of(ask.client_id).decision.codes)


def test_not_asked_gives_the_chance_back(world):
    policies.save_policy(by=world.by, values={"asks_per_period": 1}, why="One chance.")
    client = earn(world, company=world.company())
    for _ in range(3):
        ask = services.record_ask(by=world.by, client_id=client.pk)
        assert {"asked_recently", "ask_budget_spent"} <= codes(ask)
        end(world, ask, "not_asked", words="Somebody came in.")
        assert not codes(ask)
    ask = services.record_ask(by=world.by, client_id=client.pk)
    end(world, ask, "name", new_person="Zoe")  # the control: any other end spends it
    assert {"asked_recently", "ask_budget_spent"} <= codes(ask)


def told_no(world, client, days: int) -> Ask:
    on = world.days_ago(days)
    at = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    return Ask.objects.create(
        client=client, asked_on=on, asked_at=at, outcome="no", outcome_on=on, company=client.company
    )


@pytest.mark.parametrize(
    ("outcome", "days", "code"),
    [("no", 100, "refused_recently"), ("later", 100, None), ("name", 100, None)],
)
def test_a_no_rests_longer_than_any_other_answer(world, outcome, days, code):
    client = earn(world)
    ask = told_no(world, client, days)
    Ask.objects.update(outcome=outcome, later_on=world.days_ago(1) if outcome == "later" else None)
    found = codes(ask)
    assert "asked_recently" not in found
    assert ("refused_recently" in found) is (code is not None)


@pytest.mark.parametrize(
    ("latest", "before", "expected"),
    [
        (179, None, {"refused_recently"}),
        (180, None, set()),
        (180, 400, {"refused_twice"}),
        (364, 700, {"refused_twice"}),
        (365, 700, set()),
        (200, 729, {"refused_twice"}),
        (200, 730, set()),
    ],
)
def test_a_second_no_rests_longer_still(world, latest, before, expected):
    client = earn(world)
    ask = told_no(world, client, latest)
    if before:
        told_no(world, client, before)
    assert codes(ask) == expected


def test_a_no_is_never_kept_for_less_than_the_usual_rest(world):
    values = {"rest_days": 200, "refusal_rest_days": 30}
    policies.save_policy(by=world.by, values=values, why="A quiet year.")
    client = earn(world)
    ask = told_no(world, client, 150)
    Ask.objects.update(asked_on=world.days_ago(210))
    verdict = queries.verdict_of(ask.client_id)
    assert verdict.decision.codes == ("refused_recently",)
    assert "200 days of rest are kept" in verdict.decision.reasons[0].sentence


def test_who_says_no_twice_is_told_apart_in_words(world):
    client = earn(world)
    told_no(world, client, 200)
    told_no(world, client, 400)
    (reason,) = queries.verdict_of(client.pk).decision.reasons
    assert reason.sentence == (
        "They said no twice, the last time 200 days ago, and the time before 400 days ago; "
        "365 days of rest are kept."
    )
    assert reason.until == world.today() + dt.timedelta(days=365 - 200)
