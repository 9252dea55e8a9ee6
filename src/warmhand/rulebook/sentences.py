"""Sentences with figures: `{rest_days:day}` becomes "90 days", `{open_cases:is/are}` agrees
with the number.
"""

from __future__ import annotations

from string import Formatter

from .facts import Facts
from .policy import Policy
from .rule import Sentence


class _Figures(Formatter):
    """Fills in whole numbers with their noun; days past are said without a minus."""

    def format_field(self, value: object, format_spec: str) -> str:
        if not isinstance(value, int) or not format_spec:
            return str(value)
        one = abs(value) == 1
        if "/" in format_spec:
            singular, _, plural = format_spec.partition("/")
            return singular if one else plural
        return f"{abs(value)} {format_spec}{'' if one else 's'}"


_FIGURES = _Figures()


def fill(sentence: Sentence, facts: Facts, policy: Policy) -> str:
    """The sentence for these facts under this policy, with its figures."""
    template = sentence if isinstance(sentence, str) else sentence(facts, policy)
    if "{" not in template:
        return template
    return _FIGURES.vformat(template, (), {**policy.to_values(), **facts.as_dict()})
