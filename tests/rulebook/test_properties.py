"""What holds for every client, every policy and every day."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.rulebook.cases import EARNED, TODAY
from tests.rulebook.strategies import setting, some_facts, some_policies
from warmhand.rulebook import (
    ASKS,
    NEVER,
    OVERRIDABLE,
    SERVICE,
    SETTINGS,
    Facts,
    Lift,
    Move,
    Policy,
    advance,
    decide,
)

FACTS = some_facts()
POLICIES = some_policies()
STRICTER_UP = (
    "rest_days",
    "period_days",
    "refusal_rest_days",
    "second_refusal_rest_days",
    "recovery_rest_days",
    "min_tenure_days",
    "confirm_window_days",
    "happy_at_least",
    "unhappy_at_most",
)
STRICTER_DOWN = (
    "asks_per_period",
    "company_asks_per_period",
    "evidence_days",
    "rating_valid_days",
    "cultivation_days",
)


def verdict(facts, policy):
    found = decide(facts, policy, TODAY)
    return found.move, frozenset(found.codes), found.overridden


def possible(decision):
    """The move and the runners-up."""
    return {decision.move, *(each.move for each in decision.runners_up)}


@given(FACTS, POLICIES)
def test_a_refusal_always_has_a_reason(facts, policy):
    decision = decide(facts, policy, TODAY)
    assert decision.may_ask == (not decision.reasons)
    assert decision.may_ask or not possible(decision) & set(ASKS)
    for reason in decision.reasons:
        assert set(reason.as_dict()) == {"code", "sentence", "practice", "lift", "until"}
        assert reason.sentence.endswith(".")
        assert reason.mend.endswith(".")
        assert "{" not in reason.sentence + reason.mend
        assert str(NEVER) not in reason.sentence + reason.mend


@given(FACTS, POLICIES)
def test_withdrawing_consent_never_opens_a_door(facts, policy):
    before = decide(facts, policy, TODAY)
    after = decide(replace(facts, consent=0), policy, TODAY)
    assert set(before.codes) <= set(after.codes)
    assert not after.may_ask
    assert possible(after) <= {*SERVICE, Move.WAIT}


@given(FACTS, POLICIES)
def test_a_wish_not_to_be_asked_leaves_favours_only(facts, policy):
    wished = replace(facts, do_not_ask=1, do_not_ask_ends_in=NEVER)
    after = decide(wished, policy, TODAY)
    assert set(decide(facts, policy, TODAY).codes) <= set(after.codes)
    assert possible(after) <= {*SERVICE, Move.FAVOUR, Move.GIVE_REFERRAL, Move.WAIT}


@given(FACTS, POLICIES)
def test_a_dated_reason_is_gone_on_its_date_and_not_before(facts, policy):
    for reason in decide(facts, policy, TODAY).reasons:
        if reason.until is None:
            continue
        days = (reason.until - TODAY).days
        assert days > 0
        assert reason.code not in decide(advance(facts, days), policy, TODAY).codes
        day_before = decide(advance(facts, days - 1), policy, TODAY)
        assert reason.code in (*day_before.codes, *day_before.overridden)


@given(FACTS, POLICIES)
def test_what_time_lifts_has_a_date_unless_the_policy_asks_nobody(facts, policy):
    assume(policy.asks_per_period and policy.company_asks_per_period)
    for reason in decide(facts, policy, TODAY).reasons:
        assert reason.until or reason.lift is not Lift.TIME


@given(FACTS, POLICIES, st.sampled_from(STRICTER_UP), st.data())
@settings(max_examples=200)
def test_a_longer_rest_never_permits_more(facts, policy, name, data):
    value = data.draw(setting(name))
    assume(value >= getattr(policy, name))
    assume(name != "unhappy_at_most" or value < policy.happy_at_least)
    stricter = policy.changed(**{name: value})
    assert set(decide(facts, policy, TODAY).codes) <= set(decide(facts, stricter, TODAY).codes)


@given(FACTS, POLICIES, st.sampled_from(STRICTER_DOWN), st.data())
@settings(max_examples=200)
def test_a_smaller_budget_never_permits_more(facts, policy, name, data):
    value = data.draw(setting(name))
    assume(value <= getattr(policy, name))
    stricter = policy.changed(**{name: value})
    assert set(decide(facts, policy, TODAY).codes) <= set(decide(facts, stricter, TODAY).codes)


@given(FACTS, POLICIES, st.integers(0, 6))
def test_an_unhappy_signal_never_permits_more(facts, policy, score):
    assume(score <= policy.unhappy_at_most)
    lower = min(facts.lowest_open_score, score)
    signalled = replace(facts, lowest_open_score=lower, last_score=score, days_since_rating=0)
    after = decide(signalled, policy, TODAY)
    assert after.move is Move.RECOVER
    assert not possible(after) & {*ASKS, Move.OFFER}
    assert "unhappy" in after.codes


@given(FACTS, POLICIES)
def test_an_override_lifts_only_what_is_ours_to_lift(facts, policy):
    every = {f"override_{code}": 30 for code in OVERRIDABLE}
    none = {f"override_{code}": -NEVER for code in OVERRIDABLE}
    plain = decide(replace(facts, **none), policy, TODAY)
    lifted = decide(replace(facts, **every), policy, TODAY)
    assert set(lifted.codes) == set(plain.codes) - set(OVERRIDABLE)
    assert set(lifted.overridden) == set(plain.codes) & set(OVERRIDABLE)
    kept = {"do_not_ask", "no_consent", "unhappy", "refused_recently", "resolution_unconfirmed"}
    assert not kept & set(OVERRIDABLE)


@given(FACTS, POLICIES, st.integers(1, 900))
@settings(max_examples=300)
@example(EARNED, Policy(), 400)
def test_no_verdict_changes_before_its_review_day(facts, policy, days):
    review_on = decide(facts, policy, TODAY).review_on
    if review_on is not None:
        days = min(days, (review_on - TODAY).days - 1)
    assert verdict(advance(facts, days), policy) == verdict(facts, policy)


@given(POLICIES, st.integers(0, 10), st.integers(0, 10), st.integers(0, 365), st.data())
def test_a_high_score_alone_never_earns_an_ask(policy, score, introduce, days, data):
    """P6: whatever the scores, somebody for whom we did nothing unpaid is not asked."""
    happy = Facts(
        last_score=score, would_introduce=introduce, last_review_score=score,
        days_since_rating=days, days_since_review=days,
    )  # fmt: skip
    assert not decide(happy, policy, TODAY).may_ask
    served = replace(
        EARNED, last_score=score, would_introduce=introduce, favours=0, days_since_favour=NEVER
    )
    assert "not_cultivated" in decide(served, policy, TODAY).codes


@given(FACTS, st.integers(0, 400), st.integers(0, 400))
def test_moving_in_time_adds_up(facts, first, then):
    assert advance(advance(facts, first), then) == advance(facts, first + then)


@given(FACTS, POLICIES)
def test_stored_facts_and_policies_decide_the_same_again(facts, policy):
    again = Policy.from_values(policy.to_values())
    assert again == policy
    assert decide(Facts(**facts.as_dict()), again, TODAY) == decide(facts, policy, TODAY)


def test_every_setting_is_named_stricter_or_plain():
    """A new setting must be thought of here, or be one that permits nothing by itself."""
    plain = {
        "new_clients_may_prove", "favour_rhythm_days", "review_rhythm_days", "recent_review_days",
        "offer_rest_days", "would_introduce_at_least", "quarter_end_days", "thanks_due_days",
        "require_recorded_consent", "h1_move", "h2_resolved_moment", "rewards",
        "follow_up_first_days", "follow_up_second_days", "follow_up_third_days",
        "outcome_visibility", "licence_warn_days",
    }  # fmt: skip
    assert set(SETTINGS) == {*STRICTER_UP, *STRICTER_DOWN, *plain}
