"""A whole population in DuckDB: the verdicts of all clients against a bare scan of the same tables.

    python bench/engine_batch.py [clients ...]        default: 100000 1000000

About 12 events a client over all sources. The yardstick counts the rows of every source by client
and takes their latest day, and does nothing else: no engine can do less. Prints seconds of CPU.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date

import duckdb

from warmhand.engine import Tables, day_number, duck
from warmhand.rulebook import OVERRIDABLE, Policy
from warmhand.rulebook.sources import SOURCES

TODAY = date(2026, 3, 2)
NOW = day_number(TODAY)
EVENTS = {
    "consent": 0.5, "commitment": 2.5, "case": 1.0, "rating": 1.5, "survey": 0.5, "review": 0.5,
    "busy": 0.5, "favour": 1.0, "need": 0.5, "given": 0.25, "key": 1.0, "ask": 1.25,
    "override": 0.05, "referral": 0.35, "pass": 0.25, "thanks": 0.35,
}  # fmt: skip
"""Rows a client, 12 in all."""

PAST = f"({NOW} - (random() * 900)::INTEGER)"
SHARES = {"do_not_ask": 0.03, "given": 0.95, "has_evidence": 0.8, "cancelled": 0.1, "inside": 0.5,
          "met": 0.5, "for_us": 0.3, "urgent": 0.2, "served": 0.4, "under_way": 0.2,
          "heard": 0.6, "may_pass_on": 0.6}  # fmt: skip


def value(source: str, column: str, clients: int) -> str:
    """An expression for a plausible value of a column."""
    if column == "id":
        return "row_number() OVER ()"
    if column == "code":
        listed = ", ".join(f"'{code}'" for code in OVERRIDABLE)
        return f"[{listed}][1 + (random() * {len(OVERRIDABLE) - 1})::INTEGER]"
    if column in SHARES:
        return f"(random() < {SHARES[column]})::INTEGER"
    if column in ("score", "would_introduce", "rating"):
        return "(5 + random() * 5)::INTEGER"
    if column == "outcome":
        return "(random() * 3)::INTEGER" if source == "referral" else "(1 + random() * 5)::INTEGER"
    if column in SOURCES[source].maybe:
        return f"CASE WHEN random() < 0.7 THEN {PAST} END"
    return PAST


def fill(connection: duckdb.DuckDBPyConnection, clients: int) -> None:
    connection.execute("SELECT setseed(0.5)")
    keys = {
        "client": f"1 + (random() * {clients - 1})::BIGINT",
        "company": f"1 + (random() * {clients // 5})::BIGINT",
    }
    for name, source in SOURCES.items():
        own = {"client": "i + 1"} if name == "client" else {}
        columns = ", ".join(
            f'{own.get(column) or keys.get(column) or value(name, column, clients)} AS "{column}"'
            for column in source.columns
        )
        rows = int(clients * EVENTS.get(name, 1))
        connection.execute(f'CREATE TABLE "{name}" AS SELECT {columns} FROM range({rows}) t(i)')


def bare(connection: duckdb.DuckDBPyConnection) -> None:
    for name in EVENTS:
        source = SOURCES[name]
        day = next((c for c in source.columns if c.endswith("day")), source.keys[0])
        grouped = f'SELECT {source.keys[0]}, count(*) n, max("{day}") m FROM "{name}" GROUP BY 1'
        connection.execute(f"SELECT sum(n), sum(m) FROM ({grouped})").fetchone()


def verdicts(connection: duckdb.DuckDBPyConnection) -> None:
    duck.write_verdicts(connection, Tables.named(), TODAY, Policy(), "verdict", offers_active=1)


Work = Callable[[duckdb.DuckDBPyConnection], None]


def cpu(work: Work, connection: duckdb.DuckDBPyConnection) -> tuple[float, float]:
    """Seconds of CPU and on the clock, the better of three."""
    taken = []
    for _ in range(3):
        clock, began = time.perf_counter(), time.process_time()
        work(connection)
        taken.append((time.process_time() - began, time.perf_counter() - clock))
    return min(taken)


def main(sizes: list[int]) -> None:
    for clients in sizes:
        connection = duckdb.connect()
        fill(connection, clients)
        scan, ours = cpu(bare, connection), cpu(verdicts, connection)
        print(
            f"{clients:>9} clients: bare scan {scan[0]:6.2f} s, verdicts {ours[0]:6.2f} s CPU "
            f"({ours[1]:.2f} s on the clock), ratio {ours[0] / scan[0]:.1f}"
        )
        moves = connection.execute("SELECT move, count(*) FROM verdict GROUP BY 1 ORDER BY 2 DESC")
        print("          " + ", ".join(f"{move} {count}" for move, count in moves.fetchall()))
        connection.close()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100_000, 1_000_000])
