"""Who could meet a need: the order, the reasons, and what must never matter."""

from __future__ import annotations

import dataclasses as dc
import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.listening.encoder import encoder
from warmhand.matching import (
    Capacity,
    Declined,
    Exchange,
    ExpertiseSeen,
    NeedSeen,
    Outcome,
    ProviderSeen,
    Urgency,
    VouchSeen,
    Where,
    left_out,
    rank,
)

TODAY = dt.date(2026, 11, 26)
LOCKSMITH = "561622"
CODES = ("561622", "5616", "561621", "541211", "238220.1", "")
NEED = NeedSeen(words="Somebody broke in, we need new locks", category=LOCKSMITH, client_id=1)
PLAIN = ProviderSeen(id=1, name="Bolt & Sons", categories=(LOCKSMITH,))

counts = st.integers(0, 6)
days = st.none() | st.dates(dt.date(2026, 11, 1), dt.date(2027, 1, 31))
places = st.builds(
    Where,
    city=st.sampled_from(["", "Leeds", "York"]),
    postcode=st.sampled_from(["", "LS1 4AB", "LS2 9XX", "YO1 7HH"]),
    country=st.sampled_from(["", "GB", "DE"]),
)
shared = {
    "id": st.integers(1, 99),
    "name": st.sampled_from(["Bolt", "bolt", "Arm", "Zed"]),
    "client_id": st.none() | st.integers(1, 3),
    "company": st.sampled_from(["", "Rival Ltd", "Kettle GmbH"]),
    "categories": st.lists(st.sampled_from(CODES), max_size=2).map(tuple),
    "words": st.lists(
        st.sampled_from(["locks and doors", "tax returns", "we fit new locks"]), max_size=2
    ).map(tuple),
    "where": places,
    "languages": st.lists(st.sampled_from(["en", "de-AT", "fr"]), max_size=2).map(tuple),
    "vouches": st.lists(
        st.builds(VouchSeen, member=st.sampled_from("AB"), worked=st.booleans()), max_size=4
    ).map(tuple),
    "outcome": st.builds(Outcome, counts, counts),
    "declined": st.lists(
        st.builds(Declined, st.just("full"), st.booleans(), st.booleans()), max_size=3
    ).map(tuple),
    "exchange": st.builds(Exchange, counts, counts),
}
providers = st.builds(
    ProviderSeen,
    **shared,
    capacity=st.sampled_from(Capacity),
    away_from=days,
    away_until=days,
    licence_until=days,
    price=st.none() | st.integers(1, 4),
    reach_km=st.none() | st.integers(0, 100),
    ally=st.booleans(),
    hears_from_us=st.booleans(),
)
experts = st.builds(ExpertiseSeen, **shared, may_pass_on=st.sampled_from([None, True, False]))
candidates = st.lists(providers | experts, max_size=6, unique_by=lambda each: (type(each), each.id))
needs = st.builds(
    NeedSeen,
    words=st.sampled_from(["we need new locks", "", "tax returns are late"]),
    category=st.sampled_from(CODES),
    near=st.just(()) | st.just(((LOCKSMITH, 0.7), ("541211", 0.4))),
    client_id=st.just(1),
    company=st.sampled_from(["", "Kettle"]),
    competitors=st.sampled_from([(), ("Rival",)]),
    urgency=st.sampled_from(Urgency),
    where=places,
    languages=st.lists(st.sampled_from(["en", "de"]), max_size=2).map(tuple),
    price=st.none() | st.integers(1, 4),
)


def codes(said):
    return [each.code for each in said]


def only(one, need=NEED, **more):
    (found,) = rank(need, [one], today=TODAY, **more)
    return found


@given(needs, candidates, st.randoms())
def test_the_order_does_not_depend_on_how_they_come(need, those, random):
    mixed = list(those)
    random.shuffle(mixed)
    assert rank(need, those, today=TODAY) == rank(need, mixed, today=TODAY)


@given(needs, candidates)
def test_everybody_listed_has_a_reason_and_whoever_cannot_stands_below_and_says_why(need, those):
    found = rank(need, those, today=TODAY)
    assert all(each.reasons for each in found)
    assert [each.available for each in found] == sorted(
        (each.available for each in found), reverse=True
    )
    for each in found:
        assert each.available or each.against[0].bars
        assert all(said.code and said.sentence.endswith((".", "”")) for said in each.against)
    for one, next_one in itertools.pairwise(found):
        assert one.available != next_one.available or one.points >= next_one.points


