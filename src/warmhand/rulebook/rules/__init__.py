"""The rules, one small function each, and the registry of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from warmhand.rulebook.rule import Rule
from warmhand.rulebook.rules import consent, evidence, timing, trust

RULES: Final[Mapping[str, Rule]] = {
    each.code: each
    for module in (consent, trust, evidence, timing)
    for each in vars(module).values()
    if isinstance(each, Rule)
}
"""Every rule by code: consent first, then trust, evidence and timing."""

__all__ = ["RULES"]
