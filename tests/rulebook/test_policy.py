from __future__ import annotations

import re

import pytest

from warmhand.rulebook import RULES, SETTINGS, Policy, PolicyError


def test_values_left_out_keep_their_default():
    assert Policy.from_values({"rest_days": 120}) == Policy(rest_days=120)
    assert Policy.from_values({}) == Policy()


def test_every_wrong_field_is_named_with_what_is_allowed():
    with pytest.raises(PolicyError) as refused:
        Policy.from_values({"rest_days": 5, "h1_move": "beg", "colour": 1, "asks_per_period": "2"})
    problems = {each.field: each for each in refused.value.problems}
    assert set(problems) == {"rest_days", "h1_move", "colour", "asks_per_period"}
    assert problems["rest_days"].allowed == "a whole number from 30 to 365"
    assert problems["h1_move"].allowed == "one of mixed, ask, offer, need_prompt"
    assert "5 is not allowed" in str(refused.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rest_days": True},
        {"rest_days": 90.0},
        {"rest_days": None},
        {"require_recorded_consent": 1},
        {"h1_move": 0},
        {"asks_per_period": -1},
        {"company_asks_per_period": 7},
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(wrong):
    with pytest.raises(PolicyError):
        Policy.from_values(wrong)
    with pytest.raises(PolicyError):
        Policy(**wrong)
    with pytest.raises(PolicyError):
        Policy().changed(**wrong)


@pytest.mark.parametrize("info", SETTINGS.values(), ids=SETTINGS)
def test_each_setting_says_what_it_rests_on_and_has_its_default_in_range(info):
    assert info.title
    assert info.sentence.endswith(".")
    assert re.search(r"\b(P\d+|E\d+|H\d|our choice)\b", info.basis)
    assert info.accepts(info.default)
    if info.kind == "whole number":
        assert info.minimum <= info.default <= info.maximum
        assert not info.accepts(info.minimum - 1)
        assert not info.accepts(info.maximum + 1)


def test_each_rule_names_only_settings_that_exist():
    assert all(set(rule.settings) <= set(SETTINGS) for rule in RULES.values())


def test_the_numbers_that_rules_see():
    numbers = Policy(require_recorded_consent=True, h1_move="offer").numbers
    assert numbers["require_recorded_consent"] == 1
    assert numbers["h1_move"] == 2
    assert numbers["rest_days"] == 90
