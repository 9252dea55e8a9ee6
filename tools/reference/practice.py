"""Which rule, move, fact and setting rests on which number of the practice and the evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from warmhand.rulebook import FACTS, MOVES, RULES, SETTINGS

from .text import MARK, NOTICE, code, sources, table

INTRODUCTION = """\
# What rests on what

The [practice](../explanation/practice.md) has numbers P1 to P38, the
[evidence](../explanation/evidence.md) rows E1 and following. This table is read from the code:
what cites a number stands in its line. A number without a line is not built yet, or is kept by
something that is not a rule (a page, a service, a wording).

"""


def cited() -> Iterator[tuple[str, str]]:
    """Every (number, what cites it), in the order of the registries."""
    for name, rule in RULES.items():
        yield from _each(f"{rule.practice} {rule.meaning}", f"[{name}](rules/{name}.md)")
    for move, info in MOVES.items():
        yield from _each(info.practice, f"[{info.title}](#move-{move})")
    for name, setting in SETTINGS.items():
        yield from _each(setting.basis, f"[{name}](#setting-{name})")
    for name, fact in FACTS.items():
        yield from _each(fact.practice, code(name))


def _each(text: str, link: str) -> Iterator[tuple[str, str]]:
    for mark in dict.fromkeys(re.findall(MARK, text)):
        yield mark, link


def page() -> str:
    """The table, by number."""
    found: dict[str, list[str]] = defaultdict(list)
    for mark, link in cited():
        found[mark].append(link)
    rows = [(sources(mark), ", ".join(found[mark])) for mark in sorted(found, key=_order)]
    return NOTICE + INTRODUCTION + table(("number", "what rests on it"), rows)


def _order(mark: str) -> tuple[int, int]:
    return "PEH".index(mark[0]), int(mark[1:])
