"""The stream every reader produces: rows, and refusals of single rows, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from warmhand.apps.people.importing.problems import ImportProblem


@dataclass(frozen=True, slots=True)
class Row:
    """One row as text: the line it begins on (from 1) and its cells by column name, stripped."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that will not be imported, and every reason found."""

    line: int
    problems: tuple[ImportProblem, ...]


Rows = Iterator[Row | Refusal]


def refusal(problem: ImportProblem) -> Refusal:
    """A refusal for a single reason, placed on that problem's line."""
    return Refusal(problem.line or 0, (problem,))


def unique_names(header: list[str]) -> tuple[str, ...]:
    """Column names as they stand, empty ones numbered and repeated ones told apart."""
    seen: dict[str, int] = {}
    names = []
    for place, raw in enumerate(header, start=1):
        name = " ".join(raw.split()) or f"column {place}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)