@given(needs, candidates)
def test_never_themself_their_company_or_a_competitor(need, those):
    for each in rank(need, those, today=TODAY):
        assert each.candidate.client_id != need.client_id
        assert not (need.company == "Kettle" and each.candidate.company == "Kettle GmbH")
        assert not (need.competitors and each.candidate.company == "Rival Ltd")
        assert left_out(need, each.candidate) is None


@given(needs, candidates, st.data())
def test_a_better_outcome_never_lowers_anybody(need, those, data):
    before = rank(need, those, today=TODAY)
    if not before:
        return
    chosen = data.draw(st.sampled_from(before)).candidate
    record = chosen.outcome
    good = min(record.good, record.followed_up)
    better = data.draw(
        st.sampled_from(
            [
                Outcome(record.followed_up + 1, good + 1),
                Outcome(record.followed_up, min(good + 1, record.followed_up)),
            ]
        )
    )
    changed = dc.replace(chosen, outcome=better)
    others = [each for each in those if each is not chosen]
    after = rank(need, [changed, *others], today=TODAY)
    place = [each.candidate for each in after].index(changed)
    assert place <= [each.candidate for each in before].index(chosen)


@given(needs, candidates, st.builds(Exchange, counts, counts), st.booleans())
def test_where_reciprocity_may_not_count_its_figures_change_nothing(need, those, other, ally):
    def changed(each):
        more = {"ally": ally} if isinstance(each, ProviderSeen) else {}
        return dc.replace(each, exchange=other, **more)

    def seen(found):
        return [(each.points, each.reasons, each.against) for each in found]

    without = rank(need, those, today=TODAY, reciprocity_counts=False)
    with_others = rank(need, map(changed, those), today=TODAY, reciprocity_counts=False)
    assert seen(without) == seen(with_others)


def test_where_it_counts_what_came_back_is_said():
    gave = dc.replace(PLAIN, exchange=Exchange(given=4, received=2))
    took = dc.replace(PLAIN, exchange=Exchange(given=4, received=0))
    assert "gave_us" in codes(only(gave).reasons)
    assert "nothing_back" in codes(only(took).against)
    assert only(gave).points > only(PLAIN).points > only(took).points


@pytest.mark.parametrize(
    ("category", "code"),
    [("561622", "category"), ("5616", "category_kin"), ("561621", "category_near")],
)
def test_the_nearer_the_category_the_more_it_counts(category, code):
    found = only(dc.replace(PLAIN, categories=(category,)))
    assert codes(found.reasons)[0] == code


def test_whoever_has_nothing_to_do_with_it_is_not_listed():
    assert rank(NEED, [dc.replace(PLAIN, categories=("541211",))], today=TODAY) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"capacity": Capacity.FULL}, "full"),
        ({"away_from": TODAY}, "away"),
        ({"licence_until": TODAY - dt.timedelta(1)}, "licence_ended"),
        ({"declined": (Declined("too small", this_need=True),)}, "declined_this"),
    ],
)
def test_whoever_cannot_is_below_a_worse_fit_that_can(change, code):
    good = dc.replace(PLAIN, vouches=(VouchSeen("Ada"),), outcome=Outcome(9, 9), **change)
    other = ProviderSeen(id=2, name="Other", categories=("5616",))
    first, second = rank(NEED, [good, other], today=TODAY)
    assert first.candidate is other
    assert second.against[0].code == code
    assert "vouch" in codes(second.reasons), "what speaks for them is still said"


@pytest.mark.parametrize(
    "change",
    [
        {"away_from": TODAY - dt.timedelta(5), "away_until": TODAY - dt.timedelta(1)},
        {"licence_until": TODAY},
        {"capacity": Capacity.LIMITED},
        {"declined": (Declined("too far"),)},
    ],
)
def test_back_today_licensed_today_or_a_no_to_another_need_bars_nobody(change):
    assert only(dc.replace(PLAIN, **change)).available


def test_another_client_is_named_only_after_their_yes():
    expert = ExpertiseSeen(id=7, name="Ines", client_id=2, words=("new locks",))
    assert only(expert).against[0].code == "not_asked"
    assert only(dc.replace(expert, may_pass_on=False)).against[0].code == "no_consent"
    assert only(dc.replace(expert, may_pass_on=True)).available


