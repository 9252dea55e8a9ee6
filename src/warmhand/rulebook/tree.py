"""The small expression tree that facts and rules are traced into.

Numbers (`Num`) are whole; truths (`Truth`) are a type of their own, because `~True` is -2 in
Python and
`and` / `or` cannot be traced. Every engine is a printer of this tree; `evaluate` is the reference.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Final, TypeVar

COMPARISONS: Final[Mapping[str, Callable[[int, int], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
ARITHMETIC: Final[Mapping[str, Callable[[int, int], int]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


class Num:
    """A whole number that is not known yet."""

    __slots__ = ()

    def __add__(self, other: Num | int) -> Num:
        return Arith("+", self, number(other))

    def __sub__(self, other: Num | int) -> Num:
        return Arith("-", self, number(other))

    def __mul__(self, other: Num | int) -> Num:
        return Arith("*", self, number(other))

    def __lt__(self, other: Num | int) -> Truth:
        return Compare("<", self, number(other))

    def __le__(self, other: Num | int) -> Truth:
        return Compare("<=", self, number(other))

    def __gt__(self, other: Num | int) -> Truth:
        return Compare(">", self, number(other))

    def __ge__(self, other: Num | int) -> Truth:
        return Compare(">=", self, number(other))

    def equals(self, other: Num | int) -> Truth:
        """True where both are the same number (`==` stays the equality of trees)."""
        return Compare("=", self, number(other))

    def __bool__(self) -> bool:
        raise TypeError("a traced number has no truth yet: compare it")


class Truth:
    """A truth that is not known yet. Combine with `&`, `|`, `~`."""

    __slots__ = ()

    def __and__(self, other: Truth) -> Truth:
        return Both(self, other)

    def __or__(self, other: Truth) -> Truth:
        return Either(self, other)

    def __invert__(self) -> Truth:
        return No(self)

    def __bool__(self) -> bool:
        raise TypeError("a traced truth has no value yet: use &, | and ~, not and, or, not")


@dataclass(frozen=True, slots=True)
class Const(Num):
    """A number that is known."""

    value: int


@dataclass(frozen=True, slots=True)
class Fact(Num):
    """A fact about one client, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Setting(Num):
    """A setting of the policy, by name; yes is 1, a choice is its place in the list."""

    name: str


@dataclass(frozen=True, slots=True)
class Today(Num):
    """The day the facts are of, in days since 1970-01-01."""


@dataclass(frozen=True, slots=True)
class Column(Num):
    """A column of a source that always holds a number."""

    name: str


@dataclass(frozen=True, slots=True)
class Maybe:
    """A column of a source that may be empty: say what empty means before using it."""

    name: str

    @property
    def missing(self) -> Truth:
        """True where nothing is recorded."""
        return Missing(self.name)

    @property
    def present(self) -> Truth:
        """True where something is recorded."""
        return No(Missing(self.name))

    def otherwise(self, default: Num | int) -> Num:
        """The column's number, or `default` where nothing is recorded."""
        return Otherwise(self.name, number(default))


@dataclass(frozen=True, slots=True)
class Words:
    """A column of a source that holds a code word."""

    name: str

    def equals(self, text: str) -> Truth:
        """True where the column holds exactly this word."""
        return TextIs(self.name, text)


@dataclass(frozen=True, slots=True)
class Otherwise(Num):
    """A column, or a default where it is empty."""

    column: str
    default: Num


@dataclass(frozen=True, slots=True)
class Arith(Num):
    """A sum, difference or product."""

    op: str
    left: Num
    right: Num


@dataclass(frozen=True, slots=True)
class Certain(Truth):
    """A truth that is known."""

    value: bool


@dataclass(frozen=True, slots=True)
class Compare(Truth):
    """Two numbers compared; `op` is a key of COMPARISONS."""

    op: str
    left: Num
    right: Num


@dataclass(frozen=True, slots=True)
class Missing(Truth):
    """True where a column is empty."""

    column: str


