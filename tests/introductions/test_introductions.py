"""From the client's yes to both connected; decline, silence, smart stop, withdrawal (P32, P33)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.introductions import stories
from tests.introductions.stories import ALL, CLIENT, PROVIDER, agreed, asked, begun, states
from tests.stopped_clock import time as time
from warmhand.apps.directory.models import Provider
from warmhand.apps.giving import services as giving
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.introductions import eligible, facts, queries, services
from warmhand.apps.introductions.matches import how_far, ranked_for
from warmhand.apps.introductions.models import Candidate, GivenQuality, Introduction
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging.models import Message
from warmhand.problems import Conflict, Invalid, Problem


def now_of(it: Introduction) -> Introduction:
    return queries.introduction_by_id(it.pk)


def test_from_yes_to_connected(world, time):
    candidate = asked(world)
    it = candidate.introduction
    assert (it.state, candidate.state) == ("seeking", "asked")
    services.accept(by=PROVIDER, candidate_id=candidate.pk)
    it = now_of(it)
    assert (it.state, states(it)) == ("connected", ["accepted", "waiting", "waiting"])
    [made] = ReferralGiven.objects.all()
    assert (made.listed_id, made.need_id, made.pk) == (
        candidate.provider_id,
        it.need_id,
        it.given_id,
    )
    [quality] = GivenQuality.objects.all()
    assert quality.given_id == made.pk
    assert queries.qualities([made])[made.pk].score == 100


def test_before_acceptance_neither_name_nor_ways_to_reach_them(world, time):
    candidate = asked(world)
    told = facts.told(now_of(candidate.introduction), accepted=False)
    assert told == {
        "need": stories.NEED,
        "context": "Third floor, no lift.",
        "company": "Kettle & Sons",
        "place": "Berlin",
        "language": "en",
        "urgency": "soon",
    }
    services.accept(by=PROVIDER, candidate_id=candidate.pk)
    told = facts.told(now_of(candidate.introduction), accepted=True)
    assert (told["name"], told["phone"], told["email"]) == (
        "Ada Kettle", stories.PHONE, stories.EMAIL,
    )  # fmt: skip


@given(
    st.sets(st.sampled_from(facts.CODES)), st.sampled_from(Introduction.State.values), st.booleans()
)
def test_nothing_is_told_that_was_not_allowed(allowed, state, accepted):
    it = Introduction(
        need_words="n", context="c", relation="my sister", person_name="S", phone="1",
        email="e@e.ee",
        tells=sorted(allowed), state=state, consent_at=dt.datetime.now(dt.UTC),
    )  # fmt: skip
    told = set(facts.told(it, accepted=accepted))
    living = state in ("seeking", "connected")
    assert told <= (allowed | ({"name"} if accepted else set()) if living else set())
    if not accepted:
        assert not told & {"phone", "email"}


def test_a_no_is_remembered_and_the_next_is_asked(world, time):
    candidate = asked(world)
    it = candidate.introduction
    services.decline(by=PROVIDER, candidate_id=candidate.pk, why="No time at present")
    assert states(it) == ["declined", "turn", "waiting"]
    assert queries.candidate_by_id(candidate.pk).reason == "No time at present"
    with pytest.raises(Conflict):
        services.accept(by=PROVIDER, candidate_id=candidate.pk)


def test_who_is_silent_makes_room_after_three_working_days(world, time):
    candidate = asked(world)
    assert services.move_on() == 0
    time.passes(days=5)  # three working days and a weekend at most
    assert services.move_on() == 1
    assert services.move_on() == 0
    assert states(candidate.introduction) == ["silent", "turn", "waiting"]


@given(st.datetimes(min_value=dt.datetime(2026, 1, 1), max_value=dt.datetime(2030, 1, 1)))
def test_days_to_answer_are_working_days(at):
    until = eligible.answer_by(at)
    between = [at + dt.timedelta(days=n) for n in range(1, (until - at).days + 1)]
    assert sum(each.weekday() < 5 for each in between) == eligible.ANSWER_DAYS
    assert until.weekday() < 5


def test_it_stops_when_nobody_is_left_and_goes_on_with_one_more(world, time):
    candidate = asked(world, stories.providers(1))
    it = candidate.introduction
    services.decline(by=PROVIDER, candidate_id=candidate.pk, why="Too far away")
    it = now_of(it)
    assert (it.state, it.ended_why) == ("stopped", "Nobody on the list is left to ask.")
    other = Provider.objects.create(name="Carter")
    services.add_provider(by=world.by, introduction_id=it.pk, provider_id=other.pk)
    assert (now_of(it).state, states(it)) == ("seeking", ["declined", "turn"])


def test_it_stops_when_the_need_is_met(world, time):
    candidate = asked(world)
    giving.meet_need(by=world.by, need_id=candidate.introduction.need_id)
    services.decline(by=PROVIDER, candidate_id=candidate.pk, why="")
    it = now_of(candidate.introduction)
    assert (it.state, it.ended_why) == ("stopped", "The need is met meanwhile.")
    assert states(it) == ["declined", "waiting", "waiting"]


def test_after_four_noes_it_stops(world, time):
    it = agreed(world, stories.providers(5))
    for _ in range(4):
        candidate = stories.standing(it)
        services.hand_over(by=world.by, candidate_id=candidate.pk)
        services.decline(by=PROVIDER, candidate_id=candidate.pk, why="Not my field")
    assert (now_of(it).state, states(it)[-1]) == ("stopped", "waiting")


@pytest.mark.parametrize(
    "values",
    [
        {"capacity": "full"},
        {"licence_until": dt.date(2020, 1, 1)},
        {"away_from": dt.date(2020, 1, 1)},
    ],
)
def test_who_cannot_take_it_is_passed_over(world, time, values):
    cannot = Provider.objects.create(name="Busy", **values)
    it = agreed(world, [cannot, *stories.providers(1)])
    assert states(it) == ["skipped", "turn"]


def test_the_card_is_a_referral_given_and_we_step_back(world, time):
    it = begun(world)
    services.take_card(by=CLIENT, introduction_id=it.pk)
    it = now_of(it)
    [made] = ReferralGiven.objects.all()
    assert (it.state, made.listed.name, it.consent_at) == ("card", "Mover 1", None)
    assert facts.told(it, accepted=True) == {}
    with pytest.raises(Conflict):
        services.say_yes(by=CLIENT, introduction_id=it.pk, tells=ALL)


def test_a_no_tells_nobody_and_may_be_thought_over(world, time):
    it = begun(world)
    services.say_no(by=CLIENT, introduction_id=it.pk)
    assert (now_of(it).state, states(it)) == ("declined", ["waiting"] * 3)
    services.say_yes(by=CLIENT, introduction_id=it.pk, tells=ALL)
    assert now_of(it).state == "seeking"


def test_a_yes_without_a_way_to_reach_them_is_refused(world, time):
    it = begun(world)
    with pytest.raises(Invalid):
        services.say_yes(by=CLIENT, introduction_id=it.pk, tells=("need",))
    assert now_of(it).consent_at is None


def test_a_withdrawal_travels_to_everybody_who_read_it(world, time):
    first = asked(world)
    it = first.introduction
    services.decline(by=PROVIDER, candidate_id=first.pk, why="No time at present")
    second = stories.standing(it)
    services.hand_over(by=world.by, candidate_id=second.pk)
    services.accept(by=PROVIDER, candidate_id=second.pk)
    services.take_back(by=CLIENT, introduction_id=it.pk)
    it = now_of(it)
    assert (it.state, it.phone, it.email) == ("withdrawn", "", "")
    assert states(it) == ["declined", "withdrawn", "withdrawn"]
    assert [each.provider.name for each in queries.to_tell()] == ["Mover 1", "Mover 2"]
    services.tell_withdrawal(by=world.by, candidate_id=first.pk)
    assert [each.provider.name for each in queries.to_tell()] == ["Mover 2"]
    with pytest.raises(Conflict):
        services.tell_withdrawal(by=world.by, candidate_id=first.pk)


def test_one_introduction_for_a_need_at_a_time(world, time):
    it = begun(world)
    with pytest.raises(Conflict):
        services.start(
            by=world.by, client_id=it.client_id, need_id=it.need_id, need_words="x",
            provider_ids=[stories.providers(1)[0].pk],
        )  # fmt: skip


def test_nobody_is_introduced_to_themself(world, time):
    client = stories.reachable(world)
    own = Provider.objects.create(name="Ada's shop", client=client)
    with pytest.raises(Invalid):
        begun(world, [own], client=client)


def test_nobody_else_says_yes_for_a_person_who_is_not_ours(world, time):
    it = begun(world, relation="my sister")
    for via in ("spoken", "link"):
        with pytest.raises(Problem):
            services.say_yes(by=world.by, introduction_id=it.pk, tells=ALL, via=via)
    assert now_of(it).state == "draft"


def sister(world) -> Introduction:
    it = begun(world, relation="my sister", context="Two floors")
    services.say_yes(
        by=CLIENT, introduction_id=it.pk, tells=ALL, via="link", notice_version="n-1",
        words="Call after six",
        person={"name": "Tilda Kettle", "phone": "+49301", "email": ""},
    )  # fmt: skip
    return now_of(it)


def test_a_third_person_is_unknown_until_they_act_and_forgotten_a_month_later(world, time):
    it = begun(world, relation="my sister")
    assert (it.person_name, it.phone, it.email, it.notice_at) == ("", "", "", None)
    it = sister(world)
    assert (it.person_name, it.notice_version) == ("Tilda Kettle", "n-1")
    time.passes(days=29)
    assert services.forget_unused() == 0
    time.passes(days=2)
    assert services.forget_unused() == 2
    assert services.forget_unused() == 0
    it = now_of(it)
    assert (it.person_name, it.phone, it.relation, it.context) == ("", "", "(forgotten)", "")
    assert it.state == "stopped"


def test_no_word_about_a_third_person_stays_in_the_journal(world, time):
    from django.core import serializers

    from warmhand.apps.journal.models import Entry
    from warmhand.apps.messaging.models import LinkOutcome

    it = sister(world)
    kept = serializers.serialize("json", [*Entry.objects.all(), *LinkOutcome.objects.all()])
    for word in ("Tilda", "+49301", "Two floors", "my sister", "after six"):
        assert word not in kept
    assert it.person_name == "Tilda Kettle"


def test_a_client_of_ours_is_not_forgotten(world, time):
    it = begun(world)
    time.passes(days=400)
    assert services.forget_unused() == 0
    assert now_of(it).need_words == stories.NEED


def test_undo_of_a_start_takes_all_of_it_back(world, time):
    it = begun(world)
    from warmhand.apps.journal.queries import newest_about

    journal.undo(by=world.by, entry_id=newest_about(it).pk)
    assert not Introduction.objects.exists()
    assert not Candidate.objects.exists()


def test_mail_goes_to_nobody_who_has_not_agreed(world, time, settings):
    settings.EMAIL_HOST = "mail.example"
    candidate = asked(world)
    services.accept(by=PROVIDER, candidate_id=candidate.pk)
    services.take_back(by=CLIENT, introduction_id=candidate.introduction_id)
    assert not Message.objects.exists()
    sister(world)
    assert not Message.objects.exists()


def test_who_hears_from_us_is_mailed_and_asked_at_once(world, time, settings):
    settings.EMAIL_HOST = "mail.example"
    listed = stories.providers(2, hears_from_us_since=world.days_ago(9))
    it = agreed(world, listed)
    assert states(it) == ["asked", "waiting"]
    [mail] = Message.objects.all()
    assert (mail.address, mail.provider_id) == ("mover1@move.example", listed[0].pk)
    for word in ("Ada", "Kettle", stories.NEED, stories.PHONE):
        assert word not in mail.text + mail.subject
    time.passes(days=6)
    services.move_on()
    assert states(it) == ["silent", "asked"]
    assert Message.objects.count() == 2


def test_distances_are_from_the_client_s_own_city(world, time):
    """Where the directory has coordinates of that city; else it is said plainly why not (P31)."""
    nobody = world.client("Nowhere Known")
    unplaced = giving.note_need(by=world.by, client_id=nobody.pk, words=stories.NEED)
    assert "no city is on record" in how_far(unplaced)
    client = world.client("Ada Kettle", company=world.company(city="Kiel", country="Germany"))
    need = giving.note_need(by=world.by, client_id=client.pk, words=stories.NEED)
    assert "no coordinates in Kiel" in how_far(need)
    for name, north, east in (("Kiel", 54.32, 10.13), ("Hamburg", 53.55, 9.99)):
        Provider.objects.create(
            name=name, city=name, country="DE", latitude=north, longitude=east, about=stories.NEED
        )
    assert how_far(need) == "Distances are from Kiel, as the crow flies."
    ranked = ranked_for(need)
    said = {it.candidate.name: [r.sentence for r in (*it.reasons, *it.against)] for it in ranked}
    assert "86 km away." in said["Hamburg"]
    assert "Is in the same city (Kiel)." in said["Kiel"]
    Provider.objects.create(name="Kiel, Wisconsin", city="Kiel", latitude=43.91, longitude=-88.03)
    assert "no coordinates in Kiel" in how_far(need), "the middle of two Kiels is in the sea"
