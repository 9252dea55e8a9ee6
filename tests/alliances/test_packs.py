"""Legal packs: their data, their review, and that the strictest wins."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.policies.packs import SECTORS, About, Mode, Side, between, packs, ruling

TODAY = dt.date.today()
GENERAL = Side("general", "DE")
sides = st.builds(
    Side, st.sampled_from(list(SECTORS)), st.sampled_from(["", "DE", "US", "US-NY", "US-CA", "GB"])
)


def overdue(found, today):
    return [pack.id for pack in found if pack.review_by < today]


def test_no_pack_is_past_its_review():
    assert overdue(packs(), TODAY) == [], "read its source again, then move review_by"


def test_that_an_overdue_pack_would_be_noticed():
    late = max(pack.review_by for pack in packs()) + dt.timedelta(days=1)
    assert overdue(packs(), late) == [pack.id for pack in packs()]


def test_each_pack_says_where_it_was_read():
    for pack in packs():
        assert pack.reviewed_on < pack.review_by
        assert set(pack.sector) <= {*SECTORS, "*"}
        if pack.confidence != "our choice":
            assert urlsplit(pack.source_url).scheme == "https"


@pytest.mark.parametrize(
    ("ours", "theirs", "mode", "exclusive"),
    [
        (GENERAL, GENERAL, Mode.COUNT, True),
        (GENERAL, Side(), Mode.OBSERVE, False),
        (Side(), Side(), Mode.OBSERVE, False),
        (GENERAL, Side("lawyer", "US-CA"), Mode.OBSERVE, False),
        (GENERAL, Side("lawyer", "US-NY"), Mode.OFF, False),
        # The place of either side is enough.
        (Side("general", "US-NY"), Side("lawyer", "DE"), Mode.OFF, False),
        (GENERAL, Side("lawyer", "DE"), Mode.OBSERVE, False),
        (GENERAL, Side("lawyer", "GB"), Mode.OBSERVE, False),
        (GENERAL, Side("settlement_services", "US"), Mode.OFF, False),
        (GENERAL, Side("settlement_services", "DE"), Mode.OBSERVE, False),
        (Side("physician", "US-TX"), GENERAL, Mode.OFF, False),
        (Side("health_federal", "US"), Side("lawyer", "US"), Mode.OFF, False),
        (GENERAL, Side("insurance", "US-NY"), Mode.OBSERVE, False),
        (Side("adviser", "US"), GENERAL, Mode.OBSERVE, False),
        (Side("bank", "US"), GENERAL, Mode.OBSERVE, False),
        (Side("bank", "DE"), GENERAL, Mode.OBSERVE, False),
        # Rules about mail, data and rewards don't put an exchange down.
        (Side("general", "US-WA"), Side("general", "CA"), Mode.COUNT, True),
    ],
)
def test_what_each_pack_refuses_and_allows(ours, theirs, mode, exclusive):
    found = between(ours, theirs, on=TODAY)
    assert (found.mode, found.exclusive_allowed) == (mode, exclusive)


def test_the_strictest_wins_over_every_pair_of_packs():
    deciding = [pack for pack in packs() if About.RECIPROCITY in pack.about]
    assert len(deciding) > 9
    for first, second in combinations(deciding, 2):
        both = ruling(
            [first, second],
            Side(first.sector[0].replace("*", "unknown"), first.jurisdiction[0].replace("*", "")),
            Side(second.sector[0].replace("*", "unknown"), second.jurisdiction[0].replace("*", "")),
            on=TODAY,
        )
        strictest = max(first.reciprocity_mode, second.reciprocity_mode, key=lambda m: m.rank)
        if {first, second} <= set(both.packs):
            assert both.mode is strictest
            assert both.exclusive_allowed is (first.exclusive_allowed and second.exclusive_allowed)


@given(sides, sides)
def test_neither_order_nor_another_side_makes_it_looser(one, other):
    both = between(one, other, on=TODAY)
    assert both.mode is between(other, one, on=TODAY).mode
    assert both.mode.rank >= between(one, on=TODAY).mode.rank
    assert both.packs


@given(sides, sides)
def test_an_expired_review_counts_nothing(one, other):
    late = max(pack.review_by for pack in packs()) + dt.timedelta(days=1)
    found = between(one, other, on=late)
    assert found.mode is not Mode.COUNT
    assert not found.exclusive_allowed