def test_distance_is_in_kilometres_and_their_reach_counts():
    leeds, york = Where(latitude=53.80, longitude=-1.55), Where(latitude=53.96, longitude=-1.08)
    need = dc.replace(NEED, where=leeds)
    near, far = (
        dc.replace(PLAIN, where=york, reach_km=50),
        dc.replace(PLAIN, where=york, reach_km=9),
    )
    assert "36 km away; they come that far." in [each.sentence for each in only(near, need).reasons]
    assert "36 km away; they come 9 km." in [each.sentence for each in only(far, need).against]


def test_one_happy_client_weighs_less_than_a_record():
    one = only(dc.replace(PLAIN, outcome=Outcome(1, 1)))
    many = only(dc.replace(PLAIN, outcome=Outcome(12, 11)))
    poor = only(dc.replace(PLAIN, outcome=Outcome(5, 1)))
    assert many.points > one.points > only(PLAIN).points > poor.points
    assert "outcome_poor" in codes(poor.against)
    assert poor.against[0].sentence == "1 of 5 we sent before did business and were happy."


def test_where_no_category_was_chosen_it_is_read_from_the_words():
    need = NeedSeen(words="Somebody broke into our office at night")
    alarm = ProviderSeen(id=1, name="Alarm", categories=("561621",), words=("alarms",))
    wider = ProviderSeen(id=2, name="Wider", categories=("5616",), words=("patrols",))
    baker = ProviderSeen(id=3, name="Baker", categories=("311811",), words=("cakes",))
    found = rank(need, [baker, wider, alarm], today=TODAY, encoder=encoder())
    assert [each.candidate.name for each in found] == ["Alarm", "Wider"]
    assert {"category_read"} <= set(codes(found[0].reasons)) & set(codes(found[1].reasons))


def test_what_means_the_same_in_other_words_is_found():
    need = NeedSeen(words="Half of my crew is down with the flu", category="722511")
    hands = ProviderSeen(id=1, name="Hands", words=("temporary staff",))
    found = only(hands, need, encoder=encoder())
    assert "meaning" in codes(found.reasons)
    assert rank(need, [hands], today=TODAY) == [], "words alone don't find it"
    baker = dc.replace(hands, words=("bread and rolls",))
    assert rank(need, [baker], today=TODAY, encoder=encoder()) == []


def test_a_competitor_is_left_out_and_it_can_be_said_why():
    need = dc.replace(NEED, company="Kettle Ltd", competitors=("Rival GmbH",))
    assert left_out(need, dc.replace(PLAIN, name="Rival")).code == "competitor"
    assert left_out(need, dc.replace(PLAIN, company="Kettle")).code == "own_company"
    assert left_out(need, dc.replace(PLAIN, client_id=1)).code == "themself"


@pytest.mark.parametrize(
    ("theirs", "code", "said"),
    [
        (("de",), "language", "Works in the client's language (German)."),
        (("de-AT",), "language", "Works in the client's language (German)."),
        (("fr", "pl"), "no_language", "Works in French and Polish, not in German."),
    ],
)
def test_a_language_in_common_goes_by_its_name(theirs, code, said):
    found = only(dc.replace(PLAIN, languages=theirs), dc.replace(NEED, languages=("de",)))
    [it] = [each for each in (*found.reasons, *found.against) if each.code == code]
    assert it.sentence == said


def test_each_has_its_json():
    told = only(dc.replace(PLAIN, away_from=TODAY, away_until=dt.date(2026, 12, 2))).as_dict()
    assert told["available"] is False
    assert told["against"][0] == {
        "code": "away",
        "sentence": "Is away, back on 3 December 2026.",
        "bars": True,
        "until": "2026-12-03",
    }


@pytest.mark.parametrize("words", ["Ich brauche einen Klempner", "Nous cherchons un notaire"])
def test_a_need_in_another_language_meets_the_directory_by_its_words_alone(words):
    """A German firm's directory is German: words count, a meaning that isn't read doesn't."""
    theirs = [
        ProviderSeen(id=1, name="Huber", words=("Klempnerei und Heizungsbau",)),
        ProviderSeen(id=2, name="Weiss", words=("Steuerberatung. Löhne und Jahresabschluss",)),
        ProviderSeen(id=3, name="Étude Roux", words=("Notaire à Lyon",)),
        ProviderSeen(id=4, name="Somebody", words=("We clean offices", "Catering for parties")),
    ]
    found = rank(NeedSeen(words=words), theirs, today=TODAY, encoder=encoder())
    assert [each.candidate.id for each in found] == [1 if "Klempner" in words else 3]
    assert [each.code for each in found[0].reasons] == ["words"]
