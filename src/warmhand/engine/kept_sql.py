"""A truth over the facts that a standing keeps, as PostgreSQL: lists are filtered by the same tree
that decides about one client.

Kept facts are of the day of the decision; ages and countdowns are carried to today here, as
`rulebook.advance` does for one client.
"""

from __future__ import annotations

from datetime import date

from warmhand.rulebook import FACTS, NEVER, Policy
from warmhand.rulebook.compiled import facts_in
from warmhand.rulebook.tree import Objects, Truth, settle, walk

from .postgres import DIALECT
from .printer import Printer

_OVER = Printer(facts="f")


def kept_condition(truth: Truth, policy: Policy, today: date, *, table: str) -> str:
    """A condition on a row of `table` (columns facts, codes, decided_on) under this policy."""
    settled = settle(truth, policy.numbers)
    names = dict.fromkeys(facts_in(settled))
    codes = dict.fromkeys(node.code for node in walk(settled) if isinstance(node, Objects))
    columns = [f"{kept_fact(name, today, table=table)} AS {name}" for name in names]
    columns += [f"('{code}' = ANY({table}.codes)) AS o_{code}" for code in codes]
    condition = _OVER.truth(settled).sql(dialect=DIALECT)
    return f"EXISTS (SELECT 1 FROM (SELECT {', '.join(columns)}) AS f WHERE {condition})"  # noqa: S608 - our own words


def kept_fact(name: str, today: date, *, table: str) -> str:
    """One kept fact, carried to today."""
    info = FACTS[name]
    kept = f"coalesce(({table}.facts->>'{name}')::bigint, {info.default})"
    if not info.moves:
        return kept
    moved = f"{kept} + ({info.unit.step}) * (DATE '{today.isoformat()}' - {table}.decided_on)"
    return f"CASE WHEN abs({kept}) < {NEVER} THEN {moved} ELSE {kept} END"
