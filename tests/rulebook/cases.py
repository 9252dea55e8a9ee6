"""One client of each kind: what earns the ask, and for each code and move the smallest change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from warmhand.rulebook import NEVER, Facts, Move, Policy

TODAY = date(2026, 3, 2)

EARNED = Facts(
    consent=1,
    tenure=400,
    commitments=3,
    delivered=3,
    delivered_on_time=2,
    days_since_delivery=20,
    days_since_proof=20,
    last_score=9,
    days_since_rating=10,
    favours=1,
    days_since_favour=40,
)
"""Agreed, delivered, happy, and given to: nothing stands in the way."""

ASKED = {"asks": 1, "days_since_ask_1": 12}
PROVE_BY_TIME = Policy(new_clients_may_prove=False)

ONLY = {
    "do_not_ask": {"do_not_ask": 1},
    "no_consent": {"consent": 0},
    "unhappy": {"lowest_open_score": 4},
    "reputation_hurt": {"hurts": 1},
    "thanks_owed": {"thanks_owed": 1},
    "case_open": {"open_cases": 1},
    "resolution_unconfirmed": {"unconfirmed_cases": 1, "days_since_unconfirmed": 3},
    "recovering": {"days_since_recovery": 29},
    "commitment_overdue": {"next_due_in": -1},
    "not_cultivated": {"favours": 0, "days_since_favour": NEVER},
    "nothing_agreed": {"commitments": 0},
    "nothing_delivered": {"delivered": 0},
    "happiness_unknown": {"days_since_rating": 366},
    "not_happy": {"last_score": 7},
    "nothing_to_show": {"days_since_proof": NEVER},
    "busy_time": {"busy_starts_in": 0, "busy_days_left": 1},
    "asked_recently": ASKED,
    "ask_budget_spent": {"asks": 2, "days_since_ask_1": 100, "days_since_ask_2": 364},
    "company_budget_spent": {"days_since_company_ask_1": 1, "days_since_company_ask_2": 1},
    "refused_recently": {"days_since_refusal": 179},
    "refused_twice": {"days_since_refusal": 181, "days_since_refusal_2": 729},
    "put_off": {"later_in": 1},
    "ask_open": {"open_asks": 1},
    "too_new": {"tenure": 181},
}
"""For each code, what makes it the only objection of an earned client."""

JUST_NOT = {
    "do_not_ask": {"do_not_ask": 1, "do_not_ask_ends_in": 0},
    "no_consent": {"consent": -1},
    "unhappy": {"lowest_open_score": 5},
    "resolution_unconfirmed": {"unconfirmed_cases": 1, "days_since_unconfirmed": 181},
    "recovering": {"days_since_recovery": 30},
    "commitment_overdue": {"next_due_in": 0, "favour_due_in": 0},
    "not_cultivated": {"days_since_favour": NEVER, "days_since_given": 365},
    "happiness_unknown": {"days_since_rating": 365},
    "not_happy": {"last_score": 8},
    "nothing_to_show": {"days_since_proof": 365},
    "busy_time": {"busy_starts_in": 1, "busy_days_left": 2},
    "asked_recently": {"asks": 1, "days_since_ask_1": 90},
    "ask_budget_spent": {"asks": 2, "days_since_ask_1": 100, "days_since_ask_2": 365},
    "company_budget_spent": {"days_since_company_ask_1": 1, "days_since_company_ask_2": 365},
    "refused_recently": {"days_since_refusal": 180},
    "refused_twice": {"days_since_refusal": 181, "days_since_refusal_2": 730},
    "put_off": {"later_in": 0},
    "too_new": {"tenure": 182},
}
"""The other side of each edge: nothing objects."""

MOVES = {
    Move.RECOVER: {"lowest_open_score": 2, "thanks_owed": 1},
    Move.THANK: {"thanks_owed": 1, "unconfirmed_cases": 1, "days_since_unconfirmed": 1},
    Move.CONFIRM_RESOLUTION: {"unconfirmed_cases": 1, "days_since_unconfirmed": 0},
    Move.KEEP_PROMISE: {"favour_due_in": -2},
    Move.INVITE_TO_REVIEW: {"days_since_rating": NEVER, "last_score": -1},
    Move.GIVE_REFERRAL: {"days_since_favour": NEVER, "needs": 1},
    Move.FAVOUR: {"days_since_favour": NEVER},
    Move.OFFER: {"offers_active": 1},
    Move.ASK_MORE: {"needs_for_us": 1},
    Move.ASK_COWORKER: {"keys_inside": 2, "keys_outside": 1},
    Move.ASK: {"keys_inside": 1, "keys_outside": 1},
    Move.WAIT: ASKED,
}


def with_(changes: dict[str, int]) -> Facts:
    """An earned client with some facts changed."""
    return replace(EARNED, **changes)


def policy_for(code: str) -> Policy:
    """The policy under which the case of this code is told."""
    return PROVE_BY_TIME if code == "too_new" else Policy()
