"""The rulebook printed as Python for one client: once per policy, then a few microseconds a
decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from .edges import Edge, edges
from .facts import OVERRIDABLE, Facts
from .moves import PROPOSALS
from .policy import Policy
from .rules import RULES
from .tree import (
    Arith,
    Both,
    Certain,
    Compare,
    Const,
    Either,
    Fact,
    No,
    Num,
    Objects,
    Truth,
    no,
    settle,
    walk,
)

Verdict = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]
"""Codes that object, codes that an override lifts, and the places of the proposals that hold."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The rulebook with one policy's settings filled in; what every printer starts from."""

    objects: dict[str, Truth]
    lifted: dict[str, Truth]
    proposals: tuple[Truth, ...]
    edges: tuple[Edge, ...]
    rule_edges: dict[str, tuple[Edge, ...]]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that the rulebook uses under this policy."""
        names = (name for truth in self.truths for name in facts_in(truth))
        return tuple(dict.fromkeys(names))

    @property
    def truths(self) -> tuple[Truth, ...]:
        """Every tree: objections, overrides, proposals."""
        return (*self.objects.values(), *self.lifted.values(), *self.proposals)


def facts_in(truth: Truth) -> Iterable[str]:
    """The names of the facts in a tree."""
    return (node.name for node in walk(truth) if isinstance(node, Fact))


@lru_cache(maxsize=64)
def bound(policy: Policy) -> Bound:
    """The rulebook under this policy."""
    settings = policy.numbers
    objects = {code: no(settle(rule.permits, settings)) for code, rule in RULES.items()}
    lifted = {code: Fact(f"override_{code}") > 0 for code in OVERRIDABLE}
    proposals = tuple(settle(each.when, settings) for each in PROPOSALS)
    rule_edges = {code: edges([truth], settings) for code, truth in objects.items()}
    every = edges((*objects.values(), *lifted.values(), *proposals), settings)
    return Bound(objects, lifted, proposals, every, rule_edges)


def printed(node: Num | Truth) -> str:
    """A tree as a Python expression over local names."""
    match node:
        case Const(value) | Certain(value):
            return repr(value)
        case Fact(name):
            return name
        case Objects(code):
            return f"o_{code}"
        case No(inner):
            return f"(not {printed(inner)})"
        case Both(left, right):
            return f"({printed(left)} and {printed(right)})"
        case Either(left, right):
            return f"({printed(left)} or {printed(right)})"
        case Arith(op, left, right) | Compare(op, left, right):
            return f"({printed(left)} {'==' if op == '=' else op} {printed(right)})"
    raise TypeError(f"no Python for {node!r}")


def python_source(rules: Bound) -> str:
    """The source of `verdict(f)`: f is Facts, the answer a `Verdict`."""
    lines = ["def verdict(f):"]
    lines += [f"    {name} = f.{name}" for name in rules.facts]
    for code, truth in rules.objects.items():
        name = "r" if code in rules.lifted else "o"
        lines.append(f"    {name}_{code} = {printed(truth)}")
    for code, truth in rules.lifted.items():
        lines.append(f"    l_{code} = r_{code} and {printed(truth)}")
        lines.append(f"    o_{code} = r_{code} and not l_{code}")
    lines.append(f"    codes = {_chosen('o', rules.objects)}")
    lines.append(f"    lifted = {_chosen('l', rules.lifted)}")
    held = ", ".join(f"({at}, {printed(truth)})" for at, truth in enumerate(rules.proposals))
    lines.append(f"    moves = tuple([at for at, holds in ({held},) if holds])")
    lines.append("    return codes, lifted, moves")
    return "\n".join(lines)


def _chosen(prefix: str, codes: Iterable[str]) -> str:
    pairs = ", ".join(f"({code!r}, {prefix}_{code})" for code in codes)
    return f"tuple([code for code, holds in ({pairs},) if holds])"


@lru_cache(maxsize=64)
def verdict_function(policy: Policy) -> Callable[[Facts], Verdict]:
    """The rulebook under this policy as one Python function."""
    space: dict[str, object] = {}
    code = compile(python_source(bound(policy)), "<rulebook>", "exec")
    exec(code, space)  # noqa: S102 - our own printed rules: names are checked while tracing
    return cast(Callable[[Facts], Verdict], space["verdict"])
