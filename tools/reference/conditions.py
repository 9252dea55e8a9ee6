"""A traced condition as a line that a person can read."""

from __future__ import annotations

from collections.abc import Iterator

from warmhand.rulebook.tree import (
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
    Setting,
    Truth,
)


def readable(node: Num | Truth) -> str:
    """The condition over facts and settings, with `and`, `or`, `not`."""
    match node:
        case Const(value):
            return str(value)
        case Certain(value):
            return "always" if value else "never"
        case Fact(name) | Setting(name):
            return name
        case Objects(name):
            return f"{name} objects"
        case No(inner):
            return f"not ({readable(inner)})"
        case Both():
            return "\nand ".join(_side(each) for each in _chain(node, Both) if _says(each))
        case Either():
            return " or ".join(_side(each) for each in _chain(node, Either))
        case Arith(op, left, right) | Compare(op, left, right):
            return f"{readable(left)} {op} {readable(right)}"
    raise TypeError(f"no words for {node!r}")


def _chain(node: Truth, kind: type[Both] | type[Either]) -> Iterator[Truth]:
    if isinstance(node, kind):
        yield from _chain(node.left, kind)
        yield from _chain(node.right, kind)
    else:
        yield node


def _says(node: Truth) -> bool:
    return not (isinstance(node, Certain) and node.value)


def _side(node: Truth) -> str:
    text = readable(node).replace("\n", " ")
    return f"({text})" if isinstance(node, Both | Either) else text