@dataclass(frozen=True, slots=True)
class TextIs(Truth):
    """True where a column of words holds this word."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Objects(Truth):
    """True where the rule of this code objects and no override lifts it."""

    code: str


@dataclass(frozen=True, slots=True)
class Both(Truth):
    """Logical and."""

    left: Truth
    right: Truth


@dataclass(frozen=True, slots=True)
class Either(Truth):
    """Logical or."""

    left: Truth
    right: Truth


@dataclass(frozen=True, slots=True)
class No(Truth):
    """Logical not."""

    inner: Truth


Node = Num | Truth
Value = TypeVar("Value")


def number(value: Num | int) -> Num:
    """A traced number out of a plain one."""
    return value if isinstance(value, Num) else Const(int(value))


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below `node`."""
    for each in fields(node):  # type: ignore[arg-type]
        value = getattr(node, each.name)
        if isinstance(value, (Num, Truth)):
            yield value


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known while a tree is evaluated; leave out what the tree does not use."""

    facts: Mapping[str, int] | None = None
    settings: Mapping[str, int] | None = None
    row: Mapping[str, int | str | None] | None = None
    objections: Mapping[str, bool] | None = None
    today: int | None = None


def given(values: Mapping[str, Value] | None, name: str) -> Value:
    """The value of a name, with a clear error where the tree uses what was not given."""
    if values is None:
        raise LookupError(f"{name} is not known here")
    return values[name]


def worth(node: Num, known: Known) -> int:
    """The number that `node` stands for."""
    match node:
        case Const(value):
            return value
        case Fact(name):
            return given(known.facts, name)
        case Setting(name):
            return given(known.settings, name)
        case Arith(op, left, right):
            return ARITHMETIC[op](worth(left, known), worth(right, known))
        case Today():
            return given({} if known.today is None else {"today": known.today}, "today")
        case Column(name) | Otherwise(name):
            return cell(node, name, known)
    raise TypeError(f"not a number: {node!r}")


def cell(node: Num, name: str, known: Known) -> int:
    """The number in a column of the row at hand."""
    value = given(known.row, name)
    if value is None and isinstance(node, Otherwise):
        return worth(node.default, known)
    if not isinstance(value, int):
        raise TypeError(f"column {name} holds {value!r}, not a whole number")
    return value


def holds(node: Truth, known: Known) -> bool:
    """Whether `node` is true."""
    match node:
        case Certain(value):
            return value
        case Compare(op, left, right):
            return COMPARISONS[op](worth(left, known), worth(right, known))
        case Both(left, right):
            return holds(left, known) and holds(right, known)
        case Either(left, right):
            return holds(left, known) or holds(right, known)
        case No(inner):
            return not holds(inner, known)
        case Objects(code):
            return given(known.objections, code)
        case Missing(column):
            return given(known.row, column) is None
        case TextIs(column, text):
            return given(known.row, column) == text
    raise TypeError(f"not a truth: {node!r}")


def bind(node: Num, settings: Mapping[str, int]) -> Num:
    """`node` with the settings filled in and known sums worked out."""
    match node:
        case Setting(name):
            return Const(settings[name])
        case Arith(op, left, right):
            first, second = bind(left, settings), bind(right, settings)
            if isinstance(first, Const) and isinstance(second, Const):
                return Const(ARITHMETIC[op](first.value, second.value))
            return Arith(op, first, second)
    return node


def settle(node: Truth, settings: Mapping[str, int]) -> Truth:
    """`node` with the settings filled in and known truths worked out."""
    match node:
        case Compare(op, left, right):
            first, second = bind(left, settings), bind(right, settings)
            if isinstance(first, Const) and isinstance(second, Const):
                return Certain(COMPARISONS[op](first.value, second.value))
            return Compare(op, first, second)
        case Both(left, right):
            return both(settle(left, settings), settle(right, settings))
        case Either(left, right):
            return no(both(no(settle(left, settings)), no(settle(right, settings))))
        case No(inner):
            return no(settle(inner, settings))
    return node


def both(left: Truth, right: Truth) -> Truth:
    """Logical and, without parts that are certain."""
    if isinstance(left, Certain):
        return right if left.value else left
    if isinstance(right, Certain):
        return left if right.value else right
    if isinstance(left, No) and isinstance(right, No):
        return No(Either(left.inner, right.inner))
    return Both(left, right)


def no(inner: Truth) -> Truth:
    """Logical not, without a double not."""
    if isinstance(inner, Certain):
        return Certain(not inner.value)
    return inner.inner if isinstance(inner, No) else No(inner)
