"""Sentences with figures: `{rest_days:day}` becomes "90 days", `{tenure:ago}` "12 days ago" or
"today", `{open_cases:is/are}` agrees with the number.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from string import Formatter

from .facts import FACTS, Facts
from .policy import Policy
from .rule import Sentence


def fill(sentence: Sentence, facts: Facts, policy: Policy) -> str:
    """The sentence for these facts under this policy, with its figures."""
    template = sentence if isinstance(sentence, str) else sentence(facts, policy)
    return filled(template, lambda name: getattr(facts if name in FACTS else policy, name))


def filled(template: str, value: Callable[[str], int]) -> str:
    """A sentence with its figures, each looked up by its name."""
    parts = []
    for text, name, spec in _parts(template):
        parts.append(text)
        if name:
            parts.append(figure(value(name), spec))
    return "".join(parts)


def figure(value: int, spec: str) -> str:
    """A whole number with its noun, or the one of two words that agrees with it.

    Days past are said without a minus: "3 days overdue".
    """
    one = abs(value) == 1
    if "/" in spec:
        singular, _, plural = spec.partition("/")
        return singular if one else plural
    if spec == "ago":
        return "today" if value == 0 else f"{figure(value, 'day')} ago"
    if not spec:
        return str(value)
    return f"{abs(value)} {spec}{'' if one else 's'}"


@lru_cache(maxsize=512)
def _parts(template: str) -> tuple[tuple[str, str, str], ...]:
    """Text, then the name of a figure and how it is said, as often as they follow each other."""
    return tuple(
        (text, name or "", spec or "") for text, name, spec, _ in Formatter().parse(template)
    )
