"""The facts, and the events that they are made of."""

from __future__ import annotations

from warmhand.rulebook import FACTS, NEVER, RULES, FactInfo
from warmhand.rulebook.sources import SOURCES

from .text import NOTICE, code, sources, table

INTRODUCTION = f"""\
# Facts

A fact is a whole number about one client on one day, never empty. Ages are days since
something, countdowns days until something (negative when it is past); {NEVER} stands for
“never”. No fact counts within a window of time, so a verdict can be carried forward in time
exactly.

"""


def page() -> str:
    """The facts, then the events."""
    facts = table(
        ("fact", "meaning", "unit", "where nothing is known", "practice", "rules"),
        (_row(info) for info in FACTS.values()),
    )
    events = table(
        ("events", "what they are", "columns"),
        (
            (code(source.name), source.sentence, ", ".join(map(code, source.columns)))
            for source in SOURCES.values()
        ),
    )
    return f"{NOTICE}{INTRODUCTION}{facts}\n## The events they are made of\n\n{events}"


def _row(info: FactInfo) -> tuple[str, ...]:
    used = (name for name, rule in RULES.items() if info.name in rule.facts)
    rules = ", ".join(f"[{name}](rules/{name}.md)" for name in used)
    return (
        code(info.name),
        info.sentence,
        info.unit.value,
        str(info.default),
        sources(info.practice),
        rules,
    )
