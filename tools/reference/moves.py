"""The moves, and the order in which they are proposed."""

from __future__ import annotations

from warmhand.rulebook import MOVES
from warmhand.rulebook.moves import PROPOSALS, MoveInfo, Proposal

from .text import NOTICE, code, sources, table, words

INTRODUCTION = """\
# Moves

For each client there is one move: the first line of this list whose condition holds. Further
lines that hold are told as the next best. [Why this
order](../explanation/rulebook.md#the-order-of-moves) is told elsewhere.

"""


def page() -> str:
    """The list in order, then each move."""
    rows = [
        (str(place), _link(each), sources(words(each.because)))
        for place, each in enumerate(PROPOSALS, start=1)
    ]
    listed = table(("", "move", "proposed because"), rows)
    return NOTICE + INTRODUCTION + listed + "\n" + "\n".join(map(_move, MOVES.values()))


def _link(proposal: Proposal) -> str:
    return f"[{MOVES[proposal.move].title}](#move-{proposal.move})"


def _move(info: MoveInfo) -> str:
    because = "\n".join(
        f"- {sources(words(each.because))}" for each in PROPOSALS if each.move is info.move
    )
    return (
        f"(move-{info.move})=\n## {info.title}\n\n{info.sentence}\n\n"
        f":Name: {code(info.move)}\n:Practice: {sources(info.practice)}\n\n"
        f"Proposed when\n\n{because}\n"
    )
