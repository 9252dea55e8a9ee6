"""The engine on DuckDB: a whole population, or a warehouse, decided in one statement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from duckdb import DuckDBPyConnection

from warmhand.rulebook import Facts, Policy

from .facts_sql import batch_facts, statement
from .relations import Tables, Verdict, day_number
from .verdict_sql import batch_verdicts, facts_of, verdict_of

DIALECT = "duckdb"
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
    return statement(tables, batch_facts(), DIALECT)


@lru_cache(maxsize=64)
def verdicts_sql(tables: Tables, policy: Policy, *, with_facts: bool) -> str:
    """The verdicts of all clients: parameters today, offers_active."""
    return statement(tables, batch_verdicts(policy, with_facts=with_facts), DIALECT)


def _values(today: date, offers_active: int) -> dict[str, int]:
    return {"today": day_number(today), "offers_active": offers_active}
