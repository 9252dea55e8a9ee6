"""What an exchange was worth: in the digits of its currency, each currency by itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alliances.stories import ally, general
from warmhand.apps.alliances import queries, services
from warmhand.apps.alliances.worth import kept_value, stand_apart, unit_of, worth_said
from warmhand.apps.gratitude.rewards import minor_digits
from warmhand.problems import Invalid

UNITS = ("EUR", "JPY", "KWD", "USD", "points")


@pytest.mark.parametrize(
    ("amount", "unit", "kept", "said"),
    [("12.50", "EUR", 1250, "€12.50"), ("1200", "JPY", 1200, "¥1,200"),
     ("1.234", "KWD", 1234, "KWD\xa01.234"), ("7", "points", 7, "7 points")],
)  # fmt: skip
def test_each_currency_has_its_own_digits(amount, unit, kept, said):
    assert kept_value(Decimal(amount), unit) == kept
    assert worth_said(kept, unit) == said


@given(st.integers(-(10**12), 10**12), st.sampled_from(UNITS))
def test_what_is_said_is_what_was_kept(value, unit):
    digits = 0 if unit == "points" else minor_digits(unit)
    said = "".join(c for c in worth_said(value, unit).replace("−", "-") if c in "-.0123456789")
    assert Decimal(said) == Decimal(value).scaleb(-digits)
    assert kept_value(Decimal(value).scaleb(-digits), unit) == value


@pytest.mark.parametrize(
    ("amount", "unit", "where"),
    [("1.5", "JPY", "amount"), ("1.2345", "KWD", "amount"), ("1.5", "points", "amount"),
     ("1", "QQQ", "unit"), ("1", "", "unit")],
)  # fmt: skip
def test_what_no_currency_has(amount, unit, where):
    with pytest.raises(Invalid) as refused:
        kept_value(Decimal(amount), unit)
    assert [place.field for place in refused.value.places] == [where]


def test_a_unit_as_people_type_it():
    assert [unit_of(each) for each in (" eur ", "Points", "")] == ["EUR", "points", ""]


def test_several_currencies_are_said_to_stand_apart():
    assert stand_apart([{"EUR": 1}, {"EUR": 2}]) == ""
    assert "never added together" in stand_apart([{"EUR": 1}, {"JPY": 2}])


def test_no_invented_currency_by_the_service(world):
    general(world)
    made = ally(world)
    with pytest.raises(Invalid) as refused:
        services.record_exchange(
            by=world.by, alliance_id=made.pk, incoming=True, value=5, unit="QQQ"
        )
    assert [place.field for place in refused.value.places] == ["unit"]
    assert queries.ledger_of(made).apart == ""
