"""The paper itself: for everyone to read, with the charts of the page, and honest (P5)."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.printing.packs import full_pack, read, squeezed, text_of
from warmhand.printing import (
    CHARTS,
    Brand,
    Concern,
    Entry,
    Item,
    Objection,
    Point,
    Score,
    chart_svg,
    head_svg,
    lay_out,
    pack_pdf,
)
from warmhand.wording.pack_texts import pack_texts, recovery_texts

UNHAPPY = Objection("unhappy", "They rated us 2 of 10.", "Make it good with them.", "P7")


def structure(pdf) -> list:
    """Every element of the tags, from the root down."""
    found, waiting = [], [read(pdf).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        children = node.get("/K", []) if hasattr(node, "get") else []
        found.append(node)
        children = children.get_object() if hasattr(children, "get_object") else children
        many = children if isinstance(children, list) else [children]
        waiting += [each for each in many if not isinstance(each.get_object(), int)]
    return [node for node in found if hasattr(node, "get") and node.get("/S")]


def test_it_is_tagged_for_screen_readers_with_title_and_language():
    made = pack_pdf(full_pack())
    root = read(made).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read(made).metadata.title == "Review pack for Ada Kettle, Kettle & Sons"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made


def test_charts_have_words_and_tables_have_heads():
    tags = structure(pack_pdf(full_pack()))
    alts = [node["/Alt"] for node in tags if node["/S"] == "/Figure"]
    assert len(alts) == 3
    assert any(text.startswith("Time line of 5 things agreed") for text in alts)
    assert any("10" in text and "median 6" in text for text in alts)
    kinds = [node["/S"] for node in tags]
    assert kinds.count("/TH") >= 13
    assert "/H1" in kinds


def test_pages_are_numbered_and_the_client_stands_at_the_head_of_later_ones():
    pages = read(pack_pdf(full_pack())).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        words = page.extract_text()
        assert f"Page {number} of {len(pages)}" in words
        assert "Prepared by Ruth Adeyemi, 26 November 2026" in words
        assert ("Review pack · Ada Kettle" in words) == (number > 1)


def test_it_says_what_was_agreed_delivered_and_is_open():
    words = text_of(pack_pdf(full_pack()))
    for said in (
        "The new roof", "8 days late", "Counting takes 38 % less time", "Found a notary",
        "Brodersen Movers", "You kept every date.", "Printed twice", "€1,200.50", "A mover",
        "How satisfied are you?", "median: 6 days", "cancelled", "Our next review",
    ):  # fmt: skip
        assert squeezed(said) in words


def test_a_link_can_be_followed():
    pages = read(pack_pdf(full_pack())).pages
    links = [a.get_object()["/A"]["/URI"] for page in pages for a in page.get("/Annots", [])]
    assert links == ["https://proof.example/pay"]


def test_the_same_pack_is_the_same_file():
    assert pack_pdf(full_pack()) == pack_pdf(full_pack())


def test_a_day_of_another_pack_is_another_file():
    later = full_pack(today=dt.date(2026, 11, 27))
    assert pack_pdf(full_pack()) != pack_pdf(later)


def test_nothing_favourable_gives_a_recovery_sheet_that_says_so():
    texts = {**pack_texts("en"), **recovery_texts()}
    owed = (Item(Point.CASE, "Cannot sign in", dt.date(2026, 11, 1)),)
    pack = full_pack(objections=(UNHAPPY,), put_right=owed, texts=texts)
    words = text_of(pack_pdf(pack))
    assert words.count(squeezed("For ourselves only. Not for the client.")) >= 2
    assert squeezed("They rated us 2 of 10.") in words
    assert squeezed("Make it good with them.") in words
    assert squeezed("Cannot sign in") in words
    # never an embellished pack
    assert squeezed("You kept every date.") not in words
    assert squeezed("Review pack") not in words
    assert read(pack_pdf(pack)).metadata.title == "Recovery sheet: Ada Kettle, Kettle & Sons"


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("narrow", [False, True])
def test_charts_for_the_page_are_pictures_and_no_programs(name, dark, narrow):
    brand = Brand("Harbour", "#ffe135")
    made = chart_svg(lay_out(full_pack()), name, brand, dark=dark, narrow=narrow)
    root = ET.fromstring(made)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "style", "foreignObject", "image", "a"}
    assert (float(root.get("width").removesuffix("pt")) < 400) == narrow


def test_a_chart_of_nothing_is_empty():
    sheet = lay_out(full_pack(entries=(), cases=(), ratings=()))
    assert [chart_svg(sheet, n, Brand("H"), dark=False, narrow=False) for n in CHARTS] == [b""] * 3


def test_the_head_shows_the_colour_before_it_is_saved():
    words = dict.fromkeys(("title", "whom", "period", "figure", "label"), "x")
    assert b"#123456" in head_svg(Brand("Harbour", "#123456"), words)


DAYS = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))
ENTRIES = st.builds(
    Entry,
    what=st.sampled_from(["Roof", "", "x" * 300]),
    agreed=DAYS,
    due=DAYS,
    delivered=DAYS,
    cancelled=st.none(),
    proof=st.sampled_from(["", "38 %", "https://proof.example/" + "a" * 200, "http://"]),
    value=st.none() | st.decimals(-(10**12), 10**12, places=2),
    currency=st.sampled_from(["", "EUR", "ZZZ", "€€€", "xy"]),
)
CASES = st.builds(
    lambda opened, days, confirmed: Concern(
        "A case",
        opened,
        None if days is None else opened + dt.timedelta(days=days),
        opened + dt.timedelta(days=days) if confirmed and days is not None else None,
    ),
    st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)),
    st.none() | st.integers(0, 3000),
    st.booleans(),
)
RATINGS = st.builds(Score, st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)), st.integers(0, 10))
COLOURS = st.sampled_from(["", "#ffffff", "#000000", "#ffe135", "#7f7f7f"])


@settings(max_examples=60, deadline=None)
@given(st.lists(ENTRIES, max_size=20), st.lists(CASES, max_size=20), st.lists(RATINGS), COLOURS)
def test_whatever_days_are_on_record_there_is_a_paper_with_its_charts(
    entries, cases, ratings, colour
):
    many = {"entries": tuple(entries), "cases": tuple(cases), "ratings": tuple(ratings)}
    pack = full_pack(brand=Brand("Harbour", colour), **many)
    made = pack_pdf(pack)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    sheet = lay_out(pack)
    for name in CHARTS:
        for narrow in (False, True):
            drawn = chart_svg(sheet, name, pack.brand, dark=False, narrow=narrow)
            assert (drawn != b"") == (getattr(sheet, name) is not None)
            assert not drawn or ET.fromstring(drawn).tag.endswith("svg")
