"""Proposals for the next favour: what they rest on, their order, and that nothing is made up."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.matching.favours import (
    Busy,
    Expert,
    Known,
    Told,
    Wish,
    free_day,
    last_of_year,
    proposals,
)

TODAY = dt.date(2026, 3, 4)  # a Wednesday
ADA = Known(1, "Ada Kettle")
MOVER = Wish(7, "A good mover for the warehouse", dt.date(2026, 2, 1))


def first(known: Known):
    return proposals(known, TODAY)[0]


def abouts(known: Known) -> list[str]:
    return [each.about for each in proposals(known, TODAY)]


def test_where_nothing_is_known_it_says_so_and_listens():
    [only] = proposals(ADA, TODAY)
    assert only.about == "listen"
    assert "Nothing on record" in only.why[0]


def test_what_is_needed_now_comes_before_what_has_waited_longer():
    now = Wish(9, "A locksmith", dt.date(2026, 3, 3), urgency="now")
    found = proposals(replace(ADA, wishes=(MOVER, now)), TODAY)
    assert [each.about for each in found[:2]] == ["need:9", "need:7"]
    assert "They need it now." in found[0].why
    assert found[0].due_on < found[1].due_on


@pytest.mark.parametrize(
    ("may", "said"),
    [(None, "Ask them first"), (True, "we may pass it on"), (False, "stays between us")],
)
def test_each_proposal_says_whether_the_need_may_be_passed_on(may, said):
    assert said in first(replace(ADA, wishes=(replace(MOVER, may_pass_on=may),))).why[-1]


RACKS = Expert(3, 2, "Otto Holm (Holm Racks)", "We fit out warehouses", may_pass_on=True)


def test_another_clients_work_that_fits_is_proposed_with_its_reason():
    found = first(replace(ADA, wishes=(MOVER,), experts=(RACKS,)))
    assert found.about == "need:7:3"
    assert "Bring them together with Otto Holm" in found.what
    assert "both say “warehouse”" in " ".join(found.why)
    asked = first(replace(ADA, wishes=(MOVER,), experts=(replace(RACKS, may_pass_on=None),)))
    assert asked.what.startswith("Ask whether we may name them")


@pytest.mark.parametrize(
    ("wish", "expert"),
    [
        ({"may_pass_on": False}, {}),
        ({}, {"may_pass_on": False}),
        ({}, {"client_id": 1}),
        ({}, {"words": "Wills and trusts"}),
    ],
)
def test_nobody_is_brought_together_against_a_no_or_without_a_fit(wish, expert):
    known = replace(ADA, wishes=(replace(MOVER, **wish),), experts=(replace(RACKS, **expert),))
    assert first(known).about == "need:7"
    assert "Otto" not in " ".join((first(known).what, *first(known).why))


def test_one_category_fits_without_a_common_word():
    wish, expert = replace(MOVER, category="484210"), replace(RACKS, words="Vans", category="48421")
    known = replace(ADA, wishes=(wish,), experts=(expert,))
    assert "the same category, 4842" in " ".join(first(known).why)


def test_a_promise_is_kept_before_anything_new():
    promise = Told(5, "Find them a notary", dt.date(2026, 2, 20))
    found = first(replace(ADA, promised=(promise,), wishes=(MOVER,)))
    assert (found.favour_id, found.what) == (5, "Find them a notary")


def test_notes_are_quoted_only_where_they_hold_an_opening():
    known = replace(ADA, notes="Rings back before nine. Her daughter starts college in Leeds.")
    found = first(known)
    assert "“Her daughter starts college in Leeds.”" in found.what
    assert found.kind == "personal"
    assert abouts(replace(ADA, notes="Rings back before nine.")) == ["listen"]
    assert first(replace(ADA, notes="They are switching software.")).kind == "professional"


def test_the_calendar_is_read_before_and_after_a_busy_time():
    fair = Busy("Spring fair", dt.date(2026, 4, 1), dt.date(2026, 4, 10))
    known = replace(ADA, busy=(fair,))
    assert "“Spring fair” begins" in first(known).what
    during = proposals(known, dt.date(2026, 4, 5))[0]
    assert "“Spring fair” went" in during.what
    assert during.due_on == dt.date(2026, 4, 13)  # the 11th is a Saturday
    assert "busy" not in abouts(replace(ADA, busy=(replace(fair, starts_on=dt.date(2026, 7, 1)),)))


@pytest.mark.parametrize(
    ("month", "today", "ends"),
    [
        (3, dt.date(2026, 3, 4), dt.date(2026, 3, 31)),
        (12, dt.date(2026, 3, 4), dt.date(2026, 12, 31)),
        (2, dt.date(2026, 3, 4), dt.date(2027, 2, 28)),
        (2, dt.date(2028, 2, 29), dt.date(2028, 2, 29)),
    ],
)
def test_when_a_year_ends(month, today, ends):
    assert last_of_year(month, today) == ends


def test_a_year_that_ends_soon_is_a_reason():
    assert first(replace(ADA, year_end_month=3)).about == "year_end:2026-03"
    assert abouts(replace(ADA, year_end_month=12)) == ["listen"]


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=400)
DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))
SPANS = st.builds(
    lambda label, start, length: Busy(label, start, start + dt.timedelta(days=length)),
    WORDS,
    DAYS,
    st.integers(0, 60),
)
MAY = st.sampled_from([None, True, False])
WISHES = st.builds(
    Wish, st.integers(1, 99), WORDS, DAYS, st.sampled_from(["now", "soon", "some_day"]),
    st.sampled_from(["", "484210", "541110"]), MAY,
)  # fmt: skip
EXPERTS = st.builds(
    Expert, st.integers(1, 99), st.integers(1, 3), st.just("Otto Holm"), WORDS,
    st.sampled_from(["", "484210"]), MAY,
)  # fmt: skip
KNOWN = st.builds(
    Known,
    client_id=st.integers(1, 3),
    name=st.just("Ada"),
    sector=st.sampled_from(["", "Foundry"]),
    year_end_month=st.none() | st.integers(1, 12),
    notes=WORDS,
    promised=st.tuples() | st.tuples(st.builds(Told, st.integers(1, 9), WORDS, DAYS)),
    wishes=st.lists(WISHES, max_size=3).map(tuple),
    experts=st.lists(EXPERTS, max_size=3).map(tuple),
    busy=st.lists(SPANS, max_size=3).map(tuple),
    review=st.none() | st.builds(Told, st.integers(1, 9), WORDS, DAYS),
    sent_to=st.tuples() | st.tuples(st.builds(Told, st.integers(1, 9), WORDS, DAYS)),
)


@given(KNOWN, DAYS)
def test_there_is_always_something_with_its_reason_and_a_free_day(known, today):
    found = proposals(known, today)
    assert found[-1].about == "listen"
    for each in found:
        assert all(each.why)
        assert each.due_on >= today
        assert each.kind in ("professional", "personal")
        assert len(each.about) <= 80
        assert each.favour_id or 0 < len(each.what) <= 300


@given(KNOWN, DAYS)
def test_what_is_put_aside_is_not_proposed_and_the_others_stay(known, today):
    every = proposals(known, today)
    gone = every[0].about
    left = proposals(replace(known, dismissed=frozenset({gone})), today)
    assert left == tuple(each for each in every if each.about != gone)


@given(KNOWN, DAYS)
def test_who_said_no_is_never_named(known, today):
    """Neither an expert who may not be named, nor anybody for a need that stays between us."""
    named = [each for each in proposals(known, today) if each.about.count(":") == 2]
    needs = [each for each in named if each.about.startswith("need:")]
    allowed = {(w.id, e.id) for w in known.wishes for e in known.experts
               if w.may_pass_on is not False and e.may_pass_on is not False
               and e.client_id != known.client_id}  # fmt: skip
    assert {tuple(map(int, re.findall(r"\d+", each.about))) for each in needs} <= allowed


@given(KNOWN, DAYS)
def test_a_free_day_is_a_working_day_outside_their_busy_times(known, day):
    found = free_day(known, day)
    assert found >= day
    assert found.weekday() < 5
    assert not any(busy.starts_on <= found <= busy.ends_on for busy in known.busy)
