"""What may be done now with a client, and why. Pure: no framework, no reading or writing, no
clock.
"""

from __future__ import annotations

from .decide import Alternative, Decision, Reason, decide
from .declare import NEVER, FactInfo, Unit
from .explain import Explanation, WhatIf, earliest_ask, explain, what_if
from .facts import FACTS, OVERRIDABLE, Facts, advance, facts_from
from .moves import MOVES, PROPOSALS, Merit, MoveInfo, Turn
from .order import FIRST, First, weight
from .policy import SETTINGS, Policy, PolicyError, PolicyProblem, SettingInfo
from .reviews import ReviewReason, comes_first, review_due, review_reasons
from .rule import ASKS, GIVES, SERVICE, Lift, Move, Rule
from .rules import RULES

__all__ = [
    "ASKS",
    "FACTS",
    "FIRST",
    "GIVES",
    "MOVES",
    "NEVER",
    "OVERRIDABLE",
    "PROPOSALS",
    "RULES",
    "SERVICE",
    "SETTINGS",
    "Alternative",
    "Decision",
    "Explanation",
    "FactInfo",
    "Facts",
    "First",
    "Lift",
    "Merit",
    "Move",
    "MoveInfo",
    "Policy",
    "PolicyError",
    "PolicyProblem",
    "Reason",
    "ReviewReason",
    "Rule",
    "SettingInfo",
    "Turn",
    "Unit",
    "WhatIf",
    "advance",
    "comes_first",
    "decide",
    "earliest_ask",
    "explain",
    "facts_from",
    "review_due",
    "review_reasons",
    "weight",
    "what_if",
]
