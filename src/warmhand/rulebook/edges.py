"""The days on which a comparison turns by time alone, derived from the traced tree.

A comparison may hold at most one fact that time moves, with no factor: `age >= number`. Then
the day of its
turn is a difference, and `review_on` is the earliest of them: no verdict changes before it
unless something
happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .declare import NEVER
from .facts import FACTS
from .tree import Compare, Const, Fact, Known, Num, Truth, bind, walk, worth


@dataclass(frozen=True, slots=True)
class Edge:
    """`fact >= at` turns by time alone. `at` holds no fact that moves; one day moves the fact by
    `step`, 1 or -1.
    """

    fact: str
    at: Num
    step: int

    @property
    def days(self) -> Num:
        """Days until it turns; it has turned already where this is not above 0."""
        if self.step > 0:
            return self.at - Fact(self.fact)
        return Fact(self.fact) - self.at + 1


class NotTraceableError(TypeError):
    """A rule compares facts in a way whose turning day cannot be derived."""


def edges(truths: Iterable[Truth], settings: Mapping[str, int]) -> tuple[Edge, ...]:
    """Every edge in these trees, each once, with the settings filled in."""
    found = (edge for truth in truths for edge in _edges_in(truth, settings))
    return tuple(dict.fromkeys(found))


def _edges_in(truth: Truth, settings: Mapping[str, int]) -> Iterator[Edge]:
    for node in walk(truth):
        if isinstance(node, Compare):
            edge = _edge(node)
            if edge is not None:
                yield Edge(edge.fact, bind(edge.at, settings), edge.step)


_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


def _edge(node: Compare) -> Edge | None:
    left, right = _moving(node.left), _moving(node.right)
    if not left and not right:
        return None
    if left and isinstance(node.left, Fact) and not right:
        return _against(node.left, node.op, node.right)
    if right and isinstance(node.right, Fact) and not left:
        return _against(node.right, _MIRROR[node.op], node.left)
    raise NotTraceableError(f"compare one age or countdown with a number: {node!r}")


def _against(fact: Fact, op: str, at: Num) -> Edge:
    """`fact op at` as an edge: `fact > 3` turns where `fact >= 4` does."""
    if op == "=":
        raise NotTraceableError(f"{fact.name} moves with time: compare it with < or >=, not equals")
    turn = at if op in (">=", "<") else at + 1
    return Edge(fact.name, turn, FACTS[fact.name].unit.step)


def _moving(node: Num) -> bool:
    return any(isinstance(each, Fact) and FACTS[each.name].moves for each in walk(node))


def turning_days(found: Iterable[Edge], facts: Mapping[str, int]) -> list[int]:
    """In how many days each edge turns, soonest first, each once; only what lies ahead."""
    ahead = {_turning(edge, facts) for edge in found if -NEVER < facts[edge.fact] < NEVER}
    return sorted(days for days in ahead if days > 0)


def _turning(edge: Edge, facts: Mapping[str, int]) -> int:
    """The same as `edge.days`, without building a tree: this runs for every decision."""
    at = edge.at.value if isinstance(edge.at, Const) else worth(edge.at, Known(facts=facts))
    now = facts[edge.fact]
    return at - now if edge.step > 0 else now - at + 1
