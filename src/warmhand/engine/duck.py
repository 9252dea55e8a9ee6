"""The engine on DuckDB: a whole population, or a warehouse, decided in one statement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from duckdb import DuckDBPyConnection
from sqlglot import exp

from warmhand.rulebook import FACTS, Facts, Policy
from warmhand.rulebook.declare import Nth

from .facts_sql import batch_facts, statement
from .printer import whole
from .relations import Tables, Verdict, day_number
from .verdict_sql import batch_verdicts, facts_of, verdict_of

DIALECT = "duckdb"
DEEPEST = max(info.definition.nth for info in FACTS.values() if isinstance(info.definition, Nth))
"""How far down any fact looks into a list of days."""
CHUNK = 10_000


def facts_of_clients(
    connection: DuckDBPyConnection, tables: Tables, today: date, *, offers_active: int = 0
) -> dict[int, Facts]:
    """The facts of all clients, by client id."""
    rows = connection.execute(facts_sql(tables), _values(today, offers_active)).fetchall()
    return {row[0]: facts_of(row[1:]) for row in rows}


def verdicts(
    connection: DuckDBPyConnection,
    tables: Tables,
    today: date,
    policy: Policy,
    *,
    offers_active: int = 0,
    with_facts: bool = False,
) -> Iterator[Verdict]:
    """The verdict of every client under a policy, read in chunks."""
    sql = verdicts_sql(tables, policy, with_facts=with_facts)
    answer = connection.execute(sql, _values(today, offers_active))
    while rows := answer.fetchmany(CHUNK):
        for row in rows:
            yield verdict_of(row, today)


def write_verdicts(
    connection: DuckDBPyConnection,
    tables: Tables,
    today: date,
    policy: Policy,
    into: str,
    *,
    offers_active: int = 0,
) -> int:
    """Write the verdicts of all clients into a new table, replacing one of that name; says how
    many.
    """
    sql = verdicts_sql(tables, policy, with_facts=False)
    target = into.replace('"', '""')
    written = connection.execute(
        f'CREATE OR REPLACE TABLE "{target}" AS {sql}', _values(today, offers_active)
    ).fetchone()
    return int(written[0]) if written else 0


@lru_cache(maxsize=16)
def facts_sql(tables: Tables) -> str:
    """The facts of all clients: parameters today, offers_active."""
    return statement(tables, _top_n(batch_facts()), DIALECT)


@lru_cache(maxsize=64)
def verdicts_sql(tables: Tables, policy: Policy, *, with_facts: bool) -> str:
    """The verdicts of all clients: parameters today, offers_active."""
    body = _top_n(batch_verdicts(policy, with_facts=with_facts))
    return statement(tables, body, DIALECT)


def _top_n(body: exp.Expr) -> exp.Expr:
    """Ordered lists become DuckDB's own top n, max(day, 6): a third of the time of sorting all."""
    return body.transform(_top)


def _top(node: exp.Expr) -> exp.Expr:
    if not isinstance(node, exp.ArrayAgg):
        return node
    order = node.this
    name = "MAX" if order.expressions[0].args["desc"] else "MIN"
    return exp.Anonymous(this=name, expressions=[order.this, whole(DEEPEST)])


def _values(today: date, offers_active: int) -> dict[str, int]:
    return {"today": day_number(today), "offers_active": offers_active}
