"""What a pack says: counted from its records, said in its language, cut where it is long."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.printing.packs import TODAY, ago, entry, full_pack
from warmhand.printing import Concern, Item, Point, Score, State, lay_out
from warmhand.printing.charts import Axis
from warmhand.printing.sheet import POINTS, ROWS
from warmhand.wording.pack_texts import pack_texts

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))


@pytest.mark.parametrize(
    ("days", "state", "mark"),
    [
        ((90, 40, 40), State.ON_TIME, "on the day"),
        ((90, 40, 41), State.EARLY, "1 day early"),
        ((90, 40, 50), State.EARLY, "10 days early"),
        ((90, 40, 39), State.LATE, "1 day late"),
        ((90, 40, 5), State.LATE, "35 days late"),
        ((90, None, 5), State.DELIVERED, "delivered"),
        ((90, 0, None), State.OPEN, "under way"),
        ((90, 1, None), State.OVERDUE, "overdue"),
    ],
)
def test_how_something_agreed_turned_out(days, state, mark):
    row = lay_out(full_pack(entries=(entry("Roof", *days),))).entries.shown[0]
    assert (row.state, row.mark) == (state, mark)


def test_figures_are_counted_and_what_was_cancelled_is_not():
    tiles = [(tile.figure, tile.label) for tile in lay_out(full_pack()).tiles]
    assert [figure for figure, _ in tiles] == ["3 of 4", "1 of 3", "6", "9 of 10", "2"]


def test_the_lead_says_what_is_so():
    kept = lay_out(full_pack(entries=(entry(), entry("B")))).lead
    assert kept == "We agreed on 2 things, and delivered every one on or before the day."
    some = lay_out(full_pack()).lead
    assert some == "Of the 4 things we agreed on, 3 are delivered, 1 of them on or before the day."
    assert "every one" not in lay_out(full_pack(entries=())).lead


def test_a_language_is_said_throughout():
    sheet = lay_out(full_pack(texts=pack_texts("de")))
    assert sheet.title == "Unser Rückblick"
    assert "November" in sheet.period
    assert "40" not in sheet.entries.shown[0].mark
    assert {row.mark for row in sheet.entries.shown} >= {"zum Termin", "8 Tage später", "in Arbeit"}
    assert pack_texts("de").keys() == pack_texts("en").keys()


def test_long_lists_are_cut_to_the_latest_and_say_so():
    entries = tuple(entry(f"No. {n}", 500 + n, 400 + n, 400 + n) for n in range(1000))
    cases = tuple(Concern(f"Case {n}", ago(n + 9), ago(n + 3)) for n in range(1000))
    favours = tuple(Item(Point.NEED, f"Need {n}") for n in range(POINTS + 1))
    sheet = lay_out(full_pack(entries=entries, cases=cases, open_points=favours))
    assert len(sheet.entries.shown) == len(sheet.cases.shown) == ROWS
    assert sheet.entries.more == sheet.cases.more == f"and {1000 - ROWS} more"
    assert sheet.entries.shown[-1].what == "No. 0"
    assert sheet.open_points.more == "and 1 more"
    assert sheet.tiles[0].figure == "1,000 of 1,000"


def test_the_bars_are_numbered_as_the_table_is():
    sheet = lay_out(full_pack())
    assert [(bar.number, bar.days, bar.confirmed) for bar in sheet.bars.bars] == [
        (1, 10, True),
        (2, 2, False),
    ]
    assert [(row.number, row.days) for row in sheet.cases.shown] == [(1, "10"), (2, "2"), (3, "")]


def test_no_chart_of_one_value():
    sheet = lay_out(full_pack(cases=(), ratings=(Score(TODAY, 9),), entries=()))
    assert sheet.bars is sheet.curve is sheet.time_line is None


def test_the_value_of_what_was_delivered_is_summed_by_currency():
    assert lay_out(full_pack()).values == ("€1,200.50",)


@given(DAYS, DAYS, DAYS)
def test_every_day_has_a_place_on_the_axis(one, two, three):
    axis = Axis(min(one, two), max(one, two))
    assert 0 <= axis.at(three) <= 1
    assert axis.at(axis.first) == 0
    assert axis.at(None) == -1
    ticks = axis.ticks("en_GB")
    assert len(ticks) <= 7
    assert [tick.at for tick in ticks] == sorted(tick.at for tick in ticks)
