"""The engine on PostgreSQL, over a psycopg 3 connection. The caller holds the transaction and
its scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from psycopg import Connection, Cursor
from psycopg.rows import tuple_row
from psycopg.types.numeric import Int4, Int8

from warmhand.rulebook import Facts, Move, Policy

from .facts_sql import batch_facts, client_column, few_facts, statement
from .printer import among, parameter
from .relations import Tables, Verdict, day_number
from .verdict_sql import batch_verdicts, facts_of, verdict_of

DIALECT = "postgres"
FEW = 500
"""Up to so many clients are looked up one by one through their indexes; beyond, the whole is
grouped.
"""


def facts_of_client(
    connection: Connection[Any],
    tables: Tables,
    client_id: int,
    today: date,
    *,
    offers_active: int = 0,
) -> Facts | None:
    """The facts of one client in one prepared round trip; None where there is no such client."""
    values = {**_shared(today, offers_active), "client": Int8(client_id)}
    found = _run(connection, one_client_sql(tables), values, prepare=True).fetchone()
    return facts_of(found[1:]) if found else None


def facts_of_clients(
    connection: Connection[Any],
    tables: Tables,
    client_ids: Iterable[int] | None,
    today: date,
    *,
    offers_active: int = 0,
) -> dict[int, Facts]:
    """The facts of some clients, or of all (None), by client id."""
    values = _shared(today, offers_active)
    if client_ids is None:
        rows = _run(connection, all_clients_sql(tables), values)
        return {row[0]: facts_of(row[1:]) for row in rows}
    found: dict[int, Facts] = {}
    for some in _slices(list(client_ids), FEW):
        rows = _run(connection, few_clients_sql(tables), {**values, "clients": some}, prepare=True)
        found.update((row[0], facts_of(row[1:])) for row in rows)
    return found


def verdicts(
    connection: Connection[Any],
    tables: Tables,
    today: date,
    policy: Policy,
    *,
    offers_active: int = 0,
    with_facts: bool = False,
) -> Iterator[Verdict]:
    """The verdict of every client under a policy, decided by the database in one statement."""
    sql = verdicts_sql(tables, policy, with_facts=with_facts)
    for row in _run(connection, sql, _shared(today, offers_active)):
        yield verdict_of(row, today)


def moves(
    connection: Connection[Any],
    tables: Tables,
    today: date,
    policy: Policy,
    *,
    offers_active: int = 0,
) -> dict[int, Move]:
    """The move of every client under a policy: what a changed policy would do, before it is
    saved.
    """
    found = verdicts(connection, tables, today, policy, offers_active=offers_active)
    return {each.client: each.move for each in found}


@lru_cache(maxsize=16)
def one_client_sql(tables: Tables) -> str:
    """One client: parameters today, offers_active, client."""
    return statement(tables, few_facts(client_column().eq(parameter("client"))), DIALECT)


@lru_cache(maxsize=16)
def few_clients_sql(tables: Tables) -> str:
    """Some clients: parameters today, offers_active, clients (a list)."""
    return statement(tables, few_facts(among(client_column(), "clients")), DIALECT)


@lru_cache(maxsize=16)
def all_clients_sql(tables: Tables) -> str:
    """All clients: parameters today, offers_active."""
    return statement(tables, batch_facts(), DIALECT)


@lru_cache(maxsize=64)
def verdicts_sql(tables: Tables, policy: Policy, *, with_facts: bool) -> str:
    """The verdicts of all clients: parameters today, offers_active."""
    return statement(tables, batch_verdicts(policy, with_facts=with_facts), DIALECT)


def _run(
    connection: Connection[Any], sql: str, values: dict[str, Any], *, prepare: bool = False
) -> Cursor[tuple[Any, ...]]:
    # Prepared from the first time on: planning costs ten times what running does.
    # And on a cursor that binds on the server, whichever kind the connection makes: only such a
    # one can prepare.
    cursor = Cursor(connection, row_factory=tuple_row)
    return cursor.execute(sql, values, prepare=prepare or None)


def _shared(today: date, offers_active: int) -> dict[str, Any]:
    # Sized numbers: psycopg would otherwise choose by value and prepare the same text several
    # times.
    return {"today": Int4(day_number(today)), "offers_active": Int8(offers_active)}


def _slices(items: list[int], size: int) -> Iterator[list[Int8]]:
    for start in range(0, len(items), size):
        yield [Int8(item) for item in items[start : start + size]]
