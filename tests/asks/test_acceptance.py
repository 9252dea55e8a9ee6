"""How asks are answered: what counts, shares with their cases, intervals, the warning (E27)."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.asks.acceptance import (
    ACCEPTED,
    FEWEST,
    LAST,
    AcceptanceFilter,
    acceptance,
    wilson,
)
from warmhand.apps.asks.models import Ask, variant_title


def made(world, outcomes, *, days=1, **values):
    """Asks with these outcomes, the first the oldest."""
    client = world.client()
    for number, outcome in enumerate(outcomes):
        ago = days + len(outcomes) - number
        at = dt.datetime.combine(world.days_ago(ago), dt.time(12), tzinfo=dt.UTC)
        Ask.objects.create(
            client=client, asked_on=world.days_ago(ago), asked_at=at, outcome=outcome, **values
        )


def by(found, name):
    return {share.value: (share.accepted, share.cases) for share in found.by[name]}


def test_what_counts_is_a_name_a_promise_and_an_offer_passed_on(world):
    every = [each for each in Ask.Outcome.values if each]
    made(world, [*every])
    found = acceptance()
    assert (found.overall.accepted, found.overall.cases) == (3, 5)
    assert set(ACCEPTED) == {"name", "will_introduce", "passed_on"}
    assert found.not_asked == 1
    made(world, [""])
    assert acceptance().waiting == 1
    assert acceptance().overall.cases == 5


def test_shares_by_kind_channel_moment_and_wording(world):
    made(world, ["name", "no"], kind="ask_coworker", channel="email", moment="review")
    made(world, ["passed_on"], variant="case-neutral")
    made(world, ["later", "no"], variant="own")
    found = acceptance()
    assert by(found, "kind") == {"ask": (1, 3), "ask_coworker": (1, 2)}
    assert by(found, "channel") == {"spoken": (1, 3), "email": (1, 2)}
    assert by(found, "moment") == {"review": (1, 2), "other": (1, 3)}
    assert by(found, "variant") == {"own": (0, 2), "case-neutral": (1, 1), "": (1, 2)}
    titles = [share.title for share in found.by["variant"]]
    assert titles == ["In their own words", "case-neutral", "Not noted"]
    for shares in found.by.values():  # each case stands once under each heading
        assert sum(share.cases for share in shares) == found.overall.cases


def test_only_what_was_asked_for(world):
    owner, agent = world.members["owner"], world.members["agent"]
    made(world, ["name"], member=owner, days=200)
    made(world, ["no", "no"], member=agent)
    cases = {
        AcceptanceFilter(): 3,
        AcceptanceFilter(member_id=owner.pk): 1,
        AcceptanceFilter(team="North"): 2,
        AcceptanceFilter(team="South"): 0,
        AcceptanceFilter(since=world.days_ago(90)): 2,
        AcceptanceFilter(until=world.days_ago(90)): 1,
    }
    assert {wanted: acceptance(wanted).overall.cases for wanted in cases} == cases
    assert acceptance(AcceptanceFilter(team="South")).last.percent is None


@pytest.mark.parametrize(
    ("outcomes", "stop"),
    [
        (["no"] * 6 + ["name"] * 4, True),
        (["no"] * 5 + ["name"] * 5, False),
        (["no"] * 9, False),  # too few to stop for
        (["name"] * 20 + ["no"] * 6 + ["name"] * 4, True),  # the latest count
        (["no"] * 20 + ["name"] * 10, False),
        (["no"] * 6 + ["name"] * 4 + ["not_asked"] * 9 + [""], True),  # no cases
    ],
)
def test_stop_and_diagnose(world, outcomes, stop):
    made(world, outcomes)
    found = acceptance()
    assert found.stop is stop
    assert found.last.cases == min(LAST, found.overall.cases)


def test_two_statements_however_many_asks(world):
    made(world, ["name", "no", "later"])
    with CaptureQueriesContext(connection) as few:
        acceptance()
    made(world, ["name", "no"] * 40, variant="own", channel="chat")
    with CaptureQueriesContext(connection) as many:
        acceptance()
    assert len(few) == len(many) == 2


def test_too_few_to_say(world):
    made(world, ["name"] * (FEWEST - 1))
    assert not acceptance().overall.enough
    made(world, ["no"])
    assert acceptance().overall.enough


@given(st.integers(0, 400), st.integers(0, 400))
def test_an_interval_holds_its_share_and_narrows_with_more_cases(accepted, more):
    cases = accepted + more
    found = wilson(accepted, cases)
    if not cases:
        assert found is None
        return
    low, high = found
    assert 0 <= low <= accepted / cases <= high <= 1
    assert (low == 0) == (accepted == 0)
    assert (high == 1) == (accepted == cases)
    wider = high - low
    low, high = wilson(accepted * 4, cases * 4)
    assert high - low < wider


@pytest.mark.parametrize(
    ("accepted", "cases", "low", "high"),
    # Newcombe 1998, table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (29, 29, 0.8830, 1)],
)
def test_the_interval_is_wilsons(accepted, cases, low, high):
    assert wilson(accepted, cases) == pytest.approx((low, high), abs=5e-5)


def test_the_interval_holds_the_true_share_in_about_95_of_100_cases():
    chance = random.Random(7)
    for true, cases in ((0.5, 40), (0.3, 25), (0.8, 60)):
        held = Counter()
        for _ in range(2000):
            accepted = sum(chance.random() < true for _ in range(cases))
            low, high = wilson(accepted, cases)
            held[low <= true <= high] += 1
        assert 0.92 < held[True] / 2000 < 0.98


@pytest.mark.parametrize(
    ("variant", "told"),
    [
        ("ask.case.email.formal", "Client to client, after a case was solved, e-mail, formal"),
        ("ask_more.review.spoken.relaxed.named",
         "More business, in or after a review, spoken, relaxed, with a name"),
        ("own", "In their own words"),
        ("", "Not noted"),
        ("ask.case.email", "ask.case.email"),
        ("ask.case.email.formal.extra", "ask.case.email.formal.extra"),
        ("theirs-7", "theirs-7"),
    ],
)  # fmt: skip
def test_a_wording_is_told_in_words(variant, told):
    assert variant_title(variant) == told


@given(st.text(max_size=60))
def test_any_key_is_told_somehow(variant):
    assert variant_title(variant)
