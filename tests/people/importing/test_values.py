import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.people.importing import values
from warmhand.apps.people.importing.values import DateOrder, DecimalMark

DAY, MONTH, YEAR = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST


@pytest.mark.parametrize(
    ("text", "order", "wanted"),
    [
        ("2026-02-28", DAY, (2026, 2, 28)),
        ("1996-07-04 00:00:00.000", DAY, (1996, 7, 4)),
        ("2026-02-28T10:00:00Z", DAY, (2026, 2, 28)),
        ("20260228", DAY, (2026, 2, 28)),
        ("03/04/2026", DAY, (2026, 4, 3)),
        ("03/04/2026", MONTH, (2026, 3, 4)),
        ("3.4.26", DAY, (2026, 4, 3)),
        ("31/12/1999 11:59 PM", DAY, (1999, 12, 31)),
        ("4 July 1996", MONTH, (1996, 7, 4)),
        ("July 4, 1996", DAY, (1996, 7, 4)),
        ("4. März 2026", MONTH, (2026, 3, 4)),
        ("4 de julio de 1996", MONTH, (1996, 7, 4)),
        ("04-Jul-1996", MONTH, (1996, 7, 4)),
    ],
)
def test_dates(text, order, wanted):
    assert values.parse_date(text, order) == datetime.date(*wanted)


@pytest.mark.parametrize(
    "text", ["31/02/2026", "2026-02-30", "00/01/2026", "soon", "", "1", "13/13/13"]
)
def test_what_is_no_day_is_none(text):
    assert values.parse_date(text, DAY) is None


@pytest.mark.parametrize(
    ("text", "mark", "wanted"),
    [
        ("1,234.50", DecimalMark.POINT, "1234.50"),
        ("1.234,50 €", DecimalMark.COMMA, "1234.50"),
        ("$5", DecimalMark.POINT, "5"),
        ("(3.5)", DecimalMark.POINT, "-3.5"),
        ("95 %", DecimalMark.POINT, "95"),
        ("1'000", DecimalMark.POINT, "1000"),
        ("1 000,5", DecimalMark.COMMA, "1000.5"),
        (".5", DecimalMark.POINT, "0.5"),
    ],
)
def test_numbers(text, mark, wanted):
    assert values.parse_number(text, mark) == Decimal(wanted)


@pytest.mark.parametrize("text", ["12a", "1,5", "1.2.3", "--1", "", "=1+1", "NaN", "1e9", "٣"])
def test_what_is_no_number_is_none(text):
    assert values.parse_number(text, DecimalMark.POINT) is None


def test_flags_addresses_telephones_and_places():
    assert [values.parse_flag(text) for text in ("Ja", "no", "vielleicht")] == [True, False, None]
    assert values.parse_email(" Ada@Example.ORG ") == "ada@example.org"
    assert values.parse_email("ada@") is None
    assert values.parse_phone("030-0074321", "DE") == "+49300074321"
    assert values.parse_phone("tel:+1-418-656-9254;ext=102", None) == "+14186569254"
    assert values.parse_phone("030-0074321", None) is None
    assert [values.country_code(t) for t in ("UK", "USA", "Deutschland", "España", "Oz")] == [
        "GB", "US", "DE", "ES", None,
    ]  # fmt: skip
    assert [values.language_code(t) for t in ("de-AT", "Spanish", "??")] == ["de", "es", None]
    assert values.parse_timezone("europe/berlin") == "Europe/Berlin"


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)))
def test_a_date_written_in_an_order_is_read_back_in_it(day):
    assert values.parse_date(day.strftime("%d/%m/%Y"), DAY) == day
    assert values.parse_date(day.strftime("%m/%d/%Y"), MONTH) == day
    assert values.parse_date(day.strftime("%d.%m.%y"), DAY) == day
    assert values.parse_date(day.isoformat(), MONTH) == day


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_number_written_with_groups_is_read_back(number):
    english = f"{number:,}"
    assert values.parse_number(english, DecimalMark.POINT) == number
    german = english.translate(str.maketrans(",.", ".,"))
    assert values.parse_number(german, DecimalMark.COMMA) == number


@given(st.text(max_size=40), st.sampled_from(DateOrder), st.sampled_from(DecimalMark))
def test_no_text_breaks_a_reader(text, order, mark):
    values.parse_date(text, order)
    values.parse_number(text, mark)
    values.parse_email(text)
    values.parse_phone(text, "DE")
    values.parse_timezone(text)
    values.language_code(text)
    values.country_code(text)
    values.parse_flag(text)
