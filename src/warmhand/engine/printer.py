"""The traced tree as SQL, built with SQLGlot's expressions so that each dialect is written by
its own generator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from warmhand.rulebook.tree import (
    Arith,
    Both,
    Certain,
    Column,
    Compare,
    Const,
    Either,
    Fact,
    Missing,
    No,
    Num,
    Objects,
    Otherwise,
    TextIs,
    Today,
    Truth,
)

_BINARY: Final[dict[str, Callable[..., exp.Expr]]] = {
    "+": exp.Add,
    "-": exp.Sub,
    "*": exp.Mul,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
    "=": exp.EQ,
}


def whole(value: int) -> exp.Expr:
    """A number as a literal."""
    return exp.Literal.number(value) if value >= 0 else exp.paren(exp.Neg(this=whole(-value)))


def parameter(name: str) -> exp.Expr:
    """A whole number that is passed when the statement runs."""
    return big(exp.Placeholder(this=name))


def among(column: exp.Expr, name: str) -> exp.Expr:
    """True where the column is in a list of whole numbers that is passed."""
    listed = exp.cast(exp.Placeholder(this=name), "BIGINT[]")
    return exp.EQ(this=column, expression=exp.Any(this=exp.paren(listed)))


def big(inner: exp.Expr) -> exp.Expr:
    """As a 64-bit whole number, so that packing never overflows."""
    return exp.cast(inner, "BIGINT")


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints trees over the columns of `row` (a source's alias) or the facts of `facts`."""

    row: str = "s"
    facts: str = "f"

    def num(self, node: Num) -> exp.Expr:
        """A number."""
        match node:
            case Const(value):
                return whole(value)
            case Fact(name):
                return exp.column(name, table=self.facts)
            case Column(name):
                return exp.column(name, table=self.row)
            case Otherwise(name, default):
                return coalesce(exp.column(name, table=self.row), self.num(default))
            case Today():
                return parameter("today")
            case Arith(op, left, right):
                return exp.paren(_BINARY[op](this=self.num(left), expression=self.num(right)))
        raise TypeError(f"no SQL for {node!r}")

    def truth(self, node: Truth) -> exp.Expr:
        """A truth that is never null: every column that may be empty says what empty means."""
        match node:
            case Certain(value):
                return exp.true() if value else exp.false()
            case Compare(op, left, right):
                return _BINARY[op](this=self.num(left), expression=self.num(right))
            case Both(left, right):
                return exp.and_(self.truth(left), self.truth(right))
            case Either(left, right):
                return exp.or_(self.truth(left), self.truth(right))
            case No(inner):
                return exp.not_(self.truth(inner))
            case Objects(code):
                return exp.column(f"o_{code}", table=self.facts)
            case Missing(column):
                return exp.column(column, table=self.row).is_(exp.null())
            case TextIs(column, text):
                return exp.column(column, table=self.row).eq(exp.Literal.string(text))
        raise TypeError(f"no SQL for {node!r}")


def coalesce(*values: exp.Expr) -> exp.Expr:
    """The first that is not null."""
    return exp.Coalesce(this=values[0], expressions=list(values[1:]))


def remainder(inner: exp.Expr, divisor: int) -> exp.Expr:
    """What a division leaves; as a function, since a per cent sign would read as a parameter."""
    return exp.Anonymous(this="MOD", expressions=[inner, whole(divisor)])


def bounded(inner: exp.Expr, limit: int) -> exp.Expr:
    """`inner`, which is not null, held between -limit and limit."""
    lower = exp.Greatest(this=inner, expressions=[whole(-limit)], ignore_nulls=True)
    return least([lower, whole(limit)])


def least(values: list[exp.Expr]) -> exp.Expr:
    """The least that is not null; null where all are."""
    return exp.Least(this=values[0], expressions=values[1:], ignore_nulls=True)


def switch(branches: Sequence[tuple[exp.Expr, exp.Expr]]) -> exp.Case:
    """CASE WHEN ... THEN ... END."""
    return exp.Case(ifs=[exp.If(this=when, true=then) for when, then in branches])
