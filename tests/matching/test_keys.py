"""Who may be held up to a client: at most two, never too early, never from the wrong side."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.matching import (
    MOST,
    About,
    Key,
    Side,
    Without,
    bare_company,
    common_words,
    fitting,
    same_company,
    same_person,
)
from warmhand.matching.alike import named_in
from warmhand.wording import names

ABOUT = About(
    company="Kettle & Sons",
    trade="Foundry",
    delivered=("New stock system live before the fair", "Two hours less counting a day"),
)
WELL = Key(1, "Ines Marl", company="Marl Design", closeness=4)
PERIOD = 365

words = st.sampled_from(["", "stock", "Head of Stock", "Foundry", "Baker", "neighbours", "=x", "ß"])
companies = st.sampled_from(["", "Kettle & Sons", "Kettle and Sons Ltd", "Marl Design", "Stock AG"])
days = st.one_of(st.none(), st.integers(0, 4_000))
keys = st.builds(
    Key,
    id=st.integers(1, 10**6),
    name=st.sampled_from(["Ines Marl", "ines marl", "Bo Li", "Ada", "Zoë"]),
    company=companies,
    position=words,
    relation=words,
    trade=words,
    inside=st.booleans(),
    closeness=st.one_of(st.none(), st.integers(1, 5)),
    confirmed_days=days,
    connected_days=days,
    named_days=days,
    our_client=st.booleans(),
    referred=st.booleans(),
    declined=st.booleans(),
)
rings = st.lists(keys, max_size=12, unique_by=lambda key: key.id)


@given(ring=rings, side=st.sampled_from(Side), earned=st.booleans(), period=st.integers(30, 730))
def test_the_promises_hold_for_any_ring(ring, side, earned, period):
    found = fitting(ring, ABOUT, side=side, earned=earned, period_days=period)
    assert len(found.offered) <= MOST
    assert bool(found.offered) or found.without, "nobody is offered without saying why"
    by_id = {key.id: key for key in ring}
    for each in found.offered:
        key = by_id[each.key_id]
        assert earned
        assert side is not Side.NOBODY
        assert (key.inside or same_company(key.company, ABOUT.company)) == (side is Side.INSIDE)
        assert not any((key.our_client, key.referred, key.declined))
        assert key.named_days is None or key.named_days >= period
        assert key.closeness != 1
        assert each.grounds


@given(ring=rings, side=st.sampled_from([Side.INSIDE, Side.OUTSIDE]), chance=st.randoms())
def test_the_order_is_total_and_heeds_not_how_the_keys_come(ring, side, chance):
    turned = list(ring)
    chance.shuffle(turned)
    one, other = (
        fitting(each, ABOUT, side=side, earned=True, period_days=PERIOD) for each in (ring, turned)
    )
    assert one.offered == other.offered
    assert dict(one.without) == dict(other.without)


@given(ring=rings, side=st.sampled_from(Side))
def test_nothing_before_it_is_earned(ring, side):
    found = fitting(ring, ABOUT, side=side, earned=False, period_days=PERIOD)
    assert found.offered == ()
    assert found.without == {Without.NOT_EARNED: 1}


@given(ring=rings)
def test_every_key_is_accounted_for(ring):
    found = fitting(ring, ABOUT, side=Side.OUTSIDE, earned=True, period_days=PERIOD)
    counted = sum(count for why, count in found.without.items() if why is not Without.EMPTY)
    assert len(found.offered) + counted == len(ring)


def only(key: Key, side: Side = Side.OUTSIDE) -> list[str]:
    found = fitting([key], ABOUT, side=side, earned=True, period_days=PERIOD)
    return [str(ground.why) for each in found.offered for ground in each.grounds]


def test_somebody_they_know_well_fits():
    assert only(WELL) == ["close"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"closeness": 3}, Without.NOTHING_FITS),
        ({"closeness": None}, Without.NOTHING_FITS),
        ({"inside": True}, Without.OTHER_SIDE),
        ({"company": "Kettle and Sons Limited"}, Without.OTHER_SIDE),
        ({"our_client": True}, Without.OUR_CLIENT),
        ({"referred": True}, Without.REFERRED),
        ({"named_days": PERIOD - 1}, Without.NAMED),
        ({"declined": True}, Without.DECLINED),
    ],
)
def test_each_objection_by_itself_keeps_a_key_back(changed, why):
    found = fitting(
        [replace(WELL, **changed)], ABOUT, side=Side.OUTSIDE, earned=True, period_days=PERIOD
    )
    assert (found.offered, found.without) == ((), {why: 1})


def test_after_the_period_they_may_be_named_again():
    assert only(replace(WELL, named_days=PERIOD)) == ["close"]


def test_work_like_what_we_delivered_fits_without_closeness():
    assert only(Key(2, "Bo Li", company="Hull Bakery", position="Head of Stocks")) == ["words"]
    assert only(Key(2, "Bo Li", trade="foundry")) == ["trade"]
    assert only(Key(2, "Bo Li", position="Head of Stock", closeness=1)) == []


def test_the_better_fit_comes_first_and_the_third_waits():
    ring = [
        replace(WELL, id=1, name="Far", closeness=4),
        replace(WELL, id=2, name="Near", closeness=5),
        replace(WELL, id=3, name="Alike", closeness=5, position="Stock keeper"),
    ]
    random.Random(1).shuffle(ring)
    found = fitting(ring, ABOUT, side=Side.OUTSIDE, earned=True, period_days=PERIOD)
    assert [each.name for each in found.offered] == ["Alike", "Near"]
    assert found.without == {Without.MORE_THAN_TWO: 1}


def test_stale_knowledge_comes_after_fresh():
    fresh = replace(WELL, id=2, name="Zed", confirmed_days=10)
    stale = replace(WELL, id=1, name="Abe", confirmed_days=2_000)
    found = fitting([stale, fresh], ABOUT, side=Side.OUTSIDE, earned=True, period_days=PERIOD)
    assert [each.name for each in found.offered] == ["Zed", "Abe"]


def test_more_business_brings_in_nobody():
    found = fitting([WELL], ABOUT, side=Side.NOBODY, earned=True, period_days=PERIOD)
    assert (found.offered, found.without) == ((), {Without.NO_NAMES: 1})


def test_companies_and_people_are_told_apart():
    assert same_company("Kettle & Sons Ltd.", "KETTLE AND SONS")
    assert not same_company("Kettle", "Marl")
    assert not same_company("", "")
    assert not same_company("GmbH", "AG")
    assert same_person("Ines Marl", "marl, INES")
    assert not same_person("Ines Marl", "Ines")
    assert not same_person("", "")
    assert named_in("Finn Holm", "Finn Holm of Holm Joinery")
    assert not named_in("Finn Holm", "Finn of Joinery")
    assert bare_company("The Kettle Company, Inc.") == "kettle"


def test_words_in_common_are_those_that_say_something():
    assert common_words("Head of Stocks and Projects", ["New stock system"]) == ("stocks",)
    assert common_words("Senior Project Manager", ["A project for the manager"]) == ()
    assert common_words("", ["anything"]) == ()


@given(ring=rings, language=st.sampled_from(["en", "de", "xx"]))
def test_the_question_names_who_is_offered_and_nobody_else(ring, language):
    marked = [replace(key, name=f"Q{key.id}Q {{x}}") for key in ring]
    found = fitting(marked, ABOUT, side=Side.OUTSIDE, earned=True, period_days=PERIOD)
    said = names.question(found.offered, language)
    assert {key.id for key in marked if f"Q{key.id}Q" in said} == {
        each.key_id for each in found.offered
    }
    assert said.count("?") == (1 if found.offered else 0)
    assert all(names.because(each, language).endswith(".") for each in found.offered)


def test_the_question_says_we_and_help_and_leaves_a_way_out():
    two = fitting(
        [WELL, replace(WELL, id=2, name="Bo Li", company="")],
        ABOUT, side=Side.OUTSIDE, earned=True, period_days=PERIOD,
    )  # fmt: skip
    assert names.question(two.offered) == (
        "Might Bo Li or Ines Marl at Marl Design be somebody whom we could help in the same way? "
        "You know best whether it fits, and neither hears of it from us."
    )
    assert "Könnte Bo Li oder Ines Marl bei Marl Design" in names.question(two.offered, "de-AT")
    inside = fitting(
        [replace(WELL, inside=True, position="Head of Stock")],
        ABOUT, side=Side.INSIDE, earned=True, period_days=PERIOD,
    )  # fmt: skip
    assert names.question(inside.offered).startswith("Might Ines Marl (Head of Stock) be ")
    assert names.question(()) == ""


def test_the_reason_is_said_in_words():
    key = replace(WELL, closeness=5, relation="worked together for years", trade="foundry")
    [one] = fitting([key], ABOUT, side=Side.OUTSIDE, earned=True, period_days=PERIOD).offered
    assert names.because(one) == (
        "They know each other very well; how they know each other: worked together for years; "
        "their company is in the same trade (foundry)."
    )


@pytest.mark.parametrize("code", [str(why) for why in Without if why != Without.MORE_THAN_TWO])
def test_nobody_is_explained(code):
    assert names.nobody({code: 2}).endswith(".")
    assert "fits: ." not in names.nobody({code: 2})
