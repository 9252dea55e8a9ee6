from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given

from tests.rulebook.cases import EARNED, TODAY, with_
from tests.rulebook.strategies import some_facts, some_policies
from warmhand.rulebook import (
    NEVER,
    RULES,
    Facts,
    Lift,
    Move,
    Policy,
    PolicyError,
    advance,
    decide,
    earliest_ask,
    explain,
    what_if,
)


def test_an_earned_ask_is_explained_by_its_evidence():
    found = explain(EARNED, Policy(), TODAY)
    assert found.earliest == TODAY
    assert found.to_earn == ()
    assert found.evidence == (
        "2 of 3 agreed things came on or before the day.",
        "The latest thing that we can show is 20 days old.",
        "They rated us 9 of 10, 10 days ago.",
        "We did them 1 favour, the latest 40 days ago.",
        "They were never asked.",
    )


def test_what_time_lifts_has_an_earliest_day():
    found = explain(with_({"asks": 1, "days_since_ask_1": 12}), Policy(), TODAY)
    assert found.decision.reasons[0].sentence == "We asked 12 days ago; 90 days of rest are kept."
    assert found.earliest == TODAY + timedelta(days=78)


def test_what_we_must_mend_has_no_earliest_day_by_time_alone():
    facts = with_({"open_cases": 2, "asks": 1, "days_since_ask_1": 60})
    found = explain(facts, Policy(), TODAY)
    assert found.earliest is None
    assert found.earliest_if_mended == TODAY + timedelta(days=30)
    assert found.why == "2 cases of theirs are still open."
    assert [each.code for each in found.to_earn] == ["case_open", "asked_recently"]


def test_a_busy_time_before_the_rest_is_over_moves_the_earliest_day():
    rest_over = {"asks": 1, "days_since_ask_1": 80}
    busy = {"busy_starts_in": 5, "busy_days_left": 20}
    found = explain(with_({**rest_over, **busy}), Policy(), TODAY)
    assert found.earliest == TODAY + timedelta(days=20)


def test_evidence_may_run_out_before_the_door_opens():
    facts = with_({"days_since_ask_1": 0, "days_since_rating": 300})
    assert earliest_ask(facts, Policy(), TODAY) is None


@given(some_facts(), some_policies())
def test_the_earliest_day_is_right(facts, policy):
    earliest = earliest_ask(facts, policy, TODAY)
    last = 400 if earliest is None else (earliest - TODAY).days
    if earliest is not None:
        assert decide(advance(facts, last), policy, TODAY).may_ask
    for days in range(0, last, 13):
        assert not decide(advance(facts, days), policy, TODAY).may_ask


@given(some_facts(), some_policies())
def test_every_sentence_is_whole_and_names_no_placeholder(facts, policy):
    found = explain(facts, policy, TODAY)
    for sentence in (found.why, *found.evidence, *(each.mend for each in found.to_earn)):
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert str(NEVER) not in sentence


def test_reasons_come_in_the_order_in_which_they_can_be_changed():
    facts = with_({"last_score": 5, "days_since_ask_1": 3, "thanks_owed": 1, "open_cases": 1})
    lifts = [each.lift for each in decide(facts, Policy(), TODAY).reasons]
    assert decide(facts, Policy(), TODAY).codes[0] == "thanks_owed"
    assert lifts == [Lift.US, Lift.US, Lift.TIME, Lift.CLIENT]


def test_what_if_a_fact_changes():
    found = what_if(with_({"open_cases": 1}), Policy(), {"open_cases": 0}, TODAY)
    assert (found.before.move, found.after.move) == (Move.WAIT, Move.ASK)
    assert found.gone == ("case_open",)
    assert found.differs


def test_what_if_a_setting_changes():
    found = what_if(EARNED, Policy(), {"happy_at_least": 10, "rest_days": 90}, TODAY)
    assert found.new == ("not_happy",)
    assert found.as_dict()["after"]["may_ask"] is False


def test_what_if_nothing_that_matters_changes():
    assert not what_if(EARNED, Policy(), {"given": 3}, TODAY).differs


@pytest.mark.parametrize(
    "changes", [{"mood": 1}, {"open_cases": "many"}, {"rest_days": 0}, {"last_score": None}]
)
def test_what_if_refuses_what_it_does_not_know(changes):
    with pytest.raises(PolicyError) as refused:
        what_if(EARNED, Policy(), changes, TODAY)
    assert refused.value.problems[0].field in changes


def test_json_has_plain_values_only():
    import json

    text = json.dumps(
        explain(with_({"days_since_ask_1": 12}), Policy(), date(2026, 3, 2)).as_dict()
    )
    found = json.loads(text)
    reason = found["reasons"][0]
    assert reason["until"] == "2026-05-19"
    assert reason["lift"] == {"by": "time", "sentence": "Wait, and give meanwhile."}
    assert found["earliest"] == "2026-05-19"


def test_every_rule_explains_itself():
    for code, rule in RULES.items():
        assert rule.meaning.endswith(".") or rule.meaning.endswith(").")
        assert rule.title
        assert rule.practice.startswith("P")
        assert rule.article in {"000", "001", "002", "003", "004"}
        assert rule.facts, code


def test_only_what_time_changes_is_lifted_by_time():
    from warmhand.rulebook import FACTS

    for rule in RULES.values():
        if rule.lift is Lift.TIME:
            assert any(FACTS[name].moves for name in rule.facts)


def test_nothing_on_record_explains_what_is_missing():
    found = explain(Facts(), Policy(), TODAY)
    assert found.earliest is None
    assert found.earliest_if_mended == TODAY
    assert found.evidence == ()


@pytest.mark.parametrize(
    ("value", "spec", "said"),
    [
        (0, "ago", "today"),
        (1, "ago", "1 day ago"),
        (12, "ago", "12 days ago"),
        (-5, "day", "5 days"),
        (1, "is/are", "is"),
        (2, "is/are", "are"),
        (9, "", "9"),
    ],
)
def test_figures_are_said_as_people_say_them(value, spec, said):
    from warmhand.rulebook.sentences import figure

    assert figure(value, spec) == said


def test_making_good_begins_a_rest_before_the_ask():
    """'Put it right and ask at once' would be asking somebody who was unhappy yesterday (P7)."""
    unhappy = with_({"lowest_open_score": 2, "last_score": 2})
    found = explain(unhappy, Policy(), TODAY)
    assert found.earliest is None
    assert found.earliest_if_mended == TODAY + timedelta(days=Policy().recovery_rest_days)
