"""The verdicts as SQL: objections over the facts, then the move and the days until it is looked
at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlglot import exp

from warmhand.rulebook import FACTS, NEVER, OVERRIDABLE, RULES, Facts, Move, Policy
from warmhand.rulebook.compiled import Bound, bound
from warmhand.rulebook.edges import Edge
from warmhand.rulebook.moves import PROPOSALS
from warmhand.rulebook.tree import Fact, Truth, both, no

from .facts_sql import batch_facts
from .printer import Printer, big, least, switch, whole
from .relations import Verdict

OVER_FACTS = Printer(facts="f")
ANSWERS = ("client", "move", "objections", "lifted", "review_in")
"""Columns of an answer: client id, move, two bit masks in the order of RULES and OVERRIDABLE,
days or null.
"""


def batch_verdicts(policy: Policy, *, with_facts: bool = True) -> exp.Select:
    """The verdicts of all clients under this policy, with their facts if wanted."""
    rules = bound(policy)
    columns: list[exp.Expr] = [
        exp.column("client", table="f"),
        exp.alias_(_move(rules), "move"),
        exp.alias_(_mask(f"o_{code}" for code in rules.objects), "objections"),
        exp.alias_(_mask(f"l_{code}" for code in rules.lifted), "lifted"),
        exp.alias_(_review_in(rules), "review_in"),
    ]
    if with_facts:
        columns.extend(exp.column(name, table="f") for name in FACTS)
    return exp.select(*columns).from_(_objections(rules).subquery("f", copy=False), copy=False)


def _objections(rules: Bound) -> exp.Select:
    """The facts and, for each rule, whether it objects and whether it is lifted."""
    columns: list[exp.Expr] = [exp.column(exp.Star(), table="f")]
    for code, truth in rules.objects.items():
        lifted = rules.lifted.get(code)
        objects = truth if lifted is None else both(truth, no(lifted))
        columns.append(exp.alias_(OVER_FACTS.truth(objects), f"o_{code}"))
    for code, lifted in rules.lifted.items():
        columns.append(exp.alias_(_held(rules.objects[code], lifted), f"l_{code}"))
    return exp.select(*columns).from_(batch_facts().subquery("f", copy=False), copy=False)


def _held(*truths: Truth) -> exp.Expr:
    return exp.and_(*(OVER_FACTS.truth(truth) for truth in truths))


def _move(rules: Bound) -> exp.Expr:
    branches = [
        (OVER_FACTS.truth(when), exp.Literal.string(proposal.move.value))
        for proposal, when in zip(PROPOSALS, rules.proposals, strict=True)
    ]
    return switch(branches)


def _mask(columns: Iterable[str]) -> exp.Expr:
    """One number with a bit for each column that is true."""
    total: exp.Expr = big(whole(0))
    for place, name in enumerate(columns):
        bit = switch([(exp.column(name, table="f"), whole(1 << place))]).else_(whole(0))
        total = exp.Add(this=total, expression=bit)
    return total


def _review_in(rules: Bound) -> exp.Expr:
    """The least number of days in which an edge turns; null where none does."""
    return least([_turn(edge) for edge in rules.edges])


def _turn(edge: Edge) -> exp.Expr:
    """Days until this edge turns, null where it lies behind or the fact does not move."""
    fact, days = OVER_FACTS.num(Fact(edge.fact)), OVER_FACTS.num(edge.days)
    moves = exp.LT(this=exp.Abs(this=fact), expression=whole(NEVER))
    ahead = exp.GT(this=days, expression=whole(0))
    return switch([(exp.and_(moves, ahead), days)])


def codes_in(mask: int, codes: Iterable[str]) -> tuple[str, ...]:
    """The codes whose bit is set in a mask."""
    return tuple(code for place, code in enumerate(codes) if mask >> place & 1)


def verdict_of(row: Sequence[Any], today: date) -> Verdict:
    """One row of an answer, with its facts where they follow."""
    client, move, objections, lifted, review_in, *facts = row
    return Verdict(
        client=client,
        move=Move(move),
        codes=codes_in(objections, RULES),
        overridden=codes_in(lifted, OVERRIDABLE),
        review_on=None if review_in is None else today + timedelta(days=review_in),
        facts=facts_of(facts) if facts else None,
    )


def facts_of(numbers: Sequence[int]) -> Facts:
    """Facts out of their numbers, in the order of their declaration."""
    return Facts(**dict(zip(FACTS, numbers, strict=True)))
